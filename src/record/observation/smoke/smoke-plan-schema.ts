// The form of a plan of smoke checks. It names secrets by the variables that hold them, and holds none itself.

import * as z from 'zod/mini'
import { LIMITS } from '../../../core/index.ts'

const TOKEN = text(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'lower-case words with "-" between them', 200)

/** From the root of the server; what a browser would add or take away is not in it. */
const PATH = text(
  /^\/(?!\/)[\w!$%&'()*+,./:;=?@~-]*$/,
  'a path from the root of the server, such as "/health"',
  2_048,
)

const VARIABLE = text(/^[A-Z][A-Z0-9_]*$/, 'the name of a variable, such as "SMOKE_SESSION"', 200)

/** A name of a header or cookie (RFC 9110, RFC 6265). */
const NAME = text(/^[\w!#$%&'*+.^`|~-]+$/, 'the name of a header or cookie', 200)

const CONTENT_TYPE = text(
  /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/,
  'a content type in lower case without parameters, such as "application/json"',
  200,
)

const POINTER = text(/^(?:\/(?:[^~/]|~[01])*)*$/, 'a JSON Pointer such as "/version"', 1_000)
const TEXT = text(/./s, 'a text that is not empty', 4_096)
const ADDRESS = text(/^[\x21-\x7e]+$/, 'a path or a URL', 2_048)
const STATUS = z.int().check(z.gte(200), z.lte(599))
const NEEDS = z.optional(z.array(TOKEN).check(z.maxLength(LIMITS.smokeChecksMax)))

const CONTENT = z.union(
  [
    z.strictObject({ contains: TEXT }),
    z.strictObject({ matches: TEXT }),
    z.strictObject({
      pointer: POINTER,
      equals: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    }),
    z.strictObject({ pointer: POINTER, matches: TEXT }),
    z.strictObject({ pointer: POINTER, present: z.literal(true) }),
  ],
  'Expected contains, matches, or a pointer with equals, matches or present',
)

/** What the secret is shown as, with every request that needs it. */
const PRESENT = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('bearer') }),
  z.strictObject({ as: z.literal('cookie'), name: NAME }),
  z.strictObject({ as: z.literal('header'), name: NAME }),
])

/** One request that takes the secret and answers a cookie. */
const EXCHANGE = z.strictObject({
  path: PATH,
  contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']),
  body: text(/^(?:(?!\{secret\}).)*\{secret\}(?:(?!\{secret\}).)*$/s, 'one {secret}', 4_096),
  status: STATUS,
  cookie: NAME,
})

const UNLOCK = z.strictObject({
  name: TOKEN,
  kind: z.enum(['site-gate', 'operator-session']),
  secret: VARIABLE,
  optional: z.optional(z.boolean()),
  needs: NEEDS,
  present: z.optional(PRESENT),
  exchange: z.optional(EXCHANGE),
})

const CHECK = z.strictObject({
  name: TOKEN,
  path: PATH,
  method: z.optional(z.enum(['GET', 'HEAD', 'POST'])),
  contentType: z.optional(CONTENT_TYPE),
  body: z.optional(z.string().check(z.maxLength(64 * 1024))),
  needs: NEEDS,
  tls: z.optional(z.boolean()),
  follow: z.optional(z.int().check(z.gte(1), z.lte(5))),
  bytesMax: z.optional(z.int().check(z.gte(1), z.lte(LIMITS.smokeAnswerBytesMax))),
  expect: z.strictObject({
    status: STATUS,
    contentTypes: z.optional(z.array(CONTENT_TYPE).check(z.minLength(1), z.maxLength(20))),
    redirectTo: z.optional(ADDRESS),
    content: z.optional(z.array(CONTENT).check(z.minLength(1), z.maxLength(50))),
  }),
})

/** Where the server says which artifact set it runs: by the SHA-256 of its manifest. */
const DEPLOYED_SET = z.strictObject({ path: PATH, pointer: POINTER, needs: NEEDS })

/** A plan as it is written. */
export const SMOKE_PLAN_SCHEMA = z.strictObject({
  schema: z.literal('assay/smoke-plan/v1'),
  name: TOKEN,
  requestSeconds: z.optional(z.int().check(z.gte(1), z.lte(60))),
  deadlineSeconds: z.optional(z.int().check(z.gte(1), z.lte(3_600))),
  deployedSet: z.optional(DEPLOYED_SET),
  unlock: z.optional(z.array(UNLOCK).check(z.maxLength(LIMITS.smokeChecksMax))),
  checks: z.array(CHECK).check(z.minLength(1), z.maxLength(LIMITS.smokeChecksMax)),
})

/** One thing that has to hold in an answer. */
export type SmokeContent = Readonly<z.infer<typeof CONTENT>>

/** A way to show a secret. */
export type SmokePresent = Readonly<z.infer<typeof PRESENT>>

/** A request that takes a secret. */
export type SmokeExchange = Readonly<z.infer<typeof EXCHANGE>>

function text(pattern: RegExp, expected: string, lengthMax: number) {
  return z.string().check(z.maxLength(lengthMax), z.regex(pattern, `Expected ${expected}`))
}
