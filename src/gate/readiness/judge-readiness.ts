// Readiness for a deployment (seed 001): stage by stage, criterion by criterion, each computed from verified evidence.

import {
  type Check,
  combineOutcomes,
  groupChecks,
  type Instant,
  type Outcome,
  refusedCheck,
} from '../../core/index.ts'
import {
  type Evidence,
  type EvidenceIndex,
  evaluateRequirement,
  type ExpressionAnswers,
  type PlacedRequirement,
  placeRequirements,
  type PolicyOf,
  type Registry,
  type RequirementContext,
  type RequirementFinding,
  withParts,
} from '../../policy/index.ts'
import type { GateSubject } from '../gate-subject.ts'
import { withOpposition } from '../opposition.ts'
import type { GateCode } from '../problem.ts'
import { combineStandings, type Standing, standingOf } from '../result/standing.ts'

/** What is asked about a release. */
export interface ReadinessQuestion {
  readonly policy: PolicyOf<'readiness'>
  readonly registry: Registry
  readonly subject: GateSubject
  readonly evidence: EvidenceIndex
  readonly now: Instant
  readonly answers?: ExpressionAnswers
  /** That drafts are kept apart, as judgeSeparation() found it. */
  readonly separation: Check
}

/** One criterion, or an exit. */
export interface CriterionFinding {
  readonly id: string
  readonly standing: Standing
  readonly check: Check
  /** Absent where no requirement of the policy stands behind it: for whom drafts have to be kept apart, and for owners. */
  readonly finding?: RequirementFinding
  /** Whoever signed what supports it: they said so, and the name of nobody else stands for it. */
  readonly declaredBy: readonly string[]
}

/** An owner: one principal in one of the roles. */
export interface OwnerFinding {
  readonly roles: readonly string[]
  readonly principal?: string
}

/** One stage. */
export interface StageFinding {
  readonly id: string
  readonly title: string
  /** The worst of its own and of the stages under it: none continues before those. */
  readonly standing: Standing
  readonly criteria: readonly CriterionFinding[]
  readonly exit: readonly CriterionFinding[]
  readonly owners: readonly OwnerFinding[]
}

/** What a readiness policy comes to. */
export interface ReadinessFinding {
  readonly policy: PolicyOf<'readiness'>
  readonly subject: GateSubject
  readonly standing: Standing
  /** Of everything that the standing rests on: why it blocks, as one word. */
  readonly outcome: Outcome
  /** False only where it was shown that nobody who drafts can sign for the target. */
  readonly productionWriteFromSelfService: boolean
  /** Why that is so. */
  readonly separation: Check
  readonly stages: readonly StageFinding[]
}

/** Judges every stage, from the first one up. */
export function judgeReadiness(question: ReadinessQuestion): ReadinessFinding {
  const { policy, separation } = question
  const subject = withOpposition(question.subject, question.evidence, question.now)
  const stages: StageFinding[] = []
  // Whatever is shown of a release that something speaks against: no stage of it continues.
  const before = subject.against.map(({ outcome }) => standingOf(outcome))
  for (const [index, stage] of policy.stages.entries()) {
    const judge = (list: 'criteria' | 'exit') =>
      placeRequirements(policy, ['stages', index, list], stage[list]).map((placed) =>
        judgeCriterion(placed, question),
      )
    const criteria = judge('criteria').map(({ criterion }) => criterion)
    if (policy.selfService.stage === stage.id) criteria.push(criterionOf(separation))
    const asked = judge('exit')
    const owners = assignOwners(
      stage.owners,
      asked.flatMap(({ support }) => support),
    )
    const exit = [...asked.map(({ criterion }) => criterion), criterionOf(checkOwners(owners))]
    const own = [...criteria, ...exit].map(({ standing }) => standing)
    const below = stages.at(-1)?.standing
    const under = below === undefined ? before : [below]
    const standing = combineStandings([...own, ...under])
    stages.push({ id: stage.id, title: stage.title, standing, criteria, exit, owners })
  }
  return {
    policy,
    subject,
    standing: combineStandings(stages.map(({ standing }) => standing)),
    outcome: outcomeOf(stages, subject.against),
    productionWriteFromSelfService: separation.outcome !== 'accepted',
    separation,
    stages,
  }
}

function outcomeOf(stages: readonly StageFinding[], against: readonly Check[]): Outcome {
  const asked = stages.flatMap(({ criteria, exit }) => [...criteria, ...exit])
  return combineOutcomes([...asked.map(({ check }) => check), ...against])
}

interface JudgedCriterion {
  readonly criterion: CriterionFinding
  /** The evidence that makes it accepted; none where it is not. */
  readonly support: readonly Evidence[]
}

function judgeCriterion(placed: PlacedRequirement, question: ReadinessQuestion): JudgedCriterion {
  const finding = evaluateRequirement(placed, question.evidence, contextOf(question))
  const support = supportOf(placed, finding, question)
  const signers = new Set(support.map(({ signer }) => signer.principal))
  const criterion = { ...criterionOf(finding.check), finding, declaredBy: [...signers] }
  return { criterion, support }
}

function criterionOf(check: Check): CriterionFinding {
  return { id: check.name, standing: standingOf(check.outcome), check, declaredBy: [] }
}

function supportOf(
  placed: PlacedRequirement,
  { outcome, supporting }: RequirementFinding,
  question: ReadinessQuestion,
): readonly Evidence[] {
  if (outcome !== 'accepted') return []
  return withParts(placed).flatMap(({ requirement }) =>
    'select' in requirement
      ? question.evidence
          .select(requirement.select, contextOf(question))
          .filter(({ sha256 }) => supporting.includes(sha256))
      : [],
  )
}

/** Each owner another principal, as many of them as there can be: whoever holds two roles counts for one. */
function assignOwners(
  owners: PolicyOf<'readiness'>['stages'][number]['owners'],
  signed: readonly Evidence[],
): readonly OwnerFinding[] {
  const rolesBy = new Map<string, Set<string>>()
  for (const { signer } of signed) {
    const roles = rolesBy.get(signer.principal) ?? new Set()
    for (const role of signer.roles) roles.add(role)
    rolesBy.set(signer.principal, roles)
  }
  const ownerOf = new Map<string, number>()
  /** Finds a principal for an owner, and for whoever has to make room another one. */
  const place = (at: number, asked: Set<string>): boolean =>
    [...rolesBy].some(([principal, roles]) => {
      const isFit = owners[at]?.roles.some((role) => roles.has(role)) === true
      if (!isFit || asked.has(principal)) return false
      asked.add(principal)
      const other = ownerOf.get(principal)
      if (other !== undefined && !place(other, asked)) return false
      ownerOf.set(principal, at)
      return true
    })
  for (const at of owners.keys()) place(at, new Set())
  const principals = new Map([...ownerOf].map(([principal, at]) => [at, principal]))
  return owners.map(({ roles }, at) => {
    const principal = principals.get(at)
    return { roles, ...(principal !== undefined && { principal }) }
  })
}

function checkOwners(owners: readonly OwnerFinding[]): Check {
  const checks = owners.map(({ roles, principal }): Check => {
    const message = 'An owner of the stage signed for it'
    const expected = `a principal of their own in the role ${roles.join(' or ')}`
    return principal === undefined
      ? refusedCheck<GateCode>('owner', 'missing', 'gate/readiness-owner', message, {
          expected,
          found: 'nobody',
          hint: 'They sign what an exit of the stage asks for',
        })
      : { name: 'owner', outcome: 'accepted', message, expected, found: principal }
  })
  return groupChecks('owners', 'The owners of the stage signed for it', checks)
}

function contextOf({ registry, subject, now, answers }: ReadinessQuestion): RequirementContext {
  return { registry, release: subject.release, commit: subject.commit, now, answers }
}
