// Smoke: what a deployed release answered to the checks of a plan. The type is in-toto's, test-result v0.1, with a member of ours.

import * as z from 'zod/mini'
import { type Check, groupChecks, type JsonObject, quote } from '../../core/index.ts'
import type { PolicyOf } from '../../policy/index.ts'
import { checkAbout, showDigest } from '../checks/about.ts'
import { evidenceOf } from '../policies/evidence-definition.ts'
import { standsBefore } from '../time/order.ts'
import { checkPhase } from '../policies/phase.ts'
import { OUT_OF_PLACE } from '../checks/place.ts'
import { checkResults, type NamedResult, resultsByName } from '../checks/results.ts'
import { asReported } from '../signer/testimony.ts'
import { defineFamily } from '../family.ts'
import { TEXT } from '../statement/member-schema.ts'
import {
  SMOKE_OBSERVATION_SCHEMA,
  type SmokeObservation,
} from '../observation/smoke/smoke-observation.ts'
import { policyOf } from '../policies/policy-of.ts'
import { isAtTarget, originOf } from '../signer/origin.ts'
import type { RecordProblem } from '../problem.ts'
import type { FoldedRecord, ReleaseEvidence } from '../release/evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'
import { isFoundDeployed, rolloutsOf } from './deployment.ts'
import { TEST_CONFIGURATION, TEST_NAMES } from './test-result.ts'

const MEMBERS = z.strictObject({
  result: z.enum(['PASSED', 'FAILED']),
  /** The plan, by the digest of what it says. */
  configuration: TEST_CONFIGURATION.check(z.maxLength(1)),
  /** Of the run. */
  url: z.optional(TEXT),
  passedTests: z.optional(TEST_NAMES),
  failedTests: z.optional(TEST_NAMES),
  /** What was observed; the only place for what the standard has no member for. */
  assay_smoke: SMOKE_OBSERVATION_SCHEMA,
})

/** What a smoke record holds. */
export type Smoke = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view tells whether the checks of the policy are complete and passed, after the deployment, about what is deployed. */
export const SMOKE = defineFamily({
  name: 'smoke',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: true,
  policyKind: 'smoke',
  findContradictions,
  view: viewSmoke,
})

/** The members of a record of what a run observed. */
export function buildSmokeMembers(observation: SmokeObservation): JsonObject {
  const { plan, checks } = observation
  const named = (wanted: string) =>
    checks.filter(({ result }) => result === wanted).map(({ name }) => name)
  const lists = { passedTests: named('passed'), failedTests: named('failed') }
  return {
    result: lists.failedTests.length > 0 ? 'FAILED' : 'PASSED',
    configuration: [{ name: plan.name, digest: { sha256: plan.sha256 } }],
    ...lists,
    assay_smoke: observation as unknown as JsonObject,
  }
}

/** What the standard's members repeat of ours. */
function findContradictions(members: Smoke): readonly RecordProblem[] {
  const { plan } = members.assay_smoke
  const failures = namesOf(members, 'failed')
  return [
    ...compareNames(
      'configuration',
      [plan.sha256],
      members.configuration.map(({ digest }) => digest.sha256),
    ),
    ...compareNames('passedTests', namesOf(members, 'passed'), members.passedTests),
    ...compareNames('failedTests', failures, members.failedTests),
    ...compareNames('result', [failures.length > 0 ? 'FAILED' : 'PASSED'], [members.result]),
  ]
}

/** Checks that did not run stand in no list. */
function namesOf({ assay_smoke }: Smoke, wanted: 'passed' | 'failed'): readonly string[] {
  return assay_smoke.checks.filter(({ result }) => result === wanted).map(({ name }) => name)
}

function compareNames(
  member: string,
  expected: readonly string[],
  found: readonly string[] = [],
): readonly RecordProblem[] {
  const isSame = expected.length === found.length && expected.every((name) => found.includes(name))
  if (isSame) return []
  const message = `Expected ${member} as assay_smoke has it, found another`
  return [{ code: 'record/contradiction', message, at: `/${member}` }]
}

function viewSmoke(record: FoldedRecord<Smoke>, context: ViewContext): FamilyView {
  const { members, signer } = record
  const run = members.assay_smoke
  const { policy, check } = policyOf('smoke', record, context)
  const definition = evidenceOf(record, context)
  const results = checkResults(resultsOf(members), policy?.checks)
  const unlocked = checkUnlocked(run, policy, definition.definition?.unlockSteps ?? [])
  const observed = checkObserved(record, context.evidence)
  const deployed = checkDeployed(record, context)
  const all = groupChecks('smoke', asReported('The smoke checks of what is deployed', record), [
    check,
    ...(policy === undefined ? [] : checkPolicy(record, policy)),
    checkAbout(record, context.evidence),
    ...definition.checks,
    ...results,
    ...unlocked,
    observed,
    deployed,
  ])
  return {
    status: statusOf(all, { results, unlocked, observed, deployed }),
    check: all,
    facts: {
      reportedBy: signer.principal,
      label: run.label,
      publicOrigin: run.publicOrigin,
      ...(policy?.publicOrigin !== undefined && { declaredOrigin: policy.publicOrigin }),
      isAtDeclaredOrigin: isAtTarget(record, context),
      origin: originOf(record, context),
      ...(run.observedSet !== undefined && { observedSet: run.observedSet }),
      plan: run.plan.sha256,
      passed: namesOf(members, 'passed'),
      failed: namesOf(members, 'failed'),
      unlockSteps: usedSteps(run).map(({ name }) => name),
      finishedAt: run.finishedAt,
    },
  }
}

function resultsOf(members: Smoke): ReadonlyMap<string, NamedResult> {
  const named = (result: 'passed' | 'failed') =>
    namesOf(members, result).map((name) => ({ name, result }))
  return resultsByName([...named('passed'), ...named('failed')])
}

interface Parts {
  readonly results: readonly Check[]
  readonly unlocked: readonly Check[]
  readonly observed: Check
  readonly deployed: Check
}

/** The gravest that is not as it should be. */
function statusOf(all: Check, { results, unlocked, observed, deployed }: Parts): string {
  if (all.outcome === 'accepted') return 'smoke-verified'
  if (results.some(({ outcome }) => outcome === 'rejected')) return 'failed'
  if ([...results, ...unlocked].some(({ outcome }) => outcome !== 'accepted')) return 'incomplete'
  if (observed.outcome !== 'accepted') return 'other-set'
  return deployed.outcome === 'accepted' ? OUT_OF_PLACE : 'not-after-deployment'
}

function checkPolicy(
  record: FoldedRecord<Smoke>,
  { phases, evidence }: PolicyOf<'smoke'>,
): readonly Check[] {
  const facts = { expected: quote(evidence), found: quote(record.evidence ?? 'none') }
  const message = 'The record does not answer the evidence of its policy'
  return [
    checkPhase(record, phases),
    record.evidence === evidence
      ? passed('policy-evidence', 'The record answers the evidence of its policy', facts)
      : failed('policy-evidence', 'rejected', 'record/evidence', message, facts),
  ]
}

/** Ruling 23: what has to be unlocked was, and a person's session was used where the policy wants one. */
function checkUnlocked(
  run: Smoke['assay_smoke'],
  policy: PolicyOf<'smoke'> | undefined,
  required: readonly string[],
): readonly Check[] {
  const used = usedSteps(run)
  const steps = required.map((step) =>
    used.some(({ name }) => name === step)
      ? passed('unlock-step', `The step ${quote(step)} was used`)
      : failed('unlock-step', 'missing', 'record/check-missing', 'An unlock step was not used', {
          expected: quote(step),
        }),
  )
  if (policy?.operatorSessionRequired !== true) return steps
  const hasSession = used.some(({ kind }) => kind === 'operator-session')
  const message = 'The policy wants the session of an operator, which was not used'
  return [
    ...steps,
    hasSession
      ? passed('operator-session', 'The session of an operator was used')
      : failed('operator-session', 'missing', 'record/check-missing', message),
  ]
}

function usedSteps({ unlockSteps }: Smoke['assay_smoke']) {
  return unlockSteps.filter(({ result }) => result === 'passed')
}

/** what is reported to run is what the record is about: by the server, or by whoever signed; the record does not tell which. */
function checkObserved(
  { members, signer }: FoldedRecord<Smoke>,
  { digest }: Pick<ReleaseEvidence, 'digest'>,
): Check {
  const { observedSet } = members.assay_smoke
  const reporter = quote(signer.principal)
  const facts = { expected: showDigest(digest), found: showDigest(observedSet) }
  if (observedSet === undefined) {
    const message = `${reporter} does not report which set the server runs`
    return failed('observed-set', 'missing', 'record/check-missing', message, facts)
  }
  if (observedSet === digest) {
    return passed('observed-set', `${reporter} reports that the server runs this set`, facts)
  }
  const message = `${reporter} reports that the server runs another set`
  return failed('observed-set', 'rejected', 'record/drift', message, facts)
}

/** Somebody found this set deployed before the smoke, and no other since: so what was asked is what the smoke is about. */
function checkDeployed(record: FoldedRecord<Smoke>, context: ViewContext): Check {
  const found = rolloutsOf(context.evidence).filter((deployment) =>
    isFoundDeployed(deployment, context),
  )
  const before = found.find((deployment) => standsBefore(deployment, record))
  if (before !== undefined) {
    const where = `${before.sha256} at entry ${before.index}`
    return passed('deployment', 'It was made after the deployment', { found: where })
  }
  if (found.length === 0) {
    const message = 'Nobody found the set deployed'
    return failed('deployment', 'missing', 'record/missing', message)
  }
  return failed('deployment', 'rejected', 'record/order', 'It was not made after the deployment', {
    expected: `after entry ${found.map(({ index }) => index).join(', ')}`,
    found: `entry ${record.index}`,
  })
}
