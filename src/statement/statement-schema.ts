// Statement as a schema, for whoever wants it published. Reading goes by `parseStatement`, which keeps the same rules several
// times faster; a test holds the two together.

import * as z from 'zod/mini'
import { LIMITS } from '../core/index.ts'
import { ANY_OBJECT, DIGEST_SET } from './field-types.ts'

const SUBJECT = z.looseObject({
  name: z.nullish(z.string()),
  uri: z.nullish(z.string()),
  digest: DIGEST_SET,
  downloadLocation: z.nullish(z.string()),
  mediaType: z.nullish(z.string()),
  content: z.nullish(z.string()),
  annotations: z.nullish(ANY_OBJECT),
})

/** A statement of version 1. */
export const STATEMENT_SCHEMA = z.looseObject({
  _type: z.literal('https://in-toto.io/Statement/v1'),
  subject: z.array(SUBJECT).check(z.minLength(1), z.maxLength(LIMITS.subjectsMax)),
  predicateType: z.string().check(z.minLength(1)),
  predicate: z.nullish(ANY_OBJECT),
})
