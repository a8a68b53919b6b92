// The verifier of the Sigstore project, asked once our own checks have accepted everything: both must. It is handed only what ours
// has read, so that nothing it would read more loosely reaches it, and it gives no reasons: those are ours.

import type { KeyObject } from 'node:crypto'
import { type SignedEntity, type TrustMaterial, Verifier } from '@sigstore/verify'
import { type LogEntry, parseTimestampResponse, type TimestampToken } from '../../bundle/index.ts'
import { type Check, encodeHex, equalBytes } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { DigestSet } from '../../statement/index.ts'
import type {
  CertificateAuthority,
  LogKey,
  TransparencyLog,
  TrustedRoot,
  ValidityPeriod,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { SignedContent } from '../signed-content.ts'
import { timeChainOf } from './certificate/authority.ts'
import type { Certificate } from './certificate/certificate.ts'
import { EXTENSIONS } from './certificate/extensions.ts'
import type { Leaf } from './certificate/leaf.ts'
import { parseScts } from './certificate/sct.ts'
import { isSignedByCertificate, isSignedByKey } from './content-signature.ts'
import { isKnownSignature } from './known-signature.ts'
import {
  describeCertificate,
  RFC3161Timestamp,
  type X509Certificate,
} from './second-certificate.ts'
import type { MaterialQuestion } from './sigstore.ts'
import { isNamed } from './timestamp/timestamp-authority.ts'

/** Whose signature it is. */
export type SecondSigner = { readonly leaf: Leaf } | { readonly key: LogKey }

/** Does `@sigstore/verify` accept it too, under this root? */
export function checkSecondVerifier(
  { bundle, signed }: MaterialQuestion,
  root: TrustedRoot,
  signer: SecondSigner,
): readonly Check[] {
  const facts = { expected: 'the same answer of @sigstore/verify' }
  try {
    const { transparencyLogs, certificateLogs } = root
    const isCertificate = 'leaf' in signer
    const verifier = new Verifier(materialOf(root, signer), {
      tlogThreshold: isCertificate && transparencyLogs.length > 0 ? 1 : 0,
      ctlogThreshold: isCertificate && hasPromisesForAll(signer.leaf, certificateLogs) ? 1 : 0,
      timestampThreshold: isCertificate ? 1 : 0,
    })
    const tlogEntries = bundle.logEntries.map(describeEntry)
    verifier.verify({
      key: isCertificate
        ? { $case: 'certificate', certificate: describeLeaf(signer.leaf, certificateLogs) }
        : { $case: 'public-key', hint: '' },
      signature: describeContent(signed, () =>
        isCertificate
          ? isSignedByCertificate(keyOfLeaf(signer.leaf), signed)
          : isSignedByKey(signer.key, signed),
      ),
      tlogEntries,
      timestamps: [
        ...bundle.timestamps.map((der) => describeTimestamp(der, root)),
        ...tlogEntries.map((tlogEntry) => ({ $case: 'transparency-log' as const, tlogEntry })),
      ],
    })
    return [passed('second-verifier', '@sigstore/verify accepts it too', facts)]
  } catch (error) {
    const found = String(error)
    const message = 'The verifier of the Sigstore project does not accept it'
    return [
      failed('second-verifier', 'rejected', 'verify/second-verifier', message, { ...facts, found }),
    ]
  }
}

function keyOfLeaf({ keyType, publicKey, spki }: Leaf): LogKey {
  return { type: keyType, key: publicKey, spki }
}

/** Certificates of a root are parsed once. */
const MATERIALS = new WeakMap<TrustedRoot, Omit<TrustMaterial, 'publicKey'>>()

function materialOf(root: TrustedRoot, signer: SecondSigner): TrustMaterial {
  const known = MATERIALS.get(root) ?? {
    certificateAuthorities: root.certificateAuthorities.map(describeAuthority),
    timestampAuthorities: root.timestampAuthorities.map(describeAuthority),
    tlogs: root.transparencyLogs.map(describeLog),
    ctlogs: root.certificateLogs.map(describeLog),
  }
  MATERIALS.set(root, known)
  const publicKey = 'leaf' in signer ? signer.leaf.publicKey : signer.key.key
  // The key's own window is judged by us, with a revocation and with no time at all.
  return { ...known, publicKey: () => ({ publicKey, validFor: () => true }) }
}

function describeAuthority({
  certificates,
  validFor,
}: CertificateAuthority): TrustMaterial['certificateAuthorities'][number] {
  return { certChain: certificates.map(describeCertificate), validFor: describeWindow(validFor) }
}

function describeLog(log: TransparencyLog): TrustMaterial['tlogs'][number] {
  return {
    // It compares a checkpoint's name as a part of this, which our own check has compared exactly.
    baseURL: log.baseUrl,
    logID: Buffer.from(log.checkpointKeyId ?? log.logId),
    publicKey: log.publicKey.key,
    validFor: describeWindow(log.validFor),
  }
}

/** The last instant that a Date can hold. */
const END_OF_TIME = 8_640_000_000_000_000

function describeWindow({ start, end = END_OF_TIME }: ValidityPeriod): {
  start: Date
  end: Date
} {
  return { start: new Date(start), end: new Date(end) }
}

/**
 * The certificate, where a promise is of a log that this root does not have, without its promises: it refuses all for that one, which
 * does no harm beside one that counts, and under a root without certificate logs (GH-2). Ours has judged those that count.
 */
function describeLeaf(leaf: Leaf, logs: readonly TransparencyLog[]): X509Certificate {
  const certificate = describeCertificate(leaf.der)
  if (hasPromisesForAll(leaf, logs)) return certificate
  // It looks for promises in a clone, from which it cuts them out, and nowhere else.
  const clone = { value: () => ({ extensions: [] }) }
  return Object.create(certificate, { clone }) as X509Certificate
}

/** Is every promise in the certificate of a log that the root has? */
function hasPromisesForAll({ certificate }: Leaf, logs: readonly TransparencyLog[]): boolean {
  const list = certificate.extensions.get(EXTENSIONS.certificateTimestamps)
  const scts = list === undefined ? undefined : parseScts(list.value)
  return (
    scts?.ok === true &&
    scts.value.every((sct) => logs.some(({ logId }) => equalBytes(logId, sct.logId)))
  )
}

/** Signatures that it can check in a timestamp: ECDSA, and RSA over SHA-256. */
const READABLE: readonly string[] = [
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
  '1.2.840.113549.1.1.11',
]

/**
 * TS-5: a time may have a fraction of any length, and it reads none but those of three digits.
 *
 * RFC 5652 section 5.3: a signer may name its key in place of its certificate, and RFC 3161 leaves it every algorithm. Of what it can
 * not read it is told who signed, and when.
 */
function describeTimestamp(
  der: Uint8Array,
  { timestampAuthorities }: TrustedRoot,
): SignedEntity['timestamps'][number] {
  const read = parseTimestampResponse(der)
  /* v8 ignore next -- asked of what our own checks have accepted */
  if (!read.ok || !('token' in read.value)) throw new Error('there is no timestamp')
  const { token } = read.value
  const timestamp = RFC3161Timestamp.parse(Buffer.from(der))
  Object.defineProperties(timestamp, {
    signingTime: { value: new Date(token.info.at) },
    verifySignature: { value: (key: KeyObject) => requireSignature(timestamp, token, key) },
  })
  if (isReadable(token)) return { $case: 'timestamp-authority', timestamp }
  const [signer] = timestampAuthorities
    .flatMap((authority) => timeChainOf(authority).certificates.slice(0, 1))
    .filter((certificate) => isNamed(token.signer.name, certificate)) as [Certificate]
  const { issuer, serialNumber } = describeCertificate(signer.der)
  Object.defineProperties(timestamp, {
    signerIssuer: { value: issuer },
    signerSerialNumber: { value: serialNumber },
    verify: { value: () => undefined },
  })
  return { $case: 'timestamp-authority', timestamp }
}

/** What it reads of digest, signature and key, over the attributes in the bytes that they have. */
function requireSignature(
  { signerDigestAlgorithm: digest, signatureValue: signature }: RFC3161Timestamp,
  { signer: { signed } }: TimestampToken,
  key: KeyObject,
): void {
  if (isKnownSignature({ digest, key, signed, signature })) return
  throw new Error('the signature of the timestamp does not hold')
}

function isReadable({ signer: { name, signatureAlgorithm } }: TimestampToken): boolean {
  return 'issuer' in name && READABLE.includes(signatureAlgorithm)
}

function describeEntry(entry: LogEntry): SignedEntity['tlogEntries'][number] {
  const { inclusionPromise, inclusionProof, integratedTime = 0 } = entry
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: Buffer.from(entry.logId) },
    kindVersion: { kind: entry.kind, version: entry.version },
    integratedTime: String(integratedTime / 1000),
    canonicalizedBody: Buffer.from(entry.canonicalizedBody),
    inclusionPromise:
      inclusionPromise === undefined
        ? undefined
        : { signedEntryTimestamp: Buffer.from(inclusionPromise) },
    // It wants a checkpoint with every proof, also in a bundle of version 0.1, where the promise vouches (SB-6).
    inclusionProof:
      inclusionProof?.checkpoint === undefined
        ? undefined
        : {
            logIndex: String(inclusionProof.logIndex),
            treeSize: String(inclusionProof.treeSize),
            rootHash: Buffer.from(inclusionProof.rootHash),
            hashes: inclusionProof.hashes.map((hash) => Buffer.from(hash)),
            checkpoint: { envelope: inclusionProof.checkpoint },
          },
  }
}

/**
 * What was signed, in our words: theirs always takes SHA-256 for an envelope, where P-384 and P-521 sign with their own digests, and
 * believes the digest that a message signature carries (SB-8).
 */
function describeContent(
  signed: SignedContent,
  isSigned: () => boolean | undefined,
): SignedEntity['signature'] {
  const { signature } = signed
  const whole = signed.bytes === undefined ? signed.digest : signed.bytes
  const payload = signed.kind === 'dsse' ? signed.envelope.payload : whole
  return {
    signature: Buffer.from(signature),
    compareSignature: (other) => equalBytes(other, signature),
    compareDigest: (digest) => isDigestOf(digest, payload),
    compareSignedDigest: (digest) => isDigestOf(digest, whole),
    verifySignature: () => isSigned() === true,
  }
}

const ALGORITHMS = ['sha256', 'sha384', 'sha512'] as const

/** @param content the bytes, or all digests of them that are at hand */
function isDigestOf(digest: Uint8Array, content: Uint8Array | DigestSet): boolean {
  const found = encodeHex(digest)
  return ALGORITHMS.some(
    (algorithm) =>
      found === (isBytes(content) ? digestBytes(algorithm, content) : content[algorithm]),
  )
}

function isBytes(content: Uint8Array | DigestSet): content is Uint8Array {
  return content instanceof Uint8Array
}
