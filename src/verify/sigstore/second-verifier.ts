// The verifier of the Sigstore project, asked once our own checks have accepted everything: both must. It is handed only what ours
// has read, so that nothing it would read more loosely reaches it, and it gives no reasons: those are ours.

import { createHash } from 'node:crypto'
import { RFC3161Timestamp, X509Certificate } from '@sigstore/core'
import { type SignedEntity, type TrustMaterial, Verifier } from '@sigstore/verify'
import type { LogEntry } from '../../bundle/index.ts'
import { type Check, encodeHex, equalBytes } from '../../core/index.ts'
import type {
  CertificateAuthority,
  LogKey,
  NamedRoot,
  TransparencyLog,
  ValidityPeriod,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { SignedContent } from '../signer/signed-content.ts'
import type { Leaf } from './certificate/leaf.ts'
import { isSignedByCertificate, isSignedByKey } from './content-signature.ts'
import { remember } from './memory.ts'
import type { MaterialQuestion } from './sigstore.ts'
import { parseTimestampResponse } from './timestamp/response.ts'

/** Whose signature it is. */
export type SecondSigner = { readonly leaf: Leaf } | { readonly key: LogKey }

/** Does `@sigstore/verify` accept it too, under this root? */
export function checkSecondVerifier(
  { bundle, signed }: MaterialQuestion,
  root: NamedRoot,
  signer: SecondSigner,
): readonly Check[] {
  const facts = { expected: 'the same answer of @sigstore/verify' }
  try {
    const { transparencyLogs, certificateLogs } = root.root
    const isCertificate = 'leaf' in signer
    const verifier = new Verifier(materialOf(root, signer), {
      tlogThreshold: isCertificate && transparencyLogs.length > 0 ? 1 : 0,
      ctlogThreshold: isCertificate && certificateLogs.length > 0 ? 1 : 0,
      timestampThreshold: isCertificate ? 1 : 0,
    })
    verifier.verify({
      key: isCertificate
        ? { $case: 'certificate', certificate: parseCertificate(signer.leaf.der) }
        : { $case: 'public-key', hint: '' },
      signature: describeContent(signed, () =>
        isCertificate
          ? isSignedByCertificate(keyOfLeaf(signer.leaf), signed)
          : isSignedByKey(signer.key, signed),
      ),
      tlogEntries: bundle.logEntries.map(describeEntry),
      timestamps: [
        ...bundle.timestamps.map(describeTimestamp),
        ...bundle.logEntries.map((entry) => ({
          $case: 'transparency-log' as const,
          tlogEntry: describeEntry(entry),
        })),
      ],
    })
    return [passed('second-verifier', '@sigstore/verify accepts it too', facts)]
  } catch (error) {
    const found = error instanceof Error ? error.message : 'something else'
    const message = 'The verifier of the Sigstore project does not accept it'
    return [
      failed('second-verifier', 'rejected', 'verify/second-verifier', message, { ...facts, found }),
    ]
  }
}

function keyOfLeaf({ keyType, publicKey, spki }: Leaf): LogKey {
  return { type: keyType, key: publicKey, spki }
}

/** Certificates of a root are parsed once, and each signature among them is checked once. */
const MATERIALS = new WeakMap<NamedRoot, Omit<TrustMaterial, 'publicKey'>>()

function materialOf(root: NamedRoot, signer: SecondSigner): TrustMaterial {
  const known = MATERIALS.get(root) ?? {
    certificateAuthorities: root.root.certificateAuthorities.map(describeAuthority),
    timestampAuthorities: root.root.timestampAuthorities.map(describeAuthority),
    tlogs: root.root.transparencyLogs.map(describeLog),
    ctlogs: root.root.certificateLogs.map(describeLog),
  }
  MATERIALS.set(root, known)
  return {
    ...known,
    publicKey: () => {
      if ('leaf' in signer) throw new Error('there is no key beside the certificate')
      // The key's own window is judged by us, with a revocation and with no time at all.
      return { publicKey: signer.key.key, validFor: () => true }
    },
  }
}

function describeAuthority({
  certificates,
  validFor,
}: CertificateAuthority): TrustMaterial['certificateAuthorities'][number] {
  return { certChain: certificates.map(parseCertificate), validFor: describeWindow(validFor) }
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
 * The same object for the same bytes. What it would compute again for each question, it is told: its own encoding, which is the bytes
 * that it was read from, and whether an issuer signed it.
 */
const parseCertificate = remember(
  (der: Uint8Array) => createHash('sha256').update(der).digest('base64'),
  (der) => {
    const bytes = Buffer.from(der)
    const certificate = X509Certificate.parse(bytes)
    const { root, tbsCertificate } = certificate
    const signed = tbsCertificate.toDER()
    root.toDER = () => bytes
    tbsCertificate.toDER = () => signed
    const verify = certificate.verify.bind(certificate)
    const known = new WeakMap<X509Certificate, boolean>()
    certificate.verify = (issuer = certificate) => {
      const answer = known.get(issuer) ?? verify(issuer)
      known.set(issuer, answer)
      return answer
    }
    return certificate
  },
)

/** TS-5: a time may have a fraction of any length, and it reads none but those of three digits. */
function describeTimestamp(der: Uint8Array): SignedEntity['timestamps'][number] {
  const timestamp = RFC3161Timestamp.parse(Buffer.from(der))
  const read = parseTimestampResponse(der)
  if (read.ok && 'token' in read.value) {
    Object.defineProperty(timestamp, 'signingTime', { value: new Date(read.value.token.info.at) })
  }
  return { $case: 'timestamp-authority', timestamp }
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
    inclusionProof:
      inclusionProof === undefined
        ? undefined
        : {
            logIndex: String(inclusionProof.logIndex),
            treeSize: String(inclusionProof.treeSize),
            rootHash: Buffer.from(inclusionProof.rootHash),
            hashes: inclusionProof.hashes.map((hash) => Buffer.from(hash)),
            checkpoint: { envelope: inclusionProof.checkpoint ?? '' },
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
  const payload = signed.kind === 'dsse' ? signed.envelope.payload : signed.bytes
  return {
    signature: Buffer.from(signature),
    compareSignature: (other) => equalBytes(other, signature),
    compareDigest: (digest) => isDigestOf(digest, signed, payload),
    compareSignedDigest: (digest) => isDigestOf(digest, signed, signed.bytes),
    verifySignature: () => isSigned() === true,
  }
}

const ALGORITHMS = { 32: 'sha256', 48: 'sha384', 64: 'sha512' } as const

function isDigestOf(
  digest: Uint8Array,
  signed: SignedContent,
  bytes: Uint8Array | undefined,
): boolean {
  const algorithm = ALGORITHMS[digest.length as keyof typeof ALGORITHMS] ?? 'sha256'
  if (bytes !== undefined) return equalBytes(createHash(algorithm).update(bytes).digest(), digest)
  return signed.kind === 'message' && signed.digest[algorithm] === encodeHex(digest)
}
