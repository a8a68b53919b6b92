// What a run of smoke checks observed. Facts of who ran it: no secret, nothing of an answer but its digest.

import * as z from 'zod/mini'
import { LIMITS } from '../../../core/index.ts'
import { listOf, NAME, rule, SHA256, TEXT, TIME } from '../../statement/member-schema.ts'

/** Why a check or an unlock step did not pass, or did not run. */
const WHYS = [
  'content',
  'content-encoding',
  'content-type',
  'deadline',
  'http-status',
  'not-http',
  'redirect',
  'secret-missing',
  'secret-repeated',
  'secret-unusable',
  'session-missing',
  'timed-out',
  'tls',
  'tls-missing',
  'too-large',
  'unlock-step',
  'unreachable',
] as const

const REASON = z.strictObject({
  why: z.enum(WHYS),
  expected: z.optional(TEXT),
  found: z.optional(TEXT),
})

const COUNT = z.int().check(z.gte(0))
const RESULT = z.enum(['passed', 'failed', 'not-run'])
const STATUS = z.int().check(z.gte(100), z.lte(599))

interface Resulting {
  readonly result: z.infer<typeof RESULT>
  readonly reason?: unknown
}

/** What passed has no reason, and what did not has one. */
const HAS_REASON = rule<Resulting>(
  ({ result, reason }) => (result === 'passed') === (reason === undefined),
  'a reason where it did not pass, and there alone',
  'record/contradiction',
)

const UNLOCK_STEP = z
  .strictObject({
    name: NAME,
    kind: z.enum(['site-gate', 'operator-session']),
    result: RESULT,
    reason: z.optional(REASON),
    httpStatus: z.optional(STATUS),
  })
  .check(HAS_REASON)

const CHECK = z
  .strictObject({
    name: NAME,
    result: RESULT,
    reason: z.optional(REASON),
    startedAt: z.optional(TIME),
    durationMs: z.optional(COUNT),
    httpStatus: z.optional(STATUS),
    contentType: z.optional(TEXT),
    responseSha256: z.optional(SHA256),
    responseBytes: z.optional(COUNT),
    redirects: z.optional(COUNT),
    unlockSteps: z.optional(listOf(NAME)),
  })
  .check(
    HAS_REASON,
    rule(
      ({ result, httpStatus, responseSha256, startedAt }) =>
        result !== 'passed' || (httpStatus && responseSha256 && startedAt) !== undefined,
      'the time, the status and the digest of an answer that passed',
      'record/contradiction',
    ),
    rule(
      ({ result, httpStatus, responseSha256 }) =>
        result !== 'not-run' || (httpStatus ?? responseSha256) === undefined,
      'no answer to what did not run',
      'record/contradiction',
    ),
  )

/** What was observed; the schema of the member that a smoke record carries. */
export const SMOKE_OBSERVATION_SCHEMA = z
  .strictObject({
    plan: z.strictObject({ name: NAME, sha256: SHA256 }),
    label: TEXT,
    publicOrigin: z.string().check(
      z.maxLength(LIMITS.recordNameMax),
      rule(
        (text) => /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text,
        'the origin of a server, such as "https://www.example.org"',
      ),
    ),
    startedAt: TIME,
    finishedAt: TIME,
    /** SHA-256 of the manifest of what is deployed, as the server reports it; absent where it reports none. */
    observedSet: z.optional(SHA256),
    unlockSteps: listOf(UNLOCK_STEP, ({ name }) => name),
    checks: listOf(CHECK, ({ name }) => name),
  })
  .check(
    rule(
      ({ checks, unlockSteps }) => {
        const passed = unlockSteps.filter(({ result }) => result === 'passed')
        const names = new Set(passed.map(({ name }) => name))
        return checks
          .filter(({ result }) => result === 'passed')
          .every((check) => (check.unlockSteps ?? []).every((name) => names.has(name)))
      },
      'no check passed by an unlock step that did not',
      'record/contradiction',
    ),
  )

/**
 * What a run of smoke checks observed.
 *
 * Checks and steps are in the order of the plan. `not-run`: nothing was asked, or what had to be unlocked before was not.
 *
 * @example
 * {
 *   plan: { name: 'web-edge', sha256: '9f86…' }, label: 'staging', publicOrigin: 'https://staging.example.org',
 *   startedAt: '2026-04-10T12:00:00Z', finishedAt: '2026-04-10T12:00:02Z', unlockSteps: [],
 *   checks: [{ name: 'health', result: 'passed', httpStatus: 200, responseSha256: '44136f…', responseBytes: 2, … }],
 * }
 */
export type SmokeObservation = Readonly<z.infer<typeof SMOKE_OBSERVATION_SCHEMA>>

/** One check of it. */
export type SmokeCheckResult = Readonly<z.infer<typeof CHECK>>

/** One unlock step of it. */
export type SmokeUnlockResult = Readonly<z.infer<typeof UNLOCK_STEP>>

/** Why something did not pass, in words of the plan and of this program. */
export type SmokeReason = Readonly<z.infer<typeof REASON>>
