// A whole release as a ledger judges it, in the words that properties compare.

import {
  judgeRelease,
  type LedgerItem,
  type MembersOf,
  type ReleaseQuestion,
  type ReleaseSummary,
  type ReleaseView,
} from '../../../src/record/index.ts'
import { AUTHORITY } from '../../../src/record/families/authority.ts'
import { ROLLBACK } from '../../../src/record/families/rollback.ts'
import { SMOKE } from '../../../src/record/families/smoke.ts'
import { digestOf } from '../../verify/release.ts'
import { person } from '../deciders.ts'
import { foldedRecord, NOW } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { POLICIES } from '../release-items.ts'
import { RELEASE } from '../signed.ts'
import { PRODUCTION, promotion, type Registry, STAGED, STAGING, WHOLE } from '../whole-release.ts'

/** Everything that supports the release, and the promotion that rests on it. */
export const SUPPORT: readonly LedgerItem[] = [...WHOLE.map(withMembers), promotion()]

/** The same of a release to staging, whose ladder does not ask for the stages of production. */
export const STAGED_SUPPORT: readonly LedgerItem[] = [
  ...STAGED.map(withMembers),
  promotion(undefined, { registry: STAGING }),
]

/** The two of which `WHOLE` has no more than the name, as they are. */
function withMembers(item: LedgerItem): LedgerItem {
  if (item.kind !== 'record') return item
  const { index } = item
  const options = { index, signer: person('operator') }
  if (item.family === 'authority') {
    return foldedRecord(AUTHORITY, goldenRecord(AUTHORITY).members, {
      ...options,
      policy: POLICIES.authority,
    })
  }
  if (item.family !== 'rollback') return item
  const policy = POLICIES.rollback
  return foldedRecord(ROLLBACK, goldenRecord(ROLLBACK).members, { ...options, policy })
}

/** The release before it, as its own evidence would sum it up. */
function summaryOf(id: string): ReleaseSummary {
  const { target } = goldenRecord(ROLLBACK).members as MembersOf<typeof ROLLBACK>
  return {
    id,
    digest: digestOf('the set before'),
    index: -1,
    isConsistent: true,
    isWithdrawn: false,
    isSuperseded: false,
    isSmokePassed: true,
    hasProvenance: true,
    sourceRevision: target.sourceRevision,
    snapshot: target.snapshot,
  }
}

/** What counts, where it is not all as in a run. */
type Counting = Partial<Pick<ReleaseQuestion, 'scope' | 'proposed'>>

/** The release among these items, whatever order they are given in. */
export function judgeItems(
  items: readonly LedgerItem[],
  registry: Registry = PRODUCTION,
  counting: Counting = {},
): ReleaseView {
  const isOfCommit = (item: LedgerItem) => item.kind === 'record' && item.about.kind === 'commit'
  const sorted = items.toSorted((a, b) => a.index - b.index)
  return judgeRelease({
    id: RELEASE.artifactSetId,
    items: sorted.filter((item) => !isOfCommit(item)),
    commitItems: () => sorted.filter(isOfCommit),
    registry,
    now: NOW,
    releaseOf: summaryOf,
    scope: 'run',
    refused: 0,
    refusedOfCommit: () => 0,
    ...counting,
  })
}

/** Members of a smoke, of whose ten checks one failed. */
export function failedSmoke(): object {
  const members = structuredClone(goldenRecord(SMOKE).members) as {
    result: string
    passedTests: string[]
    failedTests?: string[]
    assay_smoke: { checks: { name: string; result: string }[] }
  }
  const [name = ''] = members.passedTests
  const checks = members.assay_smoke.checks.map((check) =>
    check.name === name ? { ...check, result: 'failed', reason: { why: 'http-status' } } : check,
  )
  const passedTests = members.passedTests.filter((one) => one !== name)
  const run = { ...members.assay_smoke, checks }
  return { ...members, result: 'FAILED', passedTests, failedTests: [name], assay_smoke: run }
}

/** Stages of the ladder that the release has completed, as its last promotion shows them. */
export function completedOf({ records }: ReleaseView): readonly string[] {
  const last = records.findLast(({ record }) => record.family === 'promotion')
  return (last?.view.facts['completed'] ?? []) as readonly string[]
}

/** SHA-256 of the records whose views are accepted. */
export function acceptedOf({ records }: ReleaseView): readonly string[] {
  return records
    .filter(({ view }) => view.check.outcome === 'accepted')
    .map(({ record }) => record.sha256)
}

/** What another release would be told of this one: yes or no, and each yes is good news. */
export function goodNewsOf({ summary }: ReleaseView): readonly string[] {
  const { hasProvenance, isConsistent, isSmokePassed, isWithdrawn } = summary
  const news = { hasProvenance, isConsistent, isSmokePassed, isUsable: !isWithdrawn }
  return Object.entries(news).flatMap(([name, holds]) => (holds ? [name] : []))
}

/** Of each record its status and outcome, by its digest: places in the ledger are left out. */
export function statusesOf({ records }: ReleaseView): ReadonlyMap<string, string> {
  return new Map(
    records.map(({ record, view }) => [record.sha256, `${view.status} ${view.check.outcome}`]),
  )
}
