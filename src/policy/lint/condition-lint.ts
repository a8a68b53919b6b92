// Conditions that contradict each other, or what they are asked of, and places that no evidence has.

import { quote } from '../../core/index.ts'
import { DOCUMENT_MEMBERS } from '../evaluation/piece/evidence-document.ts'
import type { EvidenceFamily } from '../evidence.ts'
import type { Registry } from '../registry.ts'
import type { MemberCondition } from '../requirement/condition.ts'
import type { EvidenceRequirement } from '../requirement/requirement.ts'
import { FAMILY_STATUSES } from '../statuses.ts'
import { choicesOf, isImpossible } from './impossible-conditions.ts'
import { lintItems } from './item-lint.ts'
import type { Lint } from './lint.ts'
import { isForbidden, never, type PlacedLeaf } from './selection-lint.ts'

/** Members whose own members are all known. */
const KNOWN_PARTS: Readonly<Record<string, readonly string[]>> = {
  computed: ['status', 'outcome', 'origin', 'facts'],
  signer: ['name', 'principal', 'kind', 'roles'],
  release: ['id', 'target', 'channel', 'version'],
}

/** What is about a release names no commit, and what is about a commit no release. */
const ABSENT = {
  set: ['/commit'],
  commit: [
    ...['/release', '/release/id', '/release/target', '/release/channel', '/release/version'],
    '/phase',
  ],
} as const

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
    ...lintItems(condition, requirement.select, at),
  ])
  const members = conditions.map(({ condition }) => condition)
  const pointers = new Set(members.map((condition) => condition.at))
  const implied = impliedBy(requirement, isForbidden(at))
  const impossible = [...pointers].filter((pointer) =>
    isImpossible(
      pointer,
      [...implied, ...members].filter(({ at }) => at === pointer),
    ),
  )
  const expressions = holds.flatMap((condition, index) =>
    'cel' in condition ? lintExpression(condition.cel, [...at, 'holds', index]) : [],
  )
  return [
    ...told,
    ...expressions,
    ...impossible.map((pointer) =>
      never(
        [...at, 'holds'],
        `its conditions on ${quote(pointer)} contradict each other or what it selects`,
      ),
    ),
  ]
}

/** An expression that names nothing of a piece says the same of every one. */
function lintExpression(expression: string, at: Lint['at']): readonly Lint[] {
  if (expression.trim() === 'false') return [never(at, 'an expression is false')]
  const words = new Set(expression.replaceAll(LITERAL, '').split(/\W+/))
  if (DOCUMENT_MEMBERS.some((member) => words.has(member))) return []
  const message = 'An expression names no member of the evidence'
  return [{ code: 'policy/place-unknown', message, at }]
}

/** Texts of an expression, in which names are only words. */
const LITERAL = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g

function lintPlace({ at: pointer }: MemberCondition, at: Lint['at']): readonly Lint[] {
  const [member = '', part] = pointer.split('/').slice(1)
  const isKnown = DOCUMENT_MEMBERS.some((known) => known === member)
  const parts = isKnown ? KNOWN_PARTS[member] : []
  const isThere = part === undefined || parts === undefined || parts.includes(part)
  // RFC 6901: the element after the last one, which is never there.
  if (isKnown && isThere && !pointer.split('/').includes('-')) return []
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

/** What holds of each piece that is selected and can support the requirement; what is forbidden counts whatever it comes to. */
function impliedBy(
  { select, status, fresh, apart }: EvidenceRequirement,
  isAnyOutcome: boolean,
): readonly MemberCondition[] {
  const { family, predicateType, evidence, policy, phase, scope, stage } = select
  const { about, origin, signerKind } = select
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
    ...ABSENT[about === 'commit' ? 'commit' : 'set'].map((at) => ({ at, absent: true }) as const),
    ...(status === undefined ? [] : [{ at: '/computed/status', oneOf: status }]),
    ...(family === undefined
      ? []
      : [{ at: '/computed/status', oneOf: statusesOf(family, isAnyOutcome) }]),
    ...(fresh === undefined && apart === undefined
      ? []
      : [{ at: '/signedAt', present: true } as const]),
  ]
}

function statusesOf(family: EvidenceFamily, isAnyOutcome: boolean): readonly string[] {
  const { accepted, others } = FAMILY_STATUSES[family]
  return isAnyOutcome ? [...accepted, ...others] : accepted
}
