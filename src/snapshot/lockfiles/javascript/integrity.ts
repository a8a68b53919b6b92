// Subresource Integrity as package managers lock it (W3C SRI, section 3.5): one or more base64
// digests.

import { accept, encodeHex, judge, parseBase64, type Result } from '../../../core/index.ts'
import type { LockedDigest } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'

const DIGEST_BYTES: ReadonlyMap<string, number> = new Map([
  ['md5', 16],
  ['sha1', 20],
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
])

/**
 * Reads `sha512-… sha1-…`: every digest, in its order.
 *
 * A browser passes over what it does not know; here a digest of an unknown algorithm, of another
 * length or in loose base64 is refused, because it would lock nothing.
 *
 * @param at the lockfile and its line, for the message
 */
export function parseIntegrity(
  text: string,
  at: string,
): Result<readonly LockedDigest[], SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const digests = text
    .split(/\s+/)
    .filter((token) => token !== '')
    .flatMap((token) => {
      const digest = parseToken(token)
      if (digest === undefined) problems.push(unknownDigest(at))
      return digest ?? []
    })
  return judge(digests, problems)
}

/**
 * A digest that a lockfile writes in hexadecimal: `snapshot/lockfile-digest` where its length is
 * another.
 */
export function parseHexDigest(
  algorithm: LockedDigest['algorithm'],
  text: string,
  { at, bytes }: { readonly at: string; readonly bytes: number },
): Result<LockedDigest, SnapshotProblem> {
  const fits = text.length === 2 * bytes && /^[0-9a-f]+$/.test(text)
  return fits
    ? accept({ algorithm, value: text })
    : judge({ algorithm, value: '' }, [unknownDigest(at)])
}

function parseToken(token: string): LockedDigest | undefined {
  const dash = token.indexOf('-')
  const algorithm = token.slice(0, dash)
  // An option after "?" says nothing about the digest (SRI, section 3.5).
  const base64 = parseBase64(token.slice(dash + 1).replace(/\?.*$/, ''))
  if (!base64.ok || base64.value.length !== DIGEST_BYTES.get(algorithm)) return undefined
  return { algorithm: algorithm as LockedDigest['algorithm'], value: encodeHex(base64.value) }
}

function unknownDigest(at: string): SnapshotProblem {
  return {
    code: 'snapshot/lockfile-digest',
    message:
      'Expected a digest by md5, sha1, sha256, sha384 or sha512 in its full length, found another text',
    at,
  }
}
