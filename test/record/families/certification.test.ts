import { describe, expect, it } from 'vitest'
import { CERTIFICATION } from '../../../src/record/families/certification.ts'
import { type FoldedOptions, foldedRecord, viewAmong } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'
import { shippedRegistry } from '../registry.ts'

const GOLDEN = goldenRecord(CERTIFICATION)
const MEMBERS = GOLDEN.members
const FAILED = { ...MEMBERS, results: [{ name: 'node 22', result: 'failed' }] }

const certified = (members: object = MEMBERS, options?: FoldedOptions) =>
  foldedRecord(CERTIFICATION, members, options)
const viewOf = (members: object = MEMBERS, now = '2026-04-12T00:00:00Z') => {
  const record = certified(members)
  return viewAmong(CERTIFICATION, record, [record], { now })
}
const codesOf = ({ check }: ReturnType<typeof viewOf>) =>
  (check.checks ?? []).flatMap(({ code }) => code ?? [])

describe('A certification', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:certification:v1')
  })

  it('says what was tried, how it ended, and from when to when it holds', () => {
    expect(readWithout(CERTIFICATION, MEMBERS)).toEqual({
      certified: ['record/member /certified'],
      configuration: ['record/member /configuration'],
      results: ['record/member /results'],
      notBefore: ['record/member /notBefore'],
      notAfter: ['record/member /notAfter'],
    })
  })

  it.each<[string, object, readonly string[]]>([
    ['an end before its start', { notAfter: '2026-04-09T00:00:00Z' }, ['record/contradiction']],
    ['nothing that was tried', { configuration: [] }, ['record/member /configuration']],
    [
      'a result twice',
      {
        results: [
          { name: 'a', result: 'passed' },
          { name: 'a', result: 'failed' },
        ],
      },
      ['record/member /results'],
    ],
    [
      'another result than passed or failed',
      { results: [{ name: 'a', result: 'skipped' }] },
      ['record/member /results/0/result'],
    ],
    ['an unknown member', { issuer: 'us' }, ['record/member']],
    ['a judgement', { complete: true }, ['record/judgement /complete']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(CERTIFICATION, { ...MEMBERS, ...changes })).toEqual(codes)
    expect(readMembers(CERTIFICATION, MEMBERS)).toBe('accepted')
  })
})

describe('The view of a certification', () => {
  it('is that it is out of its place where it is about another set', () => {
    const record = certified()
    const view = viewAmong(CERTIFICATION, record, [])
    expect(view).toMatchObject({ status: 'out-of-place', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/subject'])
  })

  it('is that the set is certified, reported by who signed', () => {
    expect(viewOf()).toMatchObject({
      status: 'certified',
      check: { outcome: 'accepted' },
      facts: {
        reportedBy: 'operator',
        certified: 'compatibility',
        results: 2,
        notAfter: '2026-10-10T00:00:00Z',
      },
    })
  })

  it('holds from its first instant to its last', () => {
    expect(viewOf(MEMBERS, '2026-04-10T00:00:00Z').status).toBe('certified')
    expect(viewOf(MEMBERS, '2026-10-10T00:00:00Z').status).toBe('certified')
    const early = viewOf(MEMBERS, '2026-04-09T23:59:59Z')
    expect(early).toMatchObject({ status: 'not-yet-valid', check: { outcome: 'missing' } })
    expect(codesOf(early)).toEqual(['record/too-early'])
    const late = viewOf(MEMBERS, '2026-10-10T00:00:01Z')
    expect(late).toMatchObject({ status: 'expired', check: { outcome: 'stale' } })
    expect(codesOf(late)).toEqual(['record/expired'])
  })

  it('is that something failed', () => {
    const view = viewOf(FAILED)
    expect(view).toMatchObject({ status: 'failed', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/check-failed'])
  })

  it('is that there are no results (A-68)', () => {
    const view = viewOf({ ...MEMBERS, results: [] })
    expect(view).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/check-missing'])
  })

  it('is that the names which its evidence requires are not all there', () => {
    const registry = shippedRegistry((text, name) =>
      name.endsWith('staging/cloud-preflight.yaml')
        ? text.replace('recordedBy:', 'checks: [node-22]\nrecordedBy:\n  - certification')
        : text,
    )
    const evidence = 'evidence.staging.cloud_preflight'
    const judge = (name: string) => {
      const record = certified({ ...MEMBERS, results: [{ name, result: 'passed' }] }, { evidence })
      return viewAmong(CERTIFICATION, record, [record], { registry })
    }
    expect(judge('node-22')).toMatchObject({ status: 'certified', check: { outcome: 'accepted' } })
    expect(judge('node-24')).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
  })

  it('is taken away by a later failure of the same certification, and given back by a success', () => {
    const first = certified()
    const among = (...others: readonly ReturnType<typeof certified>[]) =>
      viewAmong(CERTIFICATION, first, [first, ...others])
    const failed = certified(FAILED, { index: 1 })
    const view = among(failed)
    expect(view).toMatchObject({ status: 'failed-later', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/later-failure'])
    expect(among(failed, certified(MEMBERS, { index: 2 })).status).toBe('certified')
    expect(among(failed, certified({ ...MEMBERS, results: [] }, { index: 2 })).status).toBe(
      'failed-later',
    )
    const other = certified({ ...FAILED, certified: 'performance' }, { index: 1 })
    expect(among(other).status).toBe('certified')
  })
})
