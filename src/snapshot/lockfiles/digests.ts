// Digests as lockfiles write them: hexadecimal or base64, alone or after the name of their algorithm.

import { accept, encodeHex, parseBase64, type Result, refuse } from '../../core/index.ts'
import type { LockedDigest, LockedDigestAlgorithm } from '../dependency.ts'
import type { SnapshotProblem } from '../problem.ts'

const DIGEST_BYTES: ReadonlyMap<string, number> = new Map([
  ['dirHash', 32],
  ['md5', 16],
  ['sha1', 20],
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
])

/** Reads lower-case hexadecimal of the algorithm's length. */
export function parseHexDigest(
  algorithm: string,
  text: string,
  at: string,
): Result<LockedDigest, SnapshotProblem> {
  const bytes = DIGEST_BYTES.get(algorithm)
  if (bytes === undefined || text.length !== 2 * bytes || !/^[0-9a-f]+$/.test(text)) {
    return refuse(digestProblem(at))
  }
  return accept({ algorithm: algorithm as LockedDigestAlgorithm, value: text })
}

/** Reads canonical base64 of the algorithm's length. */
export function parseBase64Digest(
  algorithm: LockedDigestAlgorithm,
  text: string,
  at: string,
): Result<LockedDigest, SnapshotProblem> {
  const bytes = parseBase64(text)
  if (!bytes.ok || bytes.value.length !== DIGEST_BYTES.get(algorithm)) {
    return refuse(digestProblem(at))
  }
  return accept({ algorithm, value: encodeHex(bytes.value) })
}

/** Reads `sha256:…` or, with the other separator, `sha256=…`. */
export function parseNamedDigest(
  text: string,
  at: string,
  separator: ':' | '=' = ':',
): Result<LockedDigest, SnapshotProblem> {
  const cut = text.indexOf(separator)
  return parseHexDigest(text.slice(0, Math.max(cut, 0)), text.slice(cut + 1), at)
}

function digestProblem(at: string): SnapshotProblem {
  return {
    code: 'snapshot/lockfile-digest',
    message: 'Expected a digest by a known algorithm in its full length, found another text',
    at,
  }
}
