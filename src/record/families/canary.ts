// Canary: how far a release was opened before it was open to all, for how long, and what was seen.

import * as z from 'zod/mini'
import { type Check, encodeTimestamp, groupChecks, type Instant, quote } from '../../core/index.ts'
import type { PolicyOf } from '../../policy/index.ts'
import { checkAbout } from '../checks/about.ts'
import { findClaim } from '../checks/claim.ts'
import { evidenceOf } from '../policies/evidence-definition.ts'
import { judgeEvidence } from '../policies/answered-evidence.ts'
import { vouchedTimeOf } from '../time/order.ts'
import { statusOfParts } from '../checks/place.ts'
import { checkResults, RESULTS, resultsByName } from '../checks/results.ts'
import { laterFailureCheck, type SameCheck, wordOf } from '../checks/same-check.ts'
import { instantOf } from '../time/instant.ts'
import { asReported } from '../signer/testimony.ts'
import { defineFamily } from '../family.ts'
import { listOf, NAME, POLICY_ID, rule, TEXT, TIME } from '../statement/member-schema.ts'
import { policyOf } from '../policies/policy-of.ts'
import type { FoldedRecord, ReleaseEvidence } from '../release/evidence.ts'
import { latestOf } from '../release/records-of.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'
import { observedInRing } from './deployment.ts'
import { TRACKING } from './tracking.ts'

const MEMBERS = z.strictObject({
  /** The canary rule that it was made under. */
  rule: POLICY_ID,
  ring: NAME,
  trafficBoundary: NAME,
  rolloutStrategy: NAME,
  surfaces: listOf(NAME).check(z.minLength(1)),
  window: z
    .strictObject({ startedAt: TIME, endedAt: TIME })
    .check(
      rule(
        ({ startedAt, endedAt }) => instantOf(startedAt) < instantOf(endedAt),
        'an end after the start',
        'record/contradiction',
      ),
    ),
  results: RESULTS,
  notes: z.optional(listOf(TEXT)),
})

/** What a canary record holds. */
export type Canary = Readonly<z.infer<typeof MEMBERS>>

/** Under the same rule. */
const SAME_CHECK: SameCheck<Canary> = {
  isSame: (one, other) => one.members.rule === other.members.rule,
  resultsOf: ({ members }) => resultsByName(members.results),
}

const checkLater = laterFailureCheck<Canary>({
  family: () => CANARY,
  sameCheck: SAME_CHECK,
  wordOf: ({ members }) => wordOf(members.results),
})

/** The family; its view tells whether the canary kept to its rule and is over, and whether the rule's evidence is there. */
export const CANARY = defineFamily({
  name: 'canary',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: false,
  sameCheck: SAME_CHECK,
  view: viewCanary,
})

function viewCanary(record: FoldedRecord<Canary>, context: ViewContext): FamilyView {
  const { members, signer } = record
  const { policy, check: found } = policyOf('canary', { policy: members.rule }, context)
  const boundary = policy === undefined ? [found] : [found, ...checkBoundary(members, policy)]
  const claims = checkClaims(members, policy?.prohibitedClaims ?? [])
  const results = checkResults(resultsByName(members.results))
  const window = checkWindow(record, context.now)
  const start = checkStart(record, context.evidence)
  const later = checkLater(record, context)
  const evidence = (policy?.evidence ?? []).map((id) => judgeEvidence(id, context))
  const check = groupChecks('canary', asReported('The canary of the release', record), [
    checkAbout(record, context.evidence),
    ...evidenceOf(record, context).checks,
    ...boundary,
    claims,
    ...results,
    window,
    start,
    later,
    ...evidence,
  ])
  return {
    status: statusOfParts(
      [
        ['outside-rule', boundary],
        ['claim-prohibited', [claims]],
        ['failed', results.filter(({ outcome }) => outcome === 'rejected')],
        ['failed-later', [later]],
        ['incomplete', results],
        ['window-open', [window]],
        ['window-outside', [start]],
        ['evidence-missing', evidence],
      ],
      check,
      'within-rule',
    ),
    check,
    facts: {
      reportedBy: signer.principal,
      rule: members.rule,
      ring: members.ring,
      surfaces: members.surfaces,
      startedAt: members.window.startedAt,
      endedAt: members.window.endedAt,
    },
  }
}

function checkBoundary(members: Canary, policy: PolicyOf<'canary'>): readonly Check[] {
  const { surfaces } = policy
  return [
    within('ring', [policy.ring], [members.ring]),
    within('traffic-boundary', [policy.trafficBoundary], [members.trafficBoundary]),
    within('rollout-strategy', [policy.rolloutStrategy], [members.rolloutStrategy]),
    within('surfaces', surfaces, members.surfaces),
  ]
}

function within(name: string, expected: readonly string[], found: readonly string[]): Check {
  const facts = {
    expected: expected.map((word) => quote(word)).join(', '),
    found: found.map((word) => quote(word)).join(', '),
  }
  const words = name.replaceAll('-', ' ')
  if (found.every((word) => expected.includes(word))) {
    return passed(name, `The ${words} is within the rule`, facts)
  }
  const message = `The ${words} is not within the rule`
  return failed(name, 'rejected', 'record/canary-rule', message, facts)
}

/** Every word that the record's signer chose freely. */
function checkClaims({ results, notes = [] }: Canary, prohibited: readonly string[]): Check {
  const texts = [...notes, ...results.map(({ name }) => name)]
  const claim = findClaim(texts, prohibited)
  if (claim === undefined) {
    return passed('claims', 'No text of the record makes a claim that the rule prohibits')
  }
  const message = 'A text of the record makes a claim that the rule prohibits'
  const facts = { found: quote(claim) }
  return failed('claims', 'rejected', 'record/prohibited-claim', message, facts)
}

/** Before it was built, and deployed to the ring, nobody was let on to the release: what was watched then shows nothing of it. */
function checkStart(
  { members: { ring, window } }: FoldedRecord<Canary>,
  evidence: ReleaseEvidence,
): Check {
  const { startedAt } = window
  const isBefore = (time: string) => instantOf(time) <= instantOf(startedAt)
  const outside = (expected: string): Check => {
    const message = 'The window began before the release was built and deployed to the ring'
    const facts = { expected, found: startedAt }
    return failed('window-start', 'missing', 'record/canary-window', message, facts)
  }
  const built = latestOf(evidence, TRACKING)?.members.buildTime
  if (built === undefined) return outside('a tracking record that says when it was built')
  if (!isBefore(built)) return outside(`at ${built} or later, when it was built`)
  const deployed = observedInRing(ring, evidence).map(({ members }) => members.observedAt)
  if (deployed.some(isBefore)) {
    const message = 'The release was built and deployed to the ring before the window'
    return passed('window-start', message, { found: startedAt })
  }
  const found = deployed.join(', ')
  return outside(found === '' ? 'after a deployment to the ring' : `after a deployment: ${found}`)
}

/** The window is over now, and was over when the record was made. */
function checkWindow(record: FoldedRecord<Canary>, now: Instant): Check {
  const { endedAt } = record.members.window
  const end = instantOf(endedAt)
  const vouched = vouchedTimeOf(record)
  if (now < end) {
    return failed('window', 'missing', 'record/too-early', 'The window is not over', {
      expected: `at ${endedAt} or later`,
      found: encodeTimestamp(now),
    })
  }
  // By a time that is vouched for, and by its own word: who made the record had not seen the end.
  const made = Math.min(instantOf(record.reportedAt), vouched ?? Number.POSITIVE_INFINITY)
  if (made < end) {
    const message = 'The record was made before its window was over'
    return failed('window', 'rejected', 'record/order', message, {
      expected: `at ${endedAt} or later`,
      found: encodeTimestamp(made),
    })
  }
  return passed('window', 'The window is over', { found: endedAt })
}
