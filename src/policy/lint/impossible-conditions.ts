// Conditions on one member of the evidence that no value can satisfy together.

import { type Instant, parseTimestamp } from '../../core/index.ts'
import { EVIDENCE_FAMILIES, ORIGINS } from '../evidence.ts'
import { holdsOf } from '../evaluation/piece/condition-check.ts'
import type { MemberCondition, Moment } from '../requirement/condition.ts'
import type { Scalar } from '../requirement/included.ts'
import { millisecondsOf } from '../requirement/duration.ts'
import { PHASES, STAGES } from '../vocabulary.ts'

/** Members that are texts, whatever the evidence is. */
const TEXTS = new Set([
  ...['/computed/status', '/computed/outcome', '/computed/origin'],
  ...['/signer/name', '/signer/principal', '/signer/kind'],
  ...['/release/id', '/release/target', '/release/channel', '/release/version'],
  ...['/family', '/predicateType', '/evidence', '/policy', '/phase', '/stage', '/commit'],
  '/signedAt',
])

/** Members that are one of a few words, where they are there. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  '/computed/origin': ORIGINS,
  '/signer/kind': ['person', 'automation', 'unknown'],
  '/family': EVIDENCE_FAMILIES,
  '/phase': PHASES,
  '/stage': STAGES,
}

/** True where no value can be as all of these conditions on one member have it. */
export function isImpossible(pointer: string, conditions: readonly MemberCondition[]): boolean {
  const choices = conditions.flatMap((condition) => choicesOf(condition) ?? [])
  const isListed = conditions.some((condition) => choicesOf(condition) !== undefined)
  const type = typeOf(pointer)
  if (isListed) {
    const possible = choices.filter((choice) => isOfType(choice, type) && isWord(choice, pointer))
    return !possible.some((choice) => holdsAll(choice, conditions))
  }
  const kinds = new Set(conditions.map(kindOf))
  kinds.delete('any')
  if (kinds.has('absent')) return conditions.some((condition) => !('absent' in condition))
  if (type !== undefined) kinds.add(type)
  // The one list whose items are known: names of roles.
  if (type === 'list' && conditions.some(isOfNoText)) return true
  if (kinds.size > 1 || isEmptyTime(conditions) || isEmptyPattern(conditions)) return true
  const least = Math.max(
    ...conditions.flatMap((condition) => ('atLeast' in condition ? condition.atLeast : [])),
  )
  const most = Math.min(
    ...conditions.flatMap((condition) => ('atMost' in condition ? condition.atMost : [])),
  )
  return least > most
}

/** What a value has to be for the condition. */
function kindOf(condition: MemberCondition): 'absent' | 'any' | 'list' | 'number' | 'text' {
  if ('absent' in condition) return 'absent'
  if ('atLeast' in condition || 'atMost' in condition) return 'number'
  if ('includes' in condition) return 'list'
  return 'present' in condition ? 'any' : 'text'
}

function isOfNoText(condition: MemberCondition): boolean {
  return 'includes' in condition && typeof condition.includes !== 'string'
}

function holdsAll(value: Scalar, conditions: readonly MemberCondition[]): boolean {
  return conditions.every((condition) => {
    // Times are compared with what only a piece of evidence has.
    if ('before' in condition || 'after' in condition) return typeof value === 'string'
    return holdsOf(condition, value)
  })
}

/** The values of which it has to be one. */
export function choicesOf(condition: MemberCondition): readonly Scalar[] | undefined {
  if ('equals' in condition) return [condition.equals]
  return 'oneOf' in condition ? condition.oneOf : undefined
}

function typeOf(pointer: string): 'list' | 'text' | undefined {
  if (pointer === '/signer/roles') return 'list'
  return TEXTS.has(pointer) ? 'text' : undefined
}

function isOfType(value: Scalar, type: 'list' | 'text' | undefined): boolean {
  return type === undefined || (type === 'text' && typeof value === 'string')
}

function isWord(value: Scalar, pointer: string): boolean {
  return WORDS[pointer]?.some((word) => word === value) ?? true
}

/** Of times that are written out, or counted from now: after one that is not before the other. */
function isEmptyTime(conditions: readonly MemberCondition[]): boolean {
  return [instantOf, offsetOf].some((momentOf) => {
    const before = conditions.flatMap((one) => ('before' in one ? momentOf(one.before) : []))
    const after = conditions.flatMap((one) => ('after' in one ? momentOf(one.after) : []))
    return before.length > 0 && after.length > 0 && Math.min(...before) <= Math.max(...after)
  })
}

function offsetOf(moment: Moment): readonly number[] {
  return typeof moment === 'object' && 'now' in moment ? [millisecondsOf(moment.now)] : []
}

function instantOf(moment: Moment): readonly Instant[] {
  const time = typeof moment === 'string' ? parseTimestamp(moment) : undefined
  return time?.ok === true ? [time.value] : []
}

/** Of globs: two that begin, or end, with texts of which neither continues the other. */
function isEmptyPattern(conditions: readonly MemberCondition[]): boolean {
  const globs = conditions.flatMap((one) => ('matches' in one ? [one.matches] : []))
  const mirrored = globs.map((glob) => [...glob].toReversed().join(''))
  return haveTwoBeginnings(globs) || haveTwoBeginnings(mirrored)
}

function haveTwoBeginnings(globs: readonly string[]): boolean {
  const beginnings = globs.map((glob) => `${glob}*`.slice(0, `${glob}*`.indexOf('*')))
  const [longest = ''] = beginnings.toSorted((a, b) => b.length - a.length)
  return beginnings.some((one) => !longest.startsWith(one))
}
