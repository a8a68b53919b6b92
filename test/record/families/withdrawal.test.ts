import { describe, expect, it } from 'vitest'
import type { ReleaseSummary } from '../../../src/record/index.ts'
import { judgeUse, WITHDRAWAL } from '../../../src/record/families/withdrawal.ts'
import { contextOf, type FoldedOptions, foldedRecord, viewAmong } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'

const OTHER = 'staging__render_staging_rollout__v1.2.1__4720-1'
const GOLDEN = goldenRecord(WITHDRAWAL)
const WITHDRAWN = { action: 'withdraw', reason: 'It loses data', urgency: 'immediate' }
const SUPERSEDED = {
  action: 'supersede',
  reason: 'There is a newer one',
  replacement: OTHER,
  urgency: 'routine',
}

const record = (members: object, options?: FoldedOptions) =>
  foldedRecord(WITHDRAWAL, members, options)

const standing = (...records: readonly ReturnType<typeof record>[]) =>
  judgeUse(contextOf(records).evidence)

const SUMMARY: ReleaseSummary = {
  id: OTHER,
  index: 0,
  isConsistent: true,
  isWithdrawn: false,
  isSuperseded: false,
  isSmokePassed: true,
  hasProvenance: true,
}

describe('A withdrawal', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:withdrawal:v1')
  })

  it('says what is done, why, and how soon', () => {
    expect(readMembers(WITHDRAWAL, GOLDEN.members)).toBe('accepted')
    expect(readWithout(WITHDRAWAL, WITHDRAWN)).toEqual({
      action: ['record/member /action'],
      reason: ['record/member /reason'],
      urgency: ['record/member /urgency'],
    })
  })

  it.each<[string, object, readonly string[]]>([
    ['another action', { action: 'pause' }, ['record/member /action']],
    ['a reason of two lines', { reason: 'a\nb' }, ['record/member /reason']],
    ['another urgency', { urgency: 'later' }, ['record/member /urgency']],
    ['a replacement that is no set', { replacement: 'v1.2.1' }, ['record/member /replacement']],
    ['an unknown member', { until: '2026-05-01' }, ['record/member']],
    ['a judgement', { status: 'withdrawn' }, ['record/judgement /status']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(WITHDRAWAL, { ...WITHDRAWN, ...changes })).toEqual(codes)
    expect(readMembers(WITHDRAWAL, WITHDRAWN)).toBe('accepted')
  })

  it('names what stands in the place of a release that is superseded', () => {
    const { replacement: _, ...without } = SUPERSEDED
    expect(readMembers(WITHDRAWAL, without)).toEqual(['record/member'])
    expect(readMembers(WITHDRAWAL, SUPERSEDED)).toBe('accepted')
  })

  it.each([
    ['the release itself', 'staging__render_staging_rollout__v1.2.0__4711-1'],
    ['a release for another target', 'staging__other__v1.2.1__4720-1'],
    ['a release of another channel', 'production__render_staging_rollout__v1.2.1__4720-1'],
  ])('does not name %s as its replacement', (_, replacement) => {
    expect(readMembers(WITHDRAWAL, { ...SUPERSEDED, replacement })).toEqual([
      'record/contradiction /replacement',
    ])
    expect(readMembers(WITHDRAWAL, SUPERSEDED)).toBe('accepted')
  })

  it('has nothing to hold its replacement against where it names no release', () => {
    expect(WITHDRAWAL.read(SUPERSEDED, {}).ok).toBe(true)
  })
})

describe('The view of a withdrawal', () => {
  it('rejects a release that was withdrawn', () => {
    const one = record(WITHDRAWN, { signer: 'operator' })
    expect(viewAmong(WITHDRAWAL, one, [one])).toMatchObject({
      status: 'withdrawn',
      check: { outcome: 'rejected', code: 'record/withdrawn' },
      facts: { release: 'withdrawn', reason: 'It loses data', reportedBy: 'operator' },
    })
  })

  it('lets a release that is superseded grow old', () => {
    const one = record(SUPERSEDED)
    expect(viewAmong(WITHDRAWAL, one, [one])).toMatchObject({
      status: 'superseded',
      check: {
        outcome: 'stale',
        code: 'record/superseded',
        found: `"There is a newer one", routine, reported by "operator"; use "${OTHER}" instead`,
      },
      facts: { release: 'superseded', replacement: OTHER, replacementStanding: 'unknown' },
    })
  })

  it.each<[string, Partial<ReleaseSummary>]>([
    ['consistent', {}],
    ['withdrawn', { isWithdrawn: true }],
    ['contradictory', { isConsistent: false }],
  ])('says of the replacement that it is %s', (expected, changes) => {
    const one = record(SUPERSEDED)
    const releaseOf = (id: string) => (id === OTHER ? { ...SUMMARY, ...changes } : undefined)
    expect(viewAmong(WITHDRAWAL, one, [one], { releaseOf }).facts).toMatchObject({
      replacementStanding: expected,
    })
  })
})

describe('The standing of a release', () => {
  it('is current as long as nobody says otherwise', () => {
    expect(standing()).toMatchObject({ status: 'current', check: { outcome: 'accepted' } })
  })

  it('is withdrawn for ever, whatever is said later', () => {
    const later = record(SUPERSEDED, { index: 1 })
    expect(standing(record(WITHDRAWN), later).status).toBe('withdrawn')
    expect(standing(record(SUPERSEDED), record(WITHDRAWN, { index: 1 })).status).toBe('withdrawn')
  })

  it('is superseded by what was named last', () => {
    const newest = OTHER.replace('v1.2.1', 'v1.2.2')
    const later = record({ ...SUPERSEDED, replacement: newest }, { index: 1 })
    expect(standing(record(SUPERSEDED), later)).toMatchObject({
      status: 'superseded',
      check: { outcome: 'stale', found: expect.stringContaining(newest) },
    })
  })
})
