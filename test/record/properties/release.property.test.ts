// What supports a release never hurts it by being there, what speaks against it never helps, and neither the order that a ledger leaves
// open nor records of another release change anything.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import { INCIDENT } from '../../../src/record/families/incident.ts'
import { SMOKE } from '../../../src/record/families/smoke.ts'
import { WITHDRAWAL } from '../../../src/record/families/withdrawal.ts'
import { ADOPTION } from '../../../src/record/families/adoption.ts'
import { type LedgerItem, type LedgerRecord } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { adopted, GENERATED, REVIEW } from '../adoption/released.ts'
import { foldedRecord } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { viewOf } from '../release-items.ts'
import { RELEASE } from '../signed.ts'
import {
  CANARIED,
  DEPLOYED,
  deployment,
  POST,
  PRODUCTION,
  type Registry,
  SMOKED,
  STAGING,
  testResult,
  TESTED,
} from '../whole-release.ts'
import {
  acceptedOf,
  completedOf,
  failedSmoke,
  goodNewsOf,
  judgeItems,
  STAGED_SUPPORT,
  statusesOf,
  SUPPORT,
} from './judged.ts'

const whole = judgeItems(SUPPORT)

const TARGETS: readonly (readonly [string, readonly LedgerItem[], Registry])[] = [
  ['to production', SUPPORT, PRODUCTION],
  ['to staging', STAGED_SUPPORT, STAGING],
]

describe('what supports a release', () => {
  it('is accepted as a whole', () => {
    expect(whole.fold.conflicts).toEqual([])
    expect(goodNewsOf(whole)).toEqual([
      'hasProvenance',
      'isConsistent',
      'isSmokePassed',
      'isUsable',
    ])
    expect(acceptedOf(whole)).toContain(SUPPORT.at(-1)?.sha256)
  })

  it.each(TARGETS)('never makes a status better by being removed: %s', (_, support, registry) => {
    const some = fc.oneof(
      fc.subarray([...support], { minLength: 1 }),
      fc.subarray([...support], { minLength: support.length - 3 }),
    )
    const property = fc.property(some, fc.nat(), (items, place) => {
      const more = judgeItems(items, registry)
      const less = judgeItems(items.toSpliced(place % items.length, 1), registry)
      const known = acceptedOf(more)
      expect(acceptedOf(less).filter((sha256) => !known.includes(sha256))).toEqual([])
      const news = goodNewsOf(more)
      expect(goodNewsOf(less).filter((word) => !news.includes(word))).toEqual([])
      expect(completedOf(more)).toEqual(expect.arrayContaining([...completedOf(less)]))
    })
    fc.assert(property, { numRuns: 100 })
  })

  it('never reaches production on the way to staging', () => {
    const property = fc.property(fc.subarray([...STAGED_SUPPORT]), (items) => {
      const completed = completedOf(judgeItems(items, STAGING))
      expect(completed).not.toContain('production-approved')
      expect(completed).not.toContain('production-deployed')
    })
    fc.assert(property, { numRuns: 50 })
    const staged = judgeItems(STAGED_SUPPORT, STAGING)
    expect(staged.check.outcome).toBe('accepted')
    expect(completedOf(staged)).toContain('post-deploy-verified')
  })

  it('is missed, each record of it by another', () => {
    const top = SUPPORT.at(-1)?.sha256
    const idle = SUPPORT.slice(0, -1).filter((left) => {
      const less = judgeItems(SUPPORT.filter((item) => item !== left))
      return acceptedOf(less).includes(top ?? '') && goodNewsOf(less).length === 4
    })
    expect(idle).toEqual([])
  })

  it('is adopted as a whole, and no part of it without the others', () => {
    const adoption = adopted()
    const items = [...GENERATED, REVIEW]
    const outcomeAmong = (some: readonly LedgerItem[]) =>
      viewOf(ADOPTION, adoption, some).check.outcome
    expect(outcomeAmong(items)).toBe('accepted')
    const property = fc.property(fc.subarray(items, { maxLength: items.length - 1 }), (some) => {
      expect(outcomeAmong(some)).not.toBe('accepted')
    })
    fc.assert(property, { numRuns: 100 })
  })
})

const incident = { incident: 'INC-1', trigger: 'It fell', openedAt: '2026-04-10T15:00:00Z' }

/** The approver of the canary decides otherwise. */
function takenBack() {
  const { expires: _, ...members } = CANARIED.members as { readonly expires: string }
  const again = { ...members, decision: 'reject' }
  return foldedRecord(APPROVAL, again, { index: 60, signer: CANARIED.signer })
}

/** What may make a status worse, each with the record that it takes something from. */
const AGAINST: readonly (readonly [string, LedgerItem & LedgerRecord, LedgerItem])[] = [
  ['a newer failing result', testResult(60, 'FAILED'), TESTED],
  ['drift', deployment(60, { observedSet: digestOf('another set') }), DEPLOYED],
  ['a decision that is taken back', takenBack(), CANARIED],
  [
    'a smoke that failed',
    foldedRecord(SMOKE, failedSmoke(), {
      index: 60,
      phase: POST,
      policy: 'release_smoke_verification.render_staging_rollout.web_edge',
      evidence: 'evidence.staging.web_edge_smoke',
    }),
    SMOKED,
  ],
]

describe('what speaks against a release', () => {
  it.each(AGAINST)('takes something away: %s', (_, against, from) => {
    const worse = judgeItems([...SUPPORT, against])
    expect(acceptedOf(whole)).toContain(from.sha256)
    expect(acceptedOf(worse)).not.toContain(from.sha256)
  })

  it.each([
    ['a withdrawal', foldedRecord(WITHDRAWAL, goldenRecord(WITHDRAWAL).members, { index: 60 })],
    ['an incident', foldedRecord(INCIDENT, incident, { index: 60, phase: POST })],
  ])('stands in the verdict about the release: %s', (_, against) => {
    expect(judgeItems([...SUPPORT, against]).check.outcome).not.toBe('accepted')
  })

  it('never makes a status better, whatever else there is', () => {
    const some = fc.subarray([...SUPPORT], { minLength: 1 })
    const property = fc.property(some, fc.constantFrom(...AGAINST), (items, [, against]) => {
      const before = judgeItems(items)
      const after = judgeItems([...items, against])
      const known = [...acceptedOf(before), against.sha256]
      expect(acceptedOf(after).filter((sha256) => !known.includes(sha256))).toEqual([])
    })
    fc.assert(property, { numRuns: 100 })
  })
})

/** A record as another release has it. */
function strangerOf(item: LedgerItem, index: number): LedgerItem {
  const sha256 = digestOf(`stranger ${item.sha256}`)
  if (item.kind === 'material') {
    return { ...item, sha256, signingAct: sha256, index, subjects: [digestOf('another set')] }
  }
  const id = 'staging__render_staging_rollout__v1.3.0__4800-1'
  const { release = RELEASE, about } = item
  const own = { ...release, artifactSetId: id, artifactVersion: 'v1.3.0', run: '4800-1' }
  const subject = about.kind === 'set' ? { ...about, id, digest: digestOf('another set') } : about
  return { ...item, sha256, signingAct: sha256, index, release: own, about: subject }
}

describe('a ledger', () => {
  it('keeps records of another release out, whichever they are (A-75)', () => {
    const before = statusesOf(whole)
    const property = fc.property(fc.subarray([...SUPPORT], { minLength: 1 }), (some) => {
      const strangers = some.map((item, at) => strangerOf(item, 100 + at))
      const mixed = judgeItems([...SUPPORT, ...strangers])
      expect(mixed.fold.conflicts).toHaveLength(strangers.length)
      expect(mixed.fold.conflicts.map(({ code }) => code)).toEqual(
        mixed.fold.conflicts.map(() => expect.stringMatching(/^record\/(subject|contradiction)$/)),
      )
      expect(statusesOf(mixed)).toEqual(before)
      expect(mixed.check.outcome).toBe('rejected')
      expect(mixed.summary.isConsistent).toBe(false)
    })
    fc.assert(property, { numRuns: 50 })
  })

  it.each(TARGETS)('comes to the same in every order it leaves open: %s', (_, all, registry) => {
    const before = statusesOf(judgeItems(all, registry))
    const steps = [
      all.filter(({ index }) => index < CANARIED.index),
      all.filter(({ index }) => index >= CANARIED.index && index < DEPLOYED.index),
      all.filter(({ index }) => index >= DEPLOYED.index && index < SMOKED.index),
      all.filter(({ index }) => index >= SMOKED.index),
    ]
    const orders = fc.tuple(
      ...steps.map((step) => fc.shuffledSubarray(step, { minLength: step.length })),
    )
    const property = fc.property(orders, (order) => {
      const items = order.flat().map((item, index) => ({ ...item, index }))
      expect(statusesOf(judgeItems(items, registry))).toEqual(before)
    })
    fc.assert(property, { numRuns: 100 })
  })

  it('does not come to the same where a deployment stands before what it had to come after', () => {
    const early = SUPPORT.map((item) => (item === DEPLOYED ? { ...item, index: -1 } : item))
    expect(statusesOf(judgeItems(early)).get(DEPLOYED.sha256)).toBe('records-not-before rejected')
  })
})
