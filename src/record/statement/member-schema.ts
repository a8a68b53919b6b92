// The forms that members of several families share, as schemas.

import * as z from 'zod/mini'
import { LIMITS, parseTimestamp } from '../../core/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import type { RecordCode } from '../problem.ts'

/** A rule beyond the type, with the code and the words of its refusal. */
export function rule<T>(
  holds: (value: T) => boolean,
  expected: string,
  code: RecordCode = 'record/member',
): z.core.$ZodCheck<T> {
  return z.refine(holds, { error: `Expected ${expected}`, params: { code } })
}

/** A text of a form; the published JSON Schemas have it too. */
function pattern(form: RegExp, words: string) {
  return z.regex(form, { error: words })
}

const LINE = /^[^\p{Cc}\p{Cf}\u2028\u2029]+$/u

/** One line of text: what a person wrote, shown as theirs and never as a status. */
export const TEXT = z
  .string()
  .check(
    z.maxLength(LIMITS.recordTextMax),
    pattern(LINE, 'a line of text without control characters'),
  )

/** A name of few signs: a check, an environment, a ring. */
export const NAME = z
  .string()
  .check(
    z.maxLength(LIMITS.recordNameMax),
    pattern(/^[A-Za-z0-9](?:[A-Za-z0-9 ._/:@+-]*[A-Za-z0-9])?$/, 'a name'),
  )

/** Id of a policy, gate, approval record or evidence definition: `release_approval.web.manual_staging`. */
export const POLICY_ID = z
  .string()
  .check(
    z.maxLength(LIMITS.recordNameMax),
    pattern(
      /^[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)+$/,
      'an id of lower-case parts between points',
    ),
  )

/** SHA-256, lower-case hex. */
export const SHA256 = z
  .string()
  .check(pattern(/^[0-9a-f]{64}$/, 'the SHA-256 in 64 lower-case hex digits'))

/** A git commit, SHA-1 or SHA-256. */
export const COMMIT = z
  .string()
  .check(
    pattern(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'a git commit in 40 or 64 lower-case hex digits'),
  )

/** An artifact set id: `staging__web__v1.2.0__4711-1`. */
export const SET_ID = z
  .string()
  .check(
    rule(
      (text) => parseArtifactSetId(text).ok,
      'an artifact set id such as "staging__web__v1.2.0__4711-1"',
    ),
  )

/** RFC 3339 in UTC. */
export const TIME = z
  .string()
  .check(
    rule(
      (text) => parseTimestamp(text).ok,
      'an RFC 3339 time in UTC such as "2026-04-10T12:00:00Z"',
    ),
  )

/** A document or file by its digest; the name is a label. */
export const DOCUMENT = z.strictObject({ name: z.optional(TEXT), sha256: SHA256 })

/** A document by its digest. */
export type DocumentReference = Readonly<z.infer<typeof DOCUMENT>>

/** A policy as its signer saw it: by the digest of its canonical form. */
export const POLICY = z.strictObject({ id: POLICY_ID, sha256: SHA256 })

/** A policy by its digest. */
export type PolicyReference = Readonly<z.infer<typeof POLICY>>

/** A list of different things, in the order in which they were written. */
export function listOf<S extends z.ZodMiniType>(
  item: S,
  keyOf: (value: z.output<S>) => string = String,
) {
  return z.array(item).check(
    z.maxLength(LIMITS.recordListMax),
    rule(
      (values: readonly z.output<S>[]) => new Set(values.map(keyOf)).size === values.length,
      'each item of the list once',
    ),
  )
}
