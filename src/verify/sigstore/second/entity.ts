// What was signed, and the entries of logs about it, as the verifier of the Sigstore project has them.

import type { LogEntry } from '../../../bundle/index.ts'
import { encodeHex, equalBytes } from '../../../core/index.ts'
import { digestBytes } from '../../../digest/index.ts'
import type { DigestSet } from '../../../statement/index.ts'
import type { SignedContent } from '../../signed-content.ts'
import type { SignedEntity } from './library.ts'

/** An entry with what ours has judged of it: a proof without a checkpoint is left out. */
export function describeEntry(entry: LogEntry): SignedEntity['tlogEntries'][number] {
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
export function describeContent(
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
