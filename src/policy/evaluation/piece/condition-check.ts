// One condition over the document of one piece of evidence.

import {
  type Check,
  encodeTimestamp,
  type Instant,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseTimestamp,
  quote,
  refusedCheck,
} from '../../../core/index.ts'
import type { ExpressionAnswer } from '../../expression/expressions.ts'
import type { PolicyCode } from '../../problem.ts'
import type { Condition, MemberCondition, Moment } from '../../requirement/condition.ts'
import { millisecondsOf } from '../../requirement/duration.ts'
import { describeIncluded, type IncludedMembers, type Scalar } from '../../requirement/included.ts'
import { valueAt } from './evidence-document.ts'
import { matchesGlob } from './glob.ts'

/** What conditions are judged with. */
export interface ConditionInput {
  readonly document: JsonObject
  readonly now: Instant
  /** What an expression came to for this document. */
  readonly answer: (expression: string) => ExpressionAnswer
}

/** Why the condition does not hold; nothing where it does. */
export function findUnmet(condition: Condition, input: ConditionInput): Check | undefined {
  return 'cel' in condition
    ? findUntrue(condition.cel, input.answer(condition.cel))
    : findUnlike(condition, input)
}

function findUntrue(expression: string, answer: ExpressionAnswer): Check | undefined {
  const expected = quote(expression)
  if ('fault' in answer) {
    const { fault, message } = answer
    const facts = { expected, found: `${fault}: ${message}` }
    return refused('error', 'policy/expression', 'The expression can not be judged', facts)
  }
  if (answer.holds) return undefined
  const facts = { expected, found: 'false' }
  return refused('rejected', 'policy/condition', 'The expression is not true', facts)
}

function findUnlike(condition: MemberCondition, { document, now }: ConditionInput) {
  const found = valueAt(document, condition.at)
  const { holds, expected } = judgeMember(condition, found, { document, now })
  if (holds) return undefined
  const message = `The member ${quote(condition.at)} is not as it is asked for`
  const facts = { expected: expected(), found: describeValue(found) }
  return refused('rejected', 'policy/condition', message, facts)
}

/** Whether a value alone is as the condition has it; conditions on times look around themselves. */
export function holdsOf(condition: MemberCondition, value: JsonValue): boolean {
  return judgeMember(condition, value, { document: {}, now: 0 }).holds
}

interface Judged {
  readonly holds: boolean
  /** Told where it does not hold, which is seldom. */
  readonly expected: () => string
}

function judgeMember(
  condition: MemberCondition,
  found: JsonValue | undefined,
  around: MomentInput,
): Judged {
  if ('equals' in condition) {
    return { holds: found === condition.equals, expected: () => describeValue(condition.equals) }
  }
  if ('oneOf' in condition) {
    const { oneOf } = condition
    const holds = oneOf.some((choice) => choice === found)
    return { holds, expected: () => `one of ${oneOf.map(describeValue).join(', ')}` }
  }
  if ('present' in condition) return { holds: found !== undefined, expected: () => 'any value' }
  if ('absent' in condition) return { holds: found === undefined, expected: () => 'nothing' }
  if ('matches' in condition) {
    const holds = typeof found === 'string' && matchesGlob(found, condition.matches)
    return { holds, expected: () => `a text like ${quote(condition.matches)}` }
  }
  if ('includes' in condition) {
    const { includes } = condition
    const items: readonly JsonValue[] = Array.isArray(found) ? found : []
    const holds = items.some((item) => isIncluded(item, includes))
    return { holds, expected: () => `a list with ${describeIncluded(includes)}` }
  }
  return judgeOrder(condition, found, around)
}

/** Of an object, that each of the members is there as it is wanted; it may have others. */
function isIncluded(item: JsonValue | undefined, wanted: Scalar | IncludedMembers): boolean {
  if (typeof wanted !== 'object') return item === wanted
  return (
    isJsonObject(item) &&
    Object.entries(wanted).every(
      ([name, part]) => Object.hasOwn(item, name) && isIncluded(item[name], part),
    )
  )
}

type Order = Extract<
  MemberCondition,
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly before: Moment }
  | { readonly after: Moment }
>

function judgeOrder(condition: Order, found: JsonValue | undefined, around: MomentInput): Judged {
  if ('atLeast' in condition) {
    const holds = typeof found === 'number' && found >= condition.atLeast
    return { holds, expected: () => `at least ${condition.atLeast}` }
  }
  if ('atMost' in condition) {
    const holds = typeof found === 'number' && found <= condition.atMost
    return { holds, expected: () => `at most ${condition.atMost}` }
  }
  const [word, moment] =
    'before' in condition
      ? (['before', condition.before] as const)
      : (['after', condition.after] as const)
  const limit = instantOf(moment, around)
  const time = timeOf(found)
  const holds =
    limit !== undefined && time !== undefined && (word === 'before' ? time < limit : time > limit)
  return { holds, expected: () => `${word} ${describeMoment(moment, limit)}` }
}

interface MomentInput {
  readonly document: JsonObject
  readonly now: Instant
}

function instantOf(moment: Moment, { document, now }: MomentInput): Instant | undefined {
  if (typeof moment === 'string') return timeOf(moment)
  return 'now' in moment ? now + millisecondsOf(moment.now) : timeOf(valueAt(document, moment.at))
}

function timeOf(value: JsonValue | undefined): Instant | undefined {
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined
  return time?.ok === true ? time.value : undefined
}

function describeMoment(moment: Moment, limit: Instant | undefined): string {
  const shown = limit === undefined ? 'no time' : encodeTimestamp(limit)
  return typeof moment === 'object' && 'at' in moment ? `${quote(moment.at)}: ${shown}` : shown
}

/** A value of a document, for a person: of what is large no more than what it is. */
function describeValue(value: JsonValue | Scalar | undefined): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return describeList(value)
  return typeof value === 'object' ? 'an object' : String(value)
}

const ITEMS_MAX = 8

function describeList(items: readonly JsonValue[]): string {
  const isShort = items.length > 0 && items.length <= ITEMS_MAX
  if (!isShort || items.some((item) => typeof item === 'object')) return `a list of ${items.length}`
  return `a list of ${items.map(describeValue).join(', ')}`
}

function refused(
  outcome: 'rejected' | 'error',
  code: PolicyCode,
  message: string,
  facts: { readonly expected: string; readonly found: string },
): Check {
  return refusedCheck<PolicyCode>('condition', outcome, code, message, facts)
}
