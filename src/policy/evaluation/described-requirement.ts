// A requirement in words: what is asked for, and what has to hold in it. Titles are the words of its author, and no part of this.

import { quote } from '../../core/index.ts'
import type { Condition, MemberCondition, Moment } from '../requirement/condition.ts'
import { describeIncluded } from '../requirement/included.ts'
import type { EvidenceRequirement, Requirement } from '../requirement/requirement.ts'
import { describeSelection } from './described-selection.ts'

/**
 * What a requirement asks for, without its parts.
 *
 * @returns a line, then one for each condition
 * @example ['one accepted: smoke about the set', '"/predicate/result" is "PASSED"']
 */
export function describeRequirement(requirement: Requirement): readonly string[] {
  if ('select' in requirement) return describeEvidence(requirement)
  if ('policies' in requirement) {
    return [`these policies are there and in date: ${requirement.policies.join(', ')}`]
  }
  if ('quorum' in requirement) {
    const { least, of } = requirement.quorum
    return [`at least ${least} of these ${of.length}:`]
  }
  if ('any' in requirement) return ['at least one of these:']
  return 'none' in requirement ? ['none of these:'] : ['all of these:']
}

function describeEvidence(requirement: EvidenceRequirement): readonly string[] {
  const { least = 1, holds = [], external } = requirement
  return [
    `${least === 1 ? 'one' : least} accepted: ${describeSelection(requirement)}`,
    ...holds.map(describeCondition),
    ...(external === true ? ['the project can not make it itself: without any, unverified'] : []),
  ]
}

/** `"/predicate/result" is "PASSED"`; what one member has to hold stands together. */
export function describeConditions(conditions: readonly Condition[]): readonly string[] {
  const words: string[] = []
  let last = ''
  for (const condition of conditions) {
    const at = 'includes' in condition ? condition.at : ''
    const isMore = at !== '' && at === last && 'includes' in condition
    if (isMore) words.push(`${words.pop()}, ${describeIncluded(condition.includes)}`)
    else words.push(describeCondition(condition))
    last = at
  }
  return words
}

function describeCondition(condition: Condition): string {
  if ('cel' in condition) return `true: ${quote(condition.cel)}`
  return `${quote(condition.at)} ${describeTest(condition)}`
}

function describeTest(condition: MemberCondition): string {
  if ('equals' in condition) return `is ${describeIncluded(condition.equals)}`
  if ('oneOf' in condition) return `is one of ${condition.oneOf.map(describeIncluded).join(', ')}`
  if ('present' in condition) return 'is there'
  if ('absent' in condition) return 'is not there'
  if ('matches' in condition) return `is like ${quote(condition.matches)}`
  if ('includes' in condition) return `has ${describeIncluded(condition.includes)}`
  if ('atLeast' in condition) return `is at least ${condition.atLeast}`
  if ('atMost' in condition) return `is at most ${condition.atMost}`
  return 'before' in condition
    ? `is before ${describeMoment(condition.before)}`
    : `is after ${describeMoment(condition.after)}`
}

function describeMoment(moment: Moment): string {
  if (typeof moment === 'string') return moment
  return 'now' in moment ? `now ${moment.now}` : quote(moment.at)
}
