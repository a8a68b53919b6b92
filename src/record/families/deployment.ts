// Deployment: what somebody found to be deployed on a target, and how they looked.

import * as z from 'zod/mini'
import {
  type Check,
  encodeTimestamp,
  groupChecks,
  type Instant,
  quote,
  withArticle,
} from '../../core/index.ts'
import type { LinkableFamily, Phase } from '../../policy/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { checkAbout, showDigest } from '../checks/about.ts'
import { evidenceOf } from '../policies/evidence-definition.ts'
import { standsBefore } from '../time/order.ts'
import { statusOfParts } from '../checks/place.ts'
import { laterFailureCheck, type SameCheck } from '../checks/same-check.ts'
import { asReported } from '../signer/testimony.ts'
import { instantOf } from '../time/instant.ts'
import { SKEW_MAX_MS } from '../time/reported-time.ts'
import { defineFamily, type HeaderParts } from '../family.ts'
import { DOCUMENT, NAME, rule, SHA256, TIME } from '../statement/member-schema.ts'
import { policyOf } from '../policies/policy-of.ts'
import type { RecordProblem } from '../problem.ts'
import type { FoldedRecord, ReleaseEvidence } from '../release/evidence.ts'
import { recordsOf } from '../release/records-of.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

const MEMBERS = z.strictObject({
  /** That of the artifact set id. */
  target: NAME,
  environment: NAME,
  /** Of the canary that it was opened to; absent where it was opened to all. */
  ring: z.optional(NAME),
  /** SHA-256 of the manifest of what is deployed, computed or reported. */
  observedSet: SHA256,
  observedBy: z
    .strictObject({
      method: z.enum(['files', 'manifest', 'platform-report']),
      /** What the platform reported, by digest. */
      document: z.optional(DOCUMENT),
    })
    .check(
      rule(
        ({ method, document }) => method !== 'platform-report' || document !== undefined,
        'the report of the platform by its digest, where the platform observed',
      ),
    ),
  observedAt: TIME,
})

/** What a deployment record holds. */
export type Deployment = Readonly<z.infer<typeof MEMBERS>>

/** Of the same environment, and the same ring in it: one that drifted is not made good by another. */
const SAME_CHECK: SameCheck<Deployment> = {
  isSame: ({ members: one }, { members: other }) =>
    one.environment === other.environment && one.ring === other.ring,
  isAsRecent: (one, other) => seenAtOf(one) >= seenAtOf(other),
}

/** Nothing is told before it is seen. */
function seenAtOf({ members, reportedAt }: FoldedRecord<Deployment>): Instant {
  return Math.min(instantOf(members.observedAt), instantOf(reportedAt))
}

/** The family; its view tells whether what was observed is what was intended, and whether the records before it are there. */
export const DEPLOYMENT = defineFamily({
  name: 'deployment',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: false,
  sameCheck: SAME_CHECK,
  findContradictions,
  view: viewDeployment,
})

function findContradictions(
  { target, environment }: Deployment,
  { release }: HeaderParts,
): readonly RecordProblem[] {
  const id = parseArtifactSetId(release?.artifactSetId ?? '')
  if (release === undefined || !id.ok) return []
  return [
    ...findEarlyPhase(release.phase),
    ...findOtherTarget(target, id.value.target),
    ...findStrangeEnvironment(environment, [
      release.deploymentStage,
      release.releaseChannel,
      id.value.target,
    ]),
  ]
}

/** What runs is seen after a deployment: a candidate runs nowhere yet. */
function findEarlyPhase(found: Phase): readonly RecordProblem[] {
  const expected: Phase = 'post-deploy-smoke-verified'
  if (found === expected) return []
  const message = `Expected the phase ${quote(expected)}, found ${quote(found)}`
  return [{ code: 'record/contradiction', message, at: '/release/phase' }]
}

function findOtherTarget(found: string, expected: string): readonly RecordProblem[] {
  if (found === expected) return []
  const message = `Expected the target of the artifact set id, which is ${quote(expected)}, found ${quote(found)}`
  return [{ code: 'record/contradiction', message, at: '/target' }]
}

/** An environment is where the release goes, by a word that the release has for it, or a part of that: `production-eu`. */
function findStrangeEnvironment(found: string, words: readonly string[]): readonly RecordProblem[] {
  if (words.some((word) => found === word || found.startsWith(`${word}-`))) return []
  const known = [...new Set(words)].map(quote).join(' or ')
  const message = `Expected an environment of the release, ${known} or a part such as ${quote(`${words[0]}-eu`)}, found ${quote(found)}`
  return [{ code: 'record/contradiction', message, at: '/environment' }]
}

/** What was opened to all: who looked into the ring of a canary found no rollout. */
export function rolloutsOf(
  evidence: Pick<ReleaseEvidence, 'records'>,
): readonly FoldedRecord<Deployment>[] {
  return recordsOf(evidence, DEPLOYMENT).filter(({ members }) => members.ring === undefined)
}

/** This set, in that ring: where it was opened to the ring alone, or to all. */
export function observedInRing(
  ring: string,
  evidence: Pick<ReleaseEvidence, 'records' | 'digest'>,
): readonly FoldedRecord<Deployment>[] {
  return recordsOf(evidence, DEPLOYMENT).filter(
    ({ members }) =>
      members.observedSet === evidence.digest &&
      (members.ring === undefined || members.ring === ring),
  )
}

/**
 * True where it was reported to be this set, and not to be another since: then it is known what runs there. Whether it was deployed as it
 * should have been is more than that, and for its own view to tell.
 */
export function isFoundDeployed(record: FoldedRecord<Deployment>, context: ViewContext): boolean {
  return [
    checkAbout(record, context.evidence),
    checkDrift(record, context.evidence),
    checkObservedTime(record, context),
    checkLaterDrift(record, context),
  ].every(({ outcome }) => outcome === 'accepted')
}

function viewDeployment(record: FoldedRecord<Deployment>, context: ViewContext): FamilyView {
  const { members, signer } = record
  const { evidence } = context
  const drift = checkDrift(record, evidence)
  const time = checkObservedTime(record, context)
  const before = checkRecordsBefore(record, context)
  const later = checkLaterDrift(record, context)
  const check = groupChecks('deployment', asReported('What is deployed', record), [
    checkAbout(record, context.evidence),
    ...evidenceOf(record, context).checks,
    drift,
    time,
    before,
    later,
  ])
  return {
    status: statusOfParts(
      [
        ['drift', [drift]],
        ['not-yet-observed', [time]],
        ['drift-later', [later]],
        ['records-not-before', [before]],
      ],
      check,
      members.ring === undefined ? 'deployed-as-intended' : 'deployed-to-ring',
    ),
    check,
    facts: {
      reportedBy: signer.principal,
      roles: signer.roles.map(({ name }) => name),
      environment: members.environment,
      ...(members.ring !== undefined && { ring: members.ring }),
      method: members.observedBy.method,
      ...(evidence.digest !== undefined && { intendedSet: evidence.digest }),
      observedSet: members.observedSet,
      observedAt: members.observedAt,
    },
  }
}

function checkDrift(
  { members }: FoldedRecord<Deployment>,
  { digest }: Pick<ReleaseEvidence, 'digest'>,
): Check {
  const facts = { expected: showDigest(digest), found: showDigest(members.observedSet) }
  if (members.observedSet === digest) {
    return passed('observed-set', 'What was observed is what was intended', facts)
  }
  const message = 'What was observed is not what was intended'
  return failed('observed-set', 'rejected', 'record/drift', message, facts)
}

/** What was seen, was seen before it was told, and before now. */
function checkObservedTime(
  { members: { observedAt }, reportedAt }: FoldedRecord<Deployment>,
  { now }: Pick<ViewContext, 'now'>,
): Check {
  const last = Math.min(instantOf(reportedAt), now)
  const facts = { expected: `at the latest ${encodeTimestamp(last)}`, found: observedAt }
  if (instantOf(observedAt) <= last + SKEW_MAX_MS) {
    return passed('observed-time', 'It was observed before it was told', facts)
  }
  const message = 'It was told before it was observed'
  return failed('observed-time', 'missing', 'record/too-early', message, facts)
}

const checkLaterDrift = laterFailureCheck<Deployment>({
  family: () => DEPLOYMENT,
  sameCheck: SAME_CHECK,
  wordOf: (record, context) => {
    if (checkDrift(record, context.evidence).outcome !== 'accepted') return 'failed'
    return checkObservedTime(record, context).outcome === 'accepted' ? 'passed' : 'nothing'
  },
})

/** Ruling 22: what the linkage policy wants to know of a candidate stands before its deployment. */
function checkRecordsBefore(record: FoldedRecord<Deployment>, context: ViewContext): Check {
  const { registry, evidence } = context
  const gate = registry?.gateOf(evidence.parts.target)
  const linkage = gate === undefined ? {} : { policy: gate.linkage }
  const { check, policy } = policyOf('linkage', linkage, context)
  const families = policy?.linkedFamilies['pre-deploy-candidate'] ?? []
  return groupChecks('records-before', 'The records of the candidate stand before the deployment', [
    check,
    ...families.map((family) => checkFamilyBefore(family, record, context)),
  ])
}

/** A record that a later one stands in for was there all the same. */
function checkFamilyBefore(
  family: LinkableFamily,
  record: FoldedRecord<Deployment>,
  { evidence }: ViewContext,
): Check {
  const name = `${family}-before`
  const candidates = evidence.records.filter(
    (other) => other.family === family && other.release?.phase === 'pre-deploy-candidate',
  )
  if (candidates.some((other) => standsBefore(other, record))) {
    return passed(name, `The candidate has ${withArticle(family)} record before the deployment`)
  }
  if (candidates.length === 0) {
    const message = `There is no ${family} record of the candidate`
    return failed(name, 'missing', 'record/missing', message)
  }
  const message = `The candidate has no ${family} record before the deployment`
  return failed(name, 'rejected', 'record/order', message, {
    expected: `before entry ${record.index}`,
    found: `entry ${candidates.map(({ index }) => index).join(', ')}`,
  })
}
