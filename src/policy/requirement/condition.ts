// A condition: what has to stand at one place of the document of a piece of evidence, or a CEL expression over all of it.

import * as z from 'zod/mini'
import { LIMITS, parseTimestamp, TIMESTAMP_PATTERN } from '../../core/index.ts'
import { OFFSET } from './duration.ts'
import { exactlyOne, onlyBeside } from './exclusive-members.ts'
import { INCLUDED, type IncludedMembers, SCALAR, type Scalar } from './included.ts'

const TEXT_MAX = 1_000
const CHOICES_MAX = 1_000

/** JSON Pointer (RFC 6901) to a member of the document. */
export const POINTER = z.string().check(
  z.maxLength(TEXT_MAX),
  z.regex(/^(?:\/(?:[^~/]|~[01])*)+$/, {
    error: 'a JSON Pointer such as "/predicate/result"',
  }),
)

const TIME = z.string().check(
  z.regex(TIMESTAMP_PATTERN, { error: 'a time such as "2026-04-10T12:00:00Z"', abort: true }),
  z.refine((text) => parseTimestamp(text).ok, { error: 'Expected a day and a time that exist' }),
)

/** A time: as it is written, as the document has it at another place, or counted from the instant of the judgement. */
const MOMENT = z.union([TIME, z.strictObject({ at: POINTER }), z.strictObject({ now: OFFSET })], {
  error: 'a time, { at: <pointer> } or { now: <offset> }',
})

const TESTS = [
  'equals',
  'oneOf',
  'present',
  'absent',
  'matches',
  'includes',
  'atLeast',
  'atMost',
  'before',
  'after',
] as const

/** A word that says what has to hold of the member. */
export type ConditionTest = (typeof TESTS)[number]

const SHAPE = z.strictObject({
  at: z.optional(POINTER),
  equals: z.optional(SCALAR),
  oneOf: z.optional(z.array(SCALAR).check(z.minLength(1), z.maxLength(CHOICES_MAX))),
  /** It is there, and not null. */
  present: z.optional(z.literal(true)),
  /** It is not there, or null. */
  absent: z.optional(z.literal(true)),
  /** The whole text; `*` stands for any characters, also none, and everything else for itself. */
  matches: z.optional(z.string().check(z.minLength(1), z.maxLength(TEXT_MAX))),
  /** A list that has it; of an object, one that has each of these members. */
  includes: z.optional(INCLUDED),
  atLeast: z.optional(z.number()),
  atMost: z.optional(z.number()),
  before: z.optional(MOMENT),
  after: z.optional(MOMENT),
  cel: z.optional(z.string().check(z.minLength(1), z.maxLength(LIMITS.expressionLengthMax))),
})

/** A time that members are compared with. */
export type Moment = z.infer<typeof MOMENT>

/**
 * A condition on a member.
 *
 * @example { at: '/computed/status', equals: 'passed' }
 */
export type MemberCondition = { readonly at: string } & (
  | { readonly equals: Scalar }
  | { readonly oneOf: readonly Scalar[] }
  | { readonly present: true }
  | { readonly absent: true }
  | { readonly matches: string }
  | { readonly includes: Scalar | IncludedMembers }
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly before: Moment }
  | { readonly after: Moment }
)

/**
 * A condition that an expression says.
 *
 * @example { cel: 'size(predicate.passedTests) > 10' }
 */
export interface ExpressionCondition {
  readonly cel: string
}

/** What has to hold in a piece of evidence. */
export type Condition = MemberCondition | ExpressionCondition

/** A condition: `at` with exactly one of the tests, or `cel` alone. */
export const conditionSchema = SHAPE.check(
  exactlyOne(['at', 'cel']),
  exactlyOne(TESTS, 'at'),
  onlyBeside(TESTS, 'at'),
).register(z.globalRegistry, {
  id: 'condition',
  oneOf: [
    ...TESTS.map((test) => ({ required: ['at', test] })),
    { required: ['cel'], not: { required: ['at'] } },
  ],
  dependentRequired: Object.fromEntries(TESTS.map((test) => [test, ['at']])),
}) as unknown as z.ZodMiniType<Condition>
