// DigestSet (in-toto attestation v1.2, digest_set.md): the digests of one thing, by algorithm.
// Equal names are not trusted to mean equal things: only the algorithms listed here are ever
// compared, each in its one spelling.

import { encodeJsonPointer, isJsonObject, type JsonValue, quote } from '../core/index.ts'
import type { StatementProblem } from './problem.ts'

/**
 * Digests by the name of their algorithm, lower-case hexadecimal.
 *
 * @example { sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }
 */
export type DigestSet = Readonly<Record<string, string>>

/** What an algorithm's digests look like, and what they can stand for. */
interface DigestKind {
  readonly pattern: RegExp
  /** `bytes`: of a file. `tree` and `git`: of other things, so they are compared only with their own kind. */
  readonly of: 'bytes' | 'tree' | 'git'
}

const GIT: DigestKind = { pattern: /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, of: 'git' }

/**
 * DS-2: the algorithms that we accept. Others are ignored, and never enough (`md5`, `sha1`, and
 * DS-5: `arn`, `svn_revision_id`). A Map, because a plain object would also know `constructor`
 * . DS-6: `dirHash`; `dirHash1` is a slip of the text.
 */
const ACCEPTED: ReadonlyMap<string, DigestKind> = new Map([
  ['sha256', { pattern: /^[0-9a-f]{64}$/, of: 'bytes' }],
  ['sha384', { pattern: /^[0-9a-f]{96}$/, of: 'bytes' }],
  ['sha512', { pattern: /^[0-9a-f]{128}$/, of: 'bytes' }],
  ['dirHash', { pattern: /^[0-9a-f]{64}$/, of: 'tree' }],
  ['gitBlob', GIT],
  ['gitCommit', GIT],
  ['gitTag', GIT],
  ['gitTree', GIT],
])

/** True for an algorithm whose digests are compared. */
export function isAcceptedAlgorithm(algorithm: string): boolean {
  return ACCEPTED.has(algorithm)
}

/**
 * True for digests by algorithm, at least one (PROV-4: an empty set says as little as none), those
 * of accepted algorithms whole and in lower case (DS-1, A-56).
 */
export function isDigestSet(value: JsonValue | undefined): value is DigestSet {
  if (!isJsonObject(value)) return false
  let count = 0
  for (const algorithm in value) {
    if (!isDigest(algorithm, value[algorithm])) return false
    count++
  }
  return count > 0
}

/**
 * Why a value is not what {@link isDigestSet} takes.
 *
 * @param at JSON Pointer of the value
 */
export function explainDigestSet(
  value: JsonValue | undefined,
  at: string,
): readonly StatementProblem[] {
  if (!isJsonObject(value) || Object.keys(value).length === 0) {
    return [{ code: 'statement/digest', message: 'Expected a digest, found none', at }]
  }
  return Object.entries(value)
    .filter(([algorithm, digest]) => !isDigest(algorithm, digest))
    .map(([algorithm, digest]) => ({
      code: 'statement/digest',
      message: `Expected a whole ${quote(algorithm)} digest in lower-case hexadecimal, found ${
        typeof digest === 'string' ? quote(digest) : 'no text'
      }`,
      at: `${at}${encodeJsonPointer([algorithm])}`,
    }))
}

function isDigest(algorithm: string, value: JsonValue | undefined): boolean {
  return typeof value === 'string' && (ACCEPTED.get(algorithm)?.pattern.test(value) ?? true)
}

/**
 * How two sets of digests of the same kind of thing stand to each other.
 * `incomparable`: no accepted algorithm is in both. `contradiction`: some agree and some do not.
 */
export type DigestComparison = 'equal' | 'different' | 'contradiction' | 'incomparable'

/**
 * X6 (stricter than DS-3): every accepted algorithm that both sets have must agree, and there must
 * be one.
 */
export function compareDigests(expected: DigestSet, found: DigestSet): DigestComparison {
  let agreed = false
  let differed = false
  for (const [algorithm, { pattern }] of ACCEPTED) {
    const left = Object.hasOwn(expected, algorithm) ? expected[algorithm] : undefined
    const right = Object.hasOwn(found, algorithm) ? found[algorithm] : undefined
    if (left === undefined || right === undefined) continue
    if (left === right && pattern.test(right)) agreed = true
    else differed = true
  }
  if (agreed && differed) return 'contradiction'
  if (agreed) return 'equal'
  return differed ? 'different' : 'incomparable'
}
