// The digest algorithms that Assay knows (in-toto digest_set.md), over bytes in memory.

import { createHash } from 'node:crypto'

/** The names that in-toto gives them. */
export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512'

/** Hexadecimal digits of a digest of each algorithm. */
export const DIGEST_HEX_LENGTH: Readonly<Record<DigestAlgorithm, number>> = {
  sha256: 64,
  sha384: 96,
  sha512: 128,
}

/** The digest of the bytes, as lower-case hexadecimal. */
export function digestBytes(algorithm: DigestAlgorithm, bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex')
}
