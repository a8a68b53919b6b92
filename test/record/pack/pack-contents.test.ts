// What is taken into a pack, what it names by digest, and whether its inner manifest is of it.

import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/core/index.ts'
import type { RecordFamily } from '../../../src/policy/index.ts'
import {
  checkInnerManifest,
  encodeInnerManifest,
  type FamilyView,
  type InnerManifest,
  itemsOfPhase,
  type MembersOf,
  namedDocuments,
  namedInnerManifests,
  parseInnerManifest,
  type ViewedRecord,
} from '../../../src/record/index.ts'
import { SMOKE } from '../../../src/record/families/smoke.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { digestOf } from '../../verify/release.ts'
import { COMMIT_SUBJECT, foldedProvenance, foldedRecord } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { foldedHeader, POLICIES, REGISTRY } from '../release-items.ts'
import { RELEASE, REVISION, SET_DIGEST, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const BUILT = foldedProvenance({ index: 0 })
const TRACKED = foldedRecord(TRACKING, TRACKING_MEMBERS, { index: 1, header: TRACKING_HEADER })
const RESULT = {
  result: 'PASSED',
  configuration: [{ digest: { sha256: digestOf('tests') } }],
  passedTests: ['unit'],
}
const TESTED = foldedRecord(TEST_RESULT, RESULT, { index: 2, about: COMMIT_SUBJECT })
const LATER = foldedHeader('smoke', { index: 3, phase: 'post-deploy-smoke-verified' })
const LATER_FOLDED = { ...LATER, isAdopted: false, isSuperseded: false }
const ITEMS = [BUILT, TRACKED, TESTED, LATER]

const viewWith = (outcome: Outcome): FamilyView => ({
  ...{ status: 'any', facts: {} },
  check: { name: 'any', outcome, message: 'Any' },
})

const PARTS: Omit<InnerManifest, 'schema'> = {
  set: { id: RELEASE.artifactSetId, sha256: SET_DIGEST },
  sourceRevision: REVISION,
  snapshot: TRACKING_MEMBERS.snapshot,
  provenance: [BUILT.sha256],
  sbom: [],
  policies: [...REGISTRY.policies.values()].map(({ id, digest }) => ({ id, sha256: digest })),
}

function innerWith(changes: Partial<typeof PARTS> = {}): InnerManifest {
  const encoded = encodeInnerManifest({ ...PARTS, ...changes })
  const parsed = encoded.ok ? parseInnerManifest(encoded.value) : encoded
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}

describe('a pack', () => {
  it('takes the records up to its phase, evidence, and records about the commit', () => {
    const view = { records: [{ record: LATER_FOLDED, view: viewWith('accepted') }] }
    const none = { against: 0, beside: 0 }
    const before = itemsOfPhase('pre-deploy-candidate', ITEMS, view)
    expect(before).toEqual({ items: [BUILT, TRACKED, TESTED], ...none })
    const after = itemsOfPhase('post-deploy-smoke-verified', ITEMS, view)
    expect(after).toEqual({ items: ITEMS, ...none })
  })

  it('takes of a later phase what speaks against the release, as long as nothing made up for it', () => {
    const isTaken = (family: RecordFamily, view: FamilyView, rest: Partial<ViewedRecord> = {}) => {
      const record = { ...LATER_FOLDED, family, sha256: digestOf(family) }
      const records = [{ record, view, ...rest }]
      const { items } = itemsOfPhase('pre-deploy-candidate', [TRACKED, record], { records })
      return items.includes(record)
    }
    for (const outcome of ['rejected', 'error'] as const) {
      expect(isTaken('smoke', viewWith(outcome))).toBe(true)
      expect(isTaken('approval', { ...viewWith(outcome), isAside: true })).toBe(false)
      expect(isTaken('smoke', viewWith(outcome), { overtakenBy: LATER_FOLDED })).toBe(false)
    }
    // What a later phase still lacks takes nothing away from an earlier one.
    for (const outcome of ['accepted', 'missing', 'stale', 'unverified'] as const) {
      expect(isTaken('smoke', viewWith(outcome))).toBe(false)
    }
    expect(isTaken('withdrawal', viewWith('stale'))).toBe(true)
    expect(isTaken('incident', viewWith('missing'))).toBe(true)
    expect(isTaken('incident', viewWith('accepted'))).toBe(false)
  })

  it('takes with that the adoption by which it counts, and all of the phase of the adoption', () => {
    const post = 'post-deploy-smoke-verified'
    const later = (family: RecordFamily, index: number) => ({
      ...foldedHeader('smoke', { index, phase: post }),
      ...{ family, isAdopted: false, isSuperseded: false },
    })
    const smoke = later('smoke', 3)
    const linkage = { ...later('linkage', 4), members: { records: [smoke.sha256] } }
    const review = later('adoption-review', 5)
    const stray = later('tracking', 6)
    const members = {
      adoptedRecords: [linkage, smoke].map(({ sha256 }) => ({ id: 'any', sha256 })),
      reviewContracts: [review.sha256],
    }
    const adoption = { ...later('adoption', 7), members }
    const items = [TRACKED, smoke, linkage, review, stray, adoption]
    const takenWith = (outcome: Outcome, adopted: Outcome = 'accepted') => {
      const records = [
        { record: smoke, view: viewWith(outcome) },
        { record: adoption, view: viewWith(adopted) },
      ]
      return itemsOfPhase('pre-deploy-candidate', items, { records })
    }
    const whole = items
    expect(takenWith('rejected')).toEqual({ items: whole, against: 1, beside: 4 })
    expect(takenWith('accepted')).toEqual({ items: [TRACKED], against: 0, beside: 0 })
    expect(takenWith('accepted', 'stale')).toEqual({ items: [TRACKED], against: 0, beside: 0 })
  })

  it('names no document for the head of a run', () => {
    const root = digestOf('the root of a run')
    const members = { runHead: { log: 'run', size: 3, root }, sourcePack: digestOf('a pack') }
    const adoption = { ...LATER, family: 'adoption' as const, members }
    expect(namedDocuments([adoption], undefined)).toEqual([
      { sha256: digestOf('a pack'), namedBy: ['adoption /sourcePack'] },
    ])
  })

  it('names no document for what was seen and is kept nowhere', () => {
    const members = goldenRecord(SMOKE).members as MembersOf<typeof SMOKE>
    const smoke = foldedRecord(SMOKE, members, { index: 4, policy: POLICIES.smoke })
    const { plan } = members.assay_smoke
    const named = namedDocuments([smoke], undefined)
    expect(named).toEqual([
      {
        sha256: plan.sha256,
        namedBy: ['smoke /configuration/digest/sha256', 'smoke /assay_smoke/plan/sha256'],
      },
    ])
  })

  it('names documents by digest, and says who names them as what', () => {
    const named = new Map(
      namedDocuments([...ITEMS, TRACKED], innerWith()).map(({ sha256, namedBy }) => [
        sha256,
        namedBy,
      ]),
    )
    expect(named.get(TRACKING_MEMBERS.snapshot)).toEqual([
      'tracking /snapshot',
      'inner manifest /snapshot',
    ])
    expect(named.get(BUILT.sha256)).toEqual(['inner manifest /provenance'])
    expect(named.get(digestOf('tests'))).toEqual(['test-result /configuration/digest/sha256'])
    expect(namedDocuments([], undefined)).toEqual([])
    expect(namedInnerManifests(ITEMS)).toEqual([TRACKING_MEMBERS.innerManifest])
  })
})

describe('an inner manifest in a pack', () => {
  const codeOf = (changes: Partial<typeof PARTS>, items = ITEMS) =>
    checkInnerManifest({
      inner: innerWith(changes),
      release: RELEASE.artifactSetId,
      items,
      registry: REGISTRY,
    }).code

  it('is of the release of the records, under the policies that are there', () => {
    expect(codeOf({})).toBeUndefined()
    const contradictions: readonly Partial<typeof PARTS>[] = [
      { set: { ...PARTS.set, id: 'staging__render_staging_rollout__v9__1' } },
      { set: { ...PARTS.set, sha256: digestOf('another set') } },
      { sourceRevision: '0'.repeat(40) },
    ]
    for (const changes of contradictions) expect(codeOf(changes)).toBe('record/contradiction')
    expect(codeOf({}, [BUILT])).toBe('record/contradiction')
    const policies = [{ id: 'attestation_policy.of_nobody', sha256: digestOf('a policy') }]
    expect(codeOf({ policies })).toBe('record/policies-moved')
  })
})
