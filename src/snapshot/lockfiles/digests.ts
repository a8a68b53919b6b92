// Digests as lockfiles write them: hexadecimal or base64, alone or after the name of their algorithm.

import { accept, encodeHex, judge, parseBase64, type Result, refuse } from '../../core/index.ts'
import type { LockedDigest, LockedDigestAlgorithm } from '../dependency.ts'
import type { SnapshotProblem } from '../problem.ts'

const DIGEST_BYTES: Readonly<Record<LockedDigestAlgorithm, number>> = {
  'berry-zip': 64,
  dirHash: 32,
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
}

/** Those that a text may name; of the other two only the format itself can tell. */
const NAMED: ReadonlyMap<string, LockedDigestAlgorithm> = new Map(
  (['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const).map((name) => [name, name]),
)

/** Reads lower-case hexadecimal of the algorithm's length. */
export function parseHexDigest(
  algorithm: LockedDigestAlgorithm,
  text: string,
  at: string,
): Result<LockedDigest, SnapshotProblem> {
  const isWhole = text.length === 2 * DIGEST_BYTES[algorithm] && /^[0-9a-f]+$/.test(text)
  return isWhole ? accept({ algorithm, value: text }) : refuse(digestProblem(at))
}

/** Reads canonical base64 of the algorithm's length. */
export function parseBase64Digest(
  algorithm: LockedDigestAlgorithm,
  text: string,
  at: string,
): Result<LockedDigest, SnapshotProblem> {
  const bytes = parseBase64(text)
  const isWhole = bytes.ok && bytes.value.length === DIGEST_BYTES[algorithm]
  return isWhole ? accept({ algorithm, value: encodeHex(bytes.value) }) : refuse(digestProblem(at))
}

/** Reads `sha256:…` or, with the other separator, `sha256=…`. */
export function parseNamedDigest(
  text: string,
  at: string,
  separator: ':' | '=' = ':',
): Result<LockedDigest, SnapshotProblem> {
  const cut = text.indexOf(separator)
  const algorithm = NAMED.get(text.slice(0, Math.max(cut, 0)))
  if (algorithm === undefined) return refuse(digestProblem(at))
  return parseHexDigest(algorithm, text.slice(cut + 1), at)
}

/**
 * Reads Subresource Integrity (W3C SRI, section 3.5), `sha512-… sha1-…`: every digest, in its order.
 *
 * A browser passes over what it does not know; here a digest of an unknown algorithm, of another length or in loose
 * base64 is refused, because it would lock nothing.
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
      const dash = token.indexOf('-')
      const algorithm = NAMED.get(token.slice(0, Math.max(dash, 0)))
      // An option after "?" says nothing about the digest (SRI, section 3.5).
      const base64 = token.slice(dash + 1).replace(/\?.*$/, '')
      const digest =
        algorithm === undefined
          ? refuse(digestProblem(at))
          : parseBase64Digest(algorithm, base64, at)
      if (!digest.ok) problems.push(...digest.problems)
      return digest.ok ? digest.value : []
    })
  return judge(digests, problems)
}

function digestProblem(at: string): SnapshotProblem {
  return {
    code: 'snapshot/lockfile-digest',
    message: 'Expected a digest by a known algorithm in its full length, found another text',
    at,
  }
}
