// Conditions that contradict each other, or what they are asked of, and places that no evidence has.

import { quote } from '../../core/index.ts'
import { DOCUMENT_MEMBERS } from '../evaluation/piece/evidence-document.ts'
import { holdsOf } from '../evaluation/piece/condition-check.ts'
import type { Registry } from '../registry.ts'
import type { MemberCondition, Scalar } from '../requirement/condition.ts'
import type { EvidenceRequirement } from '../requirement/requirement.ts'
import type { Lint } from './lint.ts'
import { isForbidden, never, type PlacedLeaf } from './selection-lint.ts'

/** Members whose own members are all known. */
const KNOWN_PARTS: Readonly<Record<string, readonly string[]>> = {
  computed: ['status', 'outcome', 'origin', 'facts'],
  signer: ['name', 'principal', 'kind', 'roles'],
  release: ['id', 'target', 'channel', 'version'],
}

/** Members that are ids of policies. */
const ID_MEMBERS = ['/evidence', '/policy']

/** What is wrong with the conditions of one requirement. */
export function lintConditions(
  { at, requirement }: PlacedLeaf,
  registry: Registry,
): readonly Lint[] {
  const { holds = [] } = requirement
  const conditions = holds.flatMap((condition, index) =>
    'cel' in condition ? [] : [{ condition, at: [...at, 'holds', index] }],
  )
  const told = conditions.flatMap(({ condition, at }) => [
    ...lintPlace(condition, at),
    ...lintIds(condition, at, registry),
  ])
  const members = conditions.map(({ condition }) => condition)
  const pointers = new Set(members.map((condition) => condition.at))
  const implied = impliedBy(requirement, isForbidden(at))
  const impossible = [...pointers].filter((pointer) =>
    isImpossible([...implied, ...members].filter(({ at }) => at === pointer)),
  )
  const isFalse = holds.some((condition) => 'cel' in condition && condition.cel.trim() === 'false')
  return [
    ...told,
    ...(isFalse ? [never([...at, 'holds'], 'an expression is false')] : []),
    ...impossible.map((pointer) =>
      never(
        [...at, 'holds'],
        `its conditions on ${quote(pointer)} contradict each other or what it selects`,
      ),
    ),
  ]
}

function lintPlace({ at: pointer }: MemberCondition, at: Lint['at']): readonly Lint[] {
  const [member = '', part] = pointer.split('/').slice(1)
  const isKnown = DOCUMENT_MEMBERS.some((known) => known === member)
  const parts = isKnown ? KNOWN_PARTS[member] : []
  if (isKnown && (part === undefined || parts === undefined || parts.includes(part))) return []
  const message = `No evidence has a member ${quote(pointer)}`
  return [{ code: 'policy/place-unknown', message, at: [...at, 'at'] }]
}

function lintIds(condition: MemberCondition, at: Lint['at'], registry: Registry): readonly Lint[] {
  if (!ID_MEMBERS.includes(condition.at)) return []
  return (choicesOf(condition) ?? []).flatMap((id) => {
    if (registry.policies.has(String(id))) return []
    const message = `A condition names ${quote(String(id))}, which is not there`
    return [{ code: 'policy/reference-dangling', message, at }]
  })
}

function choicesOf(condition: MemberCondition): readonly Scalar[] | undefined {
  if ('equals' in condition) return [condition.equals]
  return 'oneOf' in condition ? condition.oneOf : undefined
}

/** What holds of each piece that is selected and can support the requirement; what is forbidden counts whatever it comes to. */
function impliedBy(
  { select, status, fresh }: EvidenceRequirement,
  isAnyOutcome: boolean,
): readonly MemberCondition[] {
  const { family, predicateType, evidence, policy, phase, scope, stage, origin, signerKind } =
    select
  const constants: Readonly<Record<string, string | undefined>> = {
    ...{ '/family': family, '/predicateType': predicateType, '/evidence': evidence },
    ...{ '/policy': policy, '/phase': phase, '/stage': stage },
    ...{ '/computed/origin': origin, '/signer/kind': signerKind },
    '/predicate/scope': scope,
    '/computed/outcome': isAnyOutcome ? undefined : 'accepted',
  }
  return [
    ...Object.entries(constants).flatMap(([at, equals]) =>
      equals === undefined ? [] : [{ at, equals }],
    ),
    ...(status === undefined ? [] : [{ at: '/computed/status', oneOf: status }]),
    ...(fresh === undefined ? [] : [{ at: '/signedAt', present: true } as const]),
  ]
}

/** True where no value can be as all of these conditions on one member have it. */
function isImpossible(conditions: readonly MemberCondition[]): boolean {
  const choices = conditions.flatMap((condition) => choicesOf(condition) ?? [])
  const isListed = conditions.some((condition) => choicesOf(condition) !== undefined)
  if (isListed) return !choices.some((choice) => holdsAll(choice, conditions))
  const kinds = new Set(conditions.map(kindOf))
  kinds.delete('any')
  if (kinds.has('absent')) return conditions.some((condition) => !('absent' in condition))
  if (kinds.size > 1) return true
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

function holdsAll(value: Scalar, conditions: readonly MemberCondition[]): boolean {
  return conditions.every((condition) => {
    // Times are compared with what only a piece of evidence has.
    if ('before' in condition || 'after' in condition) return typeof value === 'string'
    return holdsOf(condition, value)
  })
}
