// What supports a release never hurts it by being there: whatever is accepted with less of it is accepted with more.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CERTIFICATION } from '../../../src/record/families/certification.ts'
import { COMMAND } from '../../../src/record/families/command.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { INCIDENT } from '../../../src/record/families/incident.ts'
import { REVIEW, type Review } from '../../../src/record/families/review.ts'
import { SMOKE } from '../../../src/record/families/smoke.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { type Family, findFamily, type LedgerItem } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { candidateRecords } from '../candidate.ts'
import {
  COMMIT_SUBJECT,
  contextOf,
  type FoldedOptions,
  foldedProvenance,
  foldedRecord,
} from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { shippedRegistry } from '../registry.ts'

const registry = shippedRegistry()
const POST = 'post-deploy-smoke-verified'
const RERUN = digestOf('the bundle of the passing re-run')

const example = (family: Family, index: number, options: FoldedOptions = {}) =>
  foldedRecord(family, goldenRecord(family).members, { index, ...options })
const { tree } = (goldenRecord(REVIEW).members as Review).scope
const opening = {
  incident: 'INC-2026-014',
  trigger: 'web-proxy-health-ok failed on the default branch',
  openedAt: '2026-04-10T15:00:00Z',
}
const tests = (index: number, sha256: string, name: string) =>
  foldedRecord(
    TEST_RESULT,
    {
      result: 'PASSED',
      configuration: [{ digest: { sha256: digestOf('config') } }],
      passedTests: [name],
    },
    { index, sha256 },
  )

/** A release with everything in order, and some of it twice. */
const SUPPORT: readonly LedgerItem[] = [
  foldedProvenance({ index: 0, claims: { sourceTree: tree } }),
  foldedProvenance({ index: 1 }),
  ...candidateRecords({ index: 2 }),
  ...candidateRecords({ index: 7 }),
  example(COMMAND, 12),
  example(COMMAND, 13, { evidence: 'evidence.staging.cloud_preflight' }),
  example(TEST_RESULT, 14, { about: COMMIT_SUBJECT }),
  example(TEST_RESULT, 15, {
    about: COMMIT_SUBJECT,
    evidence: 'evidence.repo.ci_monorepo_validation',
  }),
  example(REVIEW, 16, { about: COMMIT_SUBJECT }),
  example(REVIEW, 17),
  example(DEPLOYMENT, 18, { phase: POST }),
  example(SMOKE, 19, {
    phase: POST,
    policy: 'release_smoke_verification.render_staging_rollout.web_edge',
    evidence: 'evidence.staging.web_edge_smoke',
  }),
  example(DEPLOYMENT, 20, { phase: POST }),
  example(CERTIFICATION, 21, { phase: POST }),
  foldedRecord(INCIDENT, opening, { index: 22 }),
  tests(23, RERUN, 'web-proxy-health-ok'),
  tests(24, digestOf('another run'), 'lint'),
  example(INCIDENT, 25),
]

/** The places in the ledger of the records whose views are accepted. */
function acceptedAmong(items: readonly LedgerItem[]): readonly number[] {
  const context = contextOf(items, { registry })
  const { records, commitRecords } = context.evidence
  return [...records, ...commitRecords].flatMap((record) => {
    // A record of a candidate stands there under another name, and is not looked at itself.
    const isOther = record.index < 12
    const view = isOther ? undefined : findFamily(record.family)?.view(record, context)
    return view?.check.outcome === 'accepted' ? [record.index] : []
  })
}

it('is accepted as a whole', () => {
  expect(acceptedAmong(SUPPORT).toSorted((a, b) => a - b)).toEqual([
    12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
  ])
})

it('accepts with more support whatever it accepts with less', () => {
  const all = [...SUPPORT]
  const some = fc.oneof(
    fc.subarray(all, { minLength: 1 }),
    fc.subarray(all, { minLength: all.length - 4 }),
  )
  fc.assert(
    fc.property(some, fc.nat(), (items, place) => {
      const more = acceptedAmong(items)
      const less = acceptedAmong(items.toSpliced(place % items.length, 1))
      expect(less.filter((index) => !more.includes(index))).toEqual([])
    }),
    { numRuns: 150 },
  )
})
