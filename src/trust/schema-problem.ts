// What the schema says about a document, in our words and with a JSON Pointer (RFC 6901).

import type * as z from 'zod/mini'
import { encodeJsonPointer, quote } from '../core/index.ts'
import { PRIVATE_KEY_FOUND, PRIVATE_MEMBERS } from './key/jwk.ts'
import type { TrustProblem } from './problem.ts'

type Issue = z.core.$ZodIssue

/** Every problem behind one issue of the schema. */
export function describeIssue(issue: Issue): readonly TrustProblem[] {
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
