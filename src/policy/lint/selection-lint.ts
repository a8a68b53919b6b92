// Selections that no evidence can be in, or fewer pieces than are asked for, and roles that nobody has.

import { quote } from '../../core/index.ts'
import { principalsWith } from '../../trust/index.ts'
import { POLICY_KINDS, type PolicyKind } from '../kind.ts'
import { subjectsOf } from '../kinds/evidence.ts'
import type { EvidenceFamily } from '../evidence.ts'
import type { Registry } from '../registry.ts'
import { millisecondsOf } from '../requirement/duration.ts'
import type { PlacedRequirement } from '../requirement/placed-requirement.ts'
import type { EvidenceRequirement } from '../requirement/requirement.ts'
import type { Lint, LintOptions } from './lint.ts'
import { judgeRole } from './role-lint.ts'

/** A requirement of evidence where it stands. */
export interface PlacedLeaf extends PlacedRequirement {
  readonly requirement: EvidenceRequirement
}

/** Families whose records are made under a policy, with its kind: of one policy, set and phase the last record counts. */
const KIND_BY_FAMILY: Readonly<Partial<Record<EvidenceFamily, PolicyKind>>> = {
  tracking: 'tracking',
  linkage: 'linkage',
  adoption: 'adoption',
  attestation: 'attestation-artifact',
  authority: 'authority',
  promotion: 'promotion',
  rollback: 'rollback',
  smoke: 'smoke',
}

/** Families whose records can be about a commit. */
const COMMIT_FAMILIES: readonly EvidenceFamily[] = ['test-result', 'command', 'review', 'incident']

/** What can not be selected. */
export function lintSelection(
  leaf: PlacedLeaf,
  registry: Registry,
  options: LintOptions,
): readonly Lint[] {
  return [
    ...lintSubject(leaf),
    ...lintPolicyMember(leaf),
    ...lintScope(leaf),
    ...lintDefinition(leaf, registry),
    ...lintStage(leaf, registry),
    ...lintNumbers(leaf),
    ...lintRole(leaf, options),
  ]
}

function lintSubject({ at, requirement: { select } }: PlacedLeaf): readonly Lint[] {
  const { family, about, phase } = select
  if (about !== 'commit' || family === undefined) return []
  if (!COMMIT_FAMILIES.includes(family)) {
    return [never([...at, 'select', 'about'], `no ${family} is about a commit`)]
  }
  return phase === undefined ? [] : [never([...at, 'select', 'phase'], 'a commit has no phase')]
}

function lintScope({ at, requirement: { select } }: PlacedLeaf): readonly Lint[] {
  const { family, scope } = select
  if (scope === undefined || family === undefined || family === 'approval') return []
  return [never([...at, 'select', 'scope'], `no ${family} has a scope of approvals`)]
}

function lintPolicyMember({ at, requirement: { select } }: PlacedLeaf): readonly Lint[] {
  const { family, policy } = select
  if (family === undefined || policy === undefined) return []
  const kind = KIND_BY_FAMILY[family]
  if (kind !== undefined && policy.startsWith(`${POLICY_KINDS[kind]}.`)) return []
  const reason = kind === undefined ? 'no policy' : `policies of the kind ${kind} alone`
  return [never([...at, 'select', 'policy'], `records of ${family} are made under ${reason}`)]
}

function lintDefinition(
  { at, requirement: { select } }: PlacedLeaf,
  registry: Registry,
): readonly Lint[] {
  const { family, evidence = '', about = 'set' } = select
  const definition = registry.of('evidence').get(evidence)
  if (definition === undefined) return []
  const isCarried = definition.recordedBy.some((carrier) => carrier === family)
  const subject = about === 'commit' ? 'commit' : 'set'
  return [
    ...(family === undefined || isCarried
      ? []
      : [never([...at, 'select', 'evidence'], `no ${family} carries ${quote(evidence)}`)]),
    ...(subjectsOf(definition).includes(subject)
      ? []
      : [never([...at, 'select', 'evidence'], `${quote(evidence)} is not about a ${subject}`)]),
  ]
}

/** A release is in the stages of its gate alone; evidence about commits has stages of its own. */
function lintStage(
  { at, policy, requirement: { select } }: PlacedLeaf,
  registry: Registry,
): readonly Lint[] {
  const { stage, about } = select
  const stages = registry.policies.get(policy)?.scope.stages
  if (stage === undefined || about === 'commit' || stages === undefined) return []
  if (stages.some((own) => own === stage)) return []
  return [never([...at, 'select', 'stage'], `the policy is not for the stage ${stage}`)]
}

function lintNumbers({ at, requirement }: PlacedLeaf): readonly Lint[] {
  const { select, least = 1, fresh, apart } = requirement
  const { family, policy, phase, about = 'set' } = select
  const isOne =
    about === 'set' &&
    policy !== undefined &&
    family !== undefined &&
    (phase !== undefined || family === 'tracking')
  const reason = 'of one policy, set and phase one record counts'
  return [
    ...(least > 1 && isOne ? [never([...at, 'least'], reason)] : []),
    ...(fresh !== undefined && apart !== undefined && isTooWide({ least, fresh, apart })
      ? [never([...at, 'apart'], `${least} that lie ${apart} apart are never all within ${fresh}`)]
      : []),
  ]
}

/** From the first of them to the last, more time goes by than any of them may be old. */
function isTooWide({
  least,
  fresh,
  apart,
}: Readonly<{ least: number; fresh: string; apart: string }>): boolean {
  return (least - 1) * millisecondsOf(apart) > millisecondsOf(fresh)
}

function lintRole(
  { at, requirement: { select, least = 1, distinct } }: PlacedLeaf,
  { trust }: LintOptions,
): readonly Lint[] {
  const { role } = select
  if (trust === undefined || role === undefined) return []
  const place = [...at, 'select', 'role']
  const unknown = judgeRole(role, place, trust)
  if (unknown.length > 0) return unknown
  const holders = principalsWith(trust, [role]).size
  if (distinct === undefined || holders >= least) return []
  return [never([...at, 'least'], `the role ${quote(role)} has fewer principals: ${holders}`)]
}

/** True at a place where evidence is asked not to be. */
export function isForbidden(at: Lint['at']): boolean {
  return at.at(-2) === 'none'
}

/** Something for which the requirement can not hold. */
export function never(at: Lint['at'], reason: string): Lint {
  return { code: 'policy/never-holds', message: `The requirement can never hold: ${reason}`, at }
}
