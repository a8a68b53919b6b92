// The verdict about a release of a few records, for tests of what decides in it.

import type { Phase } from '../../../src/policy/index.ts'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { REVIEW, type Review } from '../../../src/record/families/review.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { type Family, judgeRelease, type LedgerItem } from '../../../src/record/index.ts'
import { automation, person } from '../deciders.ts'
import { type FoldedOptions, foldedProvenance, foldedRecord, NOW } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { shippedRegistry } from '../registry.ts'
import { RELEASE, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const ID = RELEASE.artifactSetId
export const POST: Phase = 'post-deploy-smoke-verified'

/** The policies of staging, with one family before a deployment and a canary without more evidence. */
const SHIPPED = shippedRegistry((text, name) =>
  name.endsWith('linkage/render-staging-rollout.yaml')
    ? text.replace(/candidate:\n(?: +- \w+\n)+/, 'candidate: [tracking]\n')
    : text,
)
const RULES = new Map(
  [...SHIPPED.of('canary')].map(([id, rule]) => [
    id,
    { ...rule, scope: { ...rule.scope, targets: ['render_staging_rollout'] }, evidence: [] },
  ]),
)
const of = ((kind) => (kind === 'canary' ? RULES : SHIPPED.of(kind))) as typeof SHIPPED.of
const registry = { ...SHIPPED, of }

export const members = (family: Family) => goldenRecord(family).members
export const TREE = (members(REVIEW) as Review).scope.tree
const BASE: readonly LedgerItem[] = [
  foldedProvenance({ index: 0, claims: { sourceTree: TREE } }),
  foldedRecord(TRACKING, TRACKING_MEMBERS, {
    index: 1,
    header: TRACKING_HEADER,
    signer: automation('ci'),
  }),
  // Where its canary is: no other deployment is of the same check.
  foldedRecord(
    DEPLOYMENT,
    { ...members(DEPLOYMENT), environment: 'staging-canary' },
    { index: 2, phase: POST, signer: automation('deployer') },
  ),
]

/** The verdict about a release of these records. */
export function judge(items: readonly LedgerItem[]) {
  const isOfCommit = (item: LedgerItem) => item.kind === 'record' && item.about.kind === 'commit'
  const sorted = [...BASE, ...items].toSorted((a, b) => a.index - b.index)
  return judgeRelease({
    id: ID,
    items: sorted.filter((item) => !isOfCommit(item)),
    commitItems: () => sorted.filter(isOfCommit),
    registry,
    now: NOW,
    releaseOf: () => undefined,
    scope: 'run',
    refused: 0,
    refusedOfCommit: () => 0,
  })
}
export const outcomeOf = (items: readonly LedgerItem[]) => judge(items).check.outcome

export const maker =
  (family: Family, changes: object = {}, options: FoldedOptions = {}, base = members(family)) =>
  (index: number) =>
    foldedRecord(family, { ...base, ...changes }, { index, ...options })

export const approved = (scope: string, changes: object = {}) =>
  maker(
    APPROVAL,
    {
      scope,
      policies: SHIPPED.policiesOf('render_staging_rollout').map(({ id, digest }) => ({
        id,
        sha256: digest,
      })),
      expires: '2026-05-10T00:00:00Z',
      ...changes,
    },
    { signer: person('alice') },
  )
