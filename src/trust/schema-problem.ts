// A document by its schema, and what that says against it: in our words and with a JSON Pointer (RFC 6901).

import type * as z from 'zod/mini'
import {
  accept,
  encodeJsonPointer,
  type JsonValue,
  judge,
  quote,
  type Result,
  refuse,
  unlessOverflow,
} from '../core/index.ts'
import { type TrustJson, trustDocumentSchema } from './document-schema.ts'
import { PRIVATE_KEY_FOUND, PRIVATE_MEMBERS } from './key/jwk.ts'
import type { TrustProblem } from './problem.ts'

type Issue = z.core.$ZodIssue

/** The document by the schema alone, or every rule of it that is broken. */
export function parseBySchema(value: JsonValue): Result<TrustJson, TrustProblem> {
  const shaped = unlessOverflow(() => trustDocumentSchema.safeParse(value))
  if (shaped === undefined) {
    const message = 'Expected a trust document, found more mistakes than can be told'
    return refuse({ code: 'trust/document', message })
  }
  if (shaped.success) return accept(shaped.data)
  return judge(undefined as never, shaped.error.issues.flatMap(describeIssue))
}

/** Every problem behind one issue of the schema. */
function describeIssue(issue: Issue): readonly TrustProblem[] {
  const pointer = encodeJsonPointer(issue.path)
  // The pointer of the whole document is empty, and tells a person nothing.
  const at = pointer === '' ? {} : { at: pointer }
  if (issue.code !== 'unrecognized_keys') {
    return [{ code: 'trust/document', message: `Expected ${describeExpected(issue)}`, ...at }]
  }
  return issue.keys.map((key) => ({ ...describeMember(key, pointer), ...at }))
}

function describeMember(name: string, pointer: string): TrustProblem {
  if (pointer.endsWith('/publicKey') && PRIVATE_MEMBERS.includes(name)) return PRIVATE_KEY_FOUND
  return { code: 'trust/document', message: `Expected only known members, found ${quote(name)}` }
}

function describeExpected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map((value) => quote(String(value))).join(' or ')
    case 'invalid_format':
      return issue.message
    case 'too_small':
      return `at least ${issue.minimum}`
    case 'too_big':
      return `at most ${issue.maximum}`
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`
    default:
      return 'a JWK or a text with a public key'
  }
}
