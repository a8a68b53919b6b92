// The field types that predicates share (in-toto attestation v1.2, field_types.md and
// resource_descriptor.md), as schemas, and the one way from a schema's complaint to a problem of
// ours.

import * as z from 'zod/mini'
import { type JsonValue, parseBySchema, parseTimestamp, type Result } from '../core/index.ts'
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
export function parsePredicateBySchema<S extends z.ZodMiniType>(
  schema: S,
  value: JsonValue,
): Result<z.output<S>, StatementProblem> {
  return parseBySchema(schema, value, ({ message, at, params }) => ({
    code: (params?.['code'] ?? 'statement/member') as StatementProblem['code'],
    message,
    ...(at !== undefined && { at }),
  }))
}
