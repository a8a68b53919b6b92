// The field types that predicates share (in-toto attestation v1.2, field_types.md and
// resource_descriptor.md), as schemas, and the one way from a schema's complaint to a problem of
// ours.

import * as z from 'zod/mini'
import {
  accept,
  encodeJsonPointer,
  type JsonValue,
  judge,
  parseTimestamp,
  quote,
  type Result,
  refuse,
  unlessOverflow,
} from '../core/index.ts'
import { explainDigestSet } from './digest-set.ts'
import type { StatementProblem } from './problem.ts'
import { isUri } from './uri.ts'

/** A rule beyond the type, with the code and the words of its refusal. */
export function rule<T>(
  holds: (value: T) => boolean,
  code: StatementProblem['code'],
  expected: string,
): z.core.$ZodCheck<T> {
  return z.refine(holds, { error: `Expected ${expected}`, params: { code } })
}

/** TypeURI and ResourceURI (FT-1). */
export const URI = z
  .string()
  .check(rule(isUri, 'statement/uri', 'a URI, its scheme and host in lower case'))

/** Timestamp (FT-2). */
export const TIMESTAMP = z
  .string()
  .check(
    rule(
      (text: string) => parseTimestamp(text).ok,
      'statement/timestamp',
      'an RFC 3339 time in UTC such as "2026-04-10T12:00:00Z"',
    ),
  )

/** Any JSON object: what is in it is not ours to judge. */
export const ANY_OBJECT = z.record(z.string(), z.unknown())

/** DigestSet (DS-1): see `digest-set.ts` for the rules. */
export const DIGEST_SET = z.record(z.string(), z.string()).check((context) => {
  for (const { code, message, at = '' } of explainDigestSet(context.value, '')) {
    const path = at === '' ? [] : [at.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')]
    context.issues.push({ code: 'custom', input: context.value, message, params: { code }, path })
  }
})

/** ResourceDescriptor; RD-1: something in it must say which resource is meant. */
export const RESOURCE = z
  .looseObject({
    name: z.optional(z.string()),
    uri: z.optional(URI),
    digest: z.optional(DIGEST_SET),
    content: z.optional(z.string()),
    downloadLocation: z.optional(URI),
    mediaType: z.optional(z.string()),
    annotations: z.optional(ANY_OBJECT),
  })
  .check(
    rule(
      ({ uri, digest, content }) => (uri ?? digest ?? content) !== undefined,
      'statement/member',
      'a resource with a URI, a digest or content',
    ),
  )

/** A thing that a predicate refers to. */
export type ResourceDescriptor = Readonly<z.infer<typeof RESOURCE>>

/** Reads a value by its schema: the typed value, its unknown members kept, or every rule that it breaks. */
export function parseBySchema<S extends z.core.$ZodType>(
  schema: S,
  value: JsonValue,
): Result<z.output<S>, StatementProblem> {
  const parsed = unlessOverflow(() => z.safeParse(schema, value))
  if (parsed === undefined) {
    const message = 'Expected the members of its schema, found more mistakes than can be told'
    return refuse({ code: 'statement/member', message })
  }
  if (parsed.success) return accept(parsed.data)
  return judge(undefined as never, parsed.error.issues.map(describeIssue))
}

function describeIssue(issue: z.core.$ZodIssue): StatementProblem {
  const pointer = encodeJsonPointer(issue.path)
  const at = pointer === '' ? {} : { at: pointer }
  if (issue.code === 'custom') {
    const code = issue.params?.['code'] as StatementProblem['code']
    return { code, message: issue.message, ...at }
  }
  const expected =
    issue.code === 'invalid_value'
      ? issue.values.map((value) => quote(String(value))).join(' or ')
      : issue.code === 'invalid_type'
        ? `a value of type ${issue.expected}`
        : 'another value'
  return { code: 'statement/member', message: `Expected ${expected}`, ...at }
}
