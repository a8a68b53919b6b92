// What every document with proofs out of a ledger has: entries, and lists of hashes.

import * as z from 'zod/mini'
import { accept, encodeBase64, LIMITS, parseBase64, type Result } from '../../../core/index.ts'

/** An entry, as the ledger has it. */
export const ENTRY = z.strictObject({
  sha256: z.string(),
  predicateType: z.string(),
  release: z.string(),
})

/** Position of an entry, or size of a tree. */
export const COUNT = z.int().check(z.gte(0))

/** Base64. A consistency proof has at most twice the hashes of an inclusion proof (RFC 9162, sections 2.1.3 and 2.1.4). */
export const HASHES = z.array(z.string()).check(z.maxLength(LIMITS.proofHashesMax * 2))

/** Writes a list of hashes. */
export function encodeHashes(hashes: readonly Uint8Array[]): string[] {
  return hashes.map((hash) => encodeBase64(hash))
}

/** Reads it again. */
export function parseHashes(texts: readonly string[]): Result<readonly Uint8Array[]> {
  const hashes: Uint8Array[] = []
  for (const text of texts) {
    const hash = parseBase64(text)
    if (!hash.ok) return hash
    hashes.push(hash.value)
  }
  return accept(hashes)
}
