import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import type { FoldedRecord, LedgerItem } from '../../../src/record/index.ts'
import { findOvertaking } from '../../../src/record/release/deciding.ts'
import { digestOf } from '../../verify/release.ts'
import { CANDIDATE_FAMILIES, candidateRecords } from '../candidate.ts'
import { type FoldedOptions, foldedRecord, keySigner, viewAmong } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'
import { shippedRegistry } from '../registry.ts'
import { RELEASE, SET_DIGEST } from '../signed.ts'

const GOLDEN = goldenRecord(DEPLOYMENT)
const MEMBERS = { ...GOLDEN.members, observedBy: { method: 'files' } }
const DRIFT = { ...MEMBERS, observedSet: digestOf('another set') }
const HEADER = { release: { ...RELEASE, phase: 'post-deploy-smoke-verified' } } as const
const UNDER_POLICIES = { registry: shippedRegistry() }

const deployed = (options: FoldedOptions = {}, members: object = MEMBERS) =>
  foldedRecord(DEPLOYMENT, members, {
    index: 10,
    phase: 'post-deploy-smoke-verified',
    signer: keySigner('olga', ['release', 'operator']),
    ...options,
  })
const viewOf = (record: ReturnType<typeof deployed>, others: readonly LedgerItem[]) =>
  viewAmong(DEPLOYMENT, record, [record, ...others], UNDER_POLICIES)
const codesOf = ({ check }: ReturnType<typeof viewOf>) =>
  (check.checks ?? []).flatMap(({ code, checks = [] }) =>
    [code, ...checks.map((part) => part.code)].filter((found) => found !== undefined),
  )

describe('A deployment record', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:deployment:v1')
  })

  it('says where, what, how and when', () => {
    expect(readWithout(DEPLOYMENT, GOLDEN.members, HEADER)).toEqual({
      target: ['record/member /target'],
      environment: ['record/member /environment'],
      observedSet: ['record/member /observedSet'],
      observedBy: ['record/member /observedBy'],
      observedAt: ['record/member /observedAt'],
    })
  })

  it.each<[string, object, readonly string[]]>([
    [
      'another target than its set id has',
      { target: 'render_production_launch' },
      ['record/contradiction /target'],
    ],
    [
      'an environment that the release does not go to',
      { environment: 'production' },
      ['record/contradiction /environment'],
    ],
    [
      'an environment that only begins like one of the release',
      { environment: 'stagingx' },
      ['record/contradiction /environment'],
    ],
    [
      'a report of the platform that is nowhere',
      { observedBy: { method: 'platform-report' } },
      ['record/member /observedBy'],
    ],
    [
      'another way to look',
      { observedBy: { method: 'hope' } },
      ['record/member /observedBy/method'],
    ],
    ['a ring of two lines', { ring: 'a\nb' }, ['record/member /ring']],
    ['a short digest', { observedSet: 'ab' }, ['record/member /observedSet']],
    ['a day without a time', { observedAt: '2026-04-10' }, ['record/member /observedAt']],
    ['an unknown member', { notes: 'fine' }, ['record/member']],
    ['a judgement', { verified: true }, ['record/judgement /verified']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(DEPLOYMENT, { ...MEMBERS, ...changes }, HEADER)).toEqual(codes)
    expect(readMembers(DEPLOYMENT, MEMBERS, HEADER)).toBe('accepted')
  })

  it.each(['staging', 'render_staging_rollout', 'staging-eu'])('may be of %s', (environment) => {
    expect(readMembers(DEPLOYMENT, { ...MEMBERS, environment }, HEADER)).toBe('accepted')
  })

  it('is of the phase after the deployment: a candidate runs nowhere yet', () => {
    const early = { release: { ...RELEASE, phase: 'pre-deploy-candidate' } } as const
    expect(readMembers(DEPLOYMENT, MEMBERS, early)).toEqual(['record/contradiction /release/phase'])
    expect(readMembers(DEPLOYMENT, MEMBERS, HEADER)).toBe('accepted')
  })

  it('has no target to agree with before its release is known', () => {
    expect(DEPLOYMENT.read(MEMBERS, {}).ok).toBe(true)
  })
})

describe('The view of a deployment', () => {
  it('is that the intended set is deployed, reported by an operator', () => {
    expect(viewOf(deployed(), candidateRecords())).toMatchObject({
      status: 'deployed-as-intended',
      check: { outcome: 'accepted' },
      facts: {
        reportedBy: 'olga',
        roles: ['release', 'operator'],
        environment: 'staging',
        method: 'files',
        intendedSet: SET_DIGEST,
        observedSet: SET_DIGEST,
        observedAt: '2026-04-10T12:50:00Z',
      },
    })
  })

  it('is drift where another set was observed (A-88)', () => {
    const view = viewOf(deployed({}, DRIFT), candidateRecords())
    expect(view).toMatchObject({ status: 'drift', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/drift'])
  })

  it('is drift later, until the intended set is observed again', () => {
    const later = deployed({ index: 11 }, DRIFT)
    const view = viewOf(deployed(), [...candidateRecords(), later])
    expect(view).toMatchObject({ status: 'drift-later', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/later-failure'])
    const again = [...candidateRecords(), later, deployed({ index: 12 })]
    expect(viewOf(deployed(), again).status).toBe('deployed-as-intended')
    const elsewhere = deployed({ index: 11 }, { ...DRIFT, environment: 'staging-preview' })
    expect(viewOf(deployed(), [...candidateRecords(), elsewhere]).check.outcome).toBe('accepted')
  })

  it('says nothing of another environment, which is not made good by it (A-88)', () => {
    const drift = deployed({ index: 11 }, { ...DRIFT, environment: 'staging-eu' })
    const good = deployed({ index: 12 }, { ...MEMBERS, environment: 'staging-us' })
    const outcomes = (...items: readonly LedgerItem[]) => {
      const viewed = items.map((record) => ({
        record: record as FoldedRecord,
        view: viewOf(record as typeof drift, [...candidateRecords(), ...items]),
      }))
      return viewed.map((one) => [
        one.view.status,
        findOvertaking(one, viewed, DEPLOYMENT)?.index ?? 'decides',
      ])
    }
    expect(outcomes(drift, good)).toEqual([
      ['drift', 'decides'],
      ['deployed-as-intended', 'decides'],
    ])
    const mended = deployed({ index: 13 }, { ...MEMBERS, environment: 'staging-eu' })
    expect(outcomes(drift, good, mended)).toEqual([
      ['drift', 13],
      ['deployed-as-intended', 'decides'],
      ['deployed-as-intended', 'decides'],
    ])
  })

  it('is that the set is there in the ring of a canary, and not that it is open to all', () => {
    const ringed = deployed({ index: 11 }, { ...MEMBERS, ring: 'insiders' })
    expect(viewOf(ringed, candidateRecords())).toMatchObject({
      status: 'deployed-to-ring',
      check: { outcome: 'accepted' },
      facts: { environment: 'staging', ring: 'insiders' },
    })
    const drift = deployed({ index: 12 }, { ...DRIFT, ring: 'insiders' })
    expect(viewOf(ringed, [...candidateRecords(), drift]).status).toBe('drift-later')
    expect(viewOf(deployed(), [...candidateRecords(), drift]).status).toBe('deployed-as-intended')
  })

  it('answers its evidence definition where it names one', () => {
    const evidence = 'evidence.staging.cloud_preflight'
    const view = viewOf(deployed({ evidence }), candidateRecords())
    expect(view).toMatchObject({ status: 'out-of-place', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/evidence'])
  })

  it('can not be judged without the policies', () => {
    const record = deployed()
    const view = viewAmong(DEPLOYMENT, record, [record, ...candidateRecords()])
    expect(view).toMatchObject({ status: 'records-not-before', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/policy-unknown'])
  })
})

describe('The records of the candidate', () => {
  it.each(CANDIDATE_FAMILIES)('lack the %s record', (family) => {
    const others = candidateRecords().filter((record) => record.family !== family)
    const view = viewOf(deployed(), others)
    expect(view).toMatchObject({ status: 'records-not-before', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/missing'])
  })

  it('stand behind the deployment in the ledger', () => {
    const view = viewOf(deployed(), candidateRecords({ index: 11 }))
    expect(view).toMatchObject({ status: 'records-not-before', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(CANDIDATE_FAMILIES.map(() => 'record/order'))
  })

  it('are those of the candidate, and not of a later phase', () => {
    const view = viewOf(deployed(), candidateRecords({ phase: 'post-deploy-smoke-verified' }))
    expect(codesOf(view)).toEqual(CANDIDATE_FAMILIES.map(() => 'record/missing'))
  })

  it('were there before even if later ones stand in for them', () => {
    const again = candidateRecords({ index: 20 })
    const view = viewOf(deployed(), [...candidateRecords(), ...again])
    expect(view.status).toBe('deployed-as-intended')
  })

  it('were vouched for before the deployment was, where both were (A-82)', () => {
    const at = (vouchedAt: string) => candidateRecords({ vouchedAt })
    const deployment = deployed({ vouchedAt: '2026-04-10T12:51:00Z' })
    expect(viewOf(deployment, at('2026-04-10T12:51:00Z')).status).toBe('deployed-as-intended')
    expect(codesOf(viewOf(deployment, at('2026-04-10T12:51:01Z')))).toEqual(
      CANDIDATE_FAMILIES.map(() => 'record/order'),
    )
    expect(viewOf(deployed(), at('2026-04-10T12:51:01Z')).status).toBe('deployed-as-intended')
  })

  it('are needed, each of them: whatever is left out never helps', () => {
    const all = [...candidateRecords(), ...candidateRecords({ index: 11 })]
    fc.assert(
      fc.property(fc.subarray(all), (some) => {
        const before = some.filter(({ index }) => index < 10)
        const isWhole = before.length === CANDIDATE_FAMILIES.length
        const { outcome } = viewOf(deployed(), some).check
        expect(outcome === 'accepted').toBe(isWhole)
      }),
      { numRuns: 50 },
    )
  })
})

describe('What was observed later than it was told, or than now', () => {
  const told = (observedAt: string, members: object = MEMBERS, index = 10) =>
    deployed({ index, header: { reportedAt: '2026-04-10T13:00:00Z' } }, { ...members, observedAt })
  const NEXT_YEAR = '2027-04-10T13:00:00Z'

  it('is no deployment, but for as much as clocks differ', () => {
    const view = viewOf(told(NEXT_YEAR), candidateRecords())
    expect(view).toMatchObject({ status: 'not-yet-observed', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/too-early'])
    const statusAt = (time: string) => viewOf(told(time), candidateRecords()).status
    expect(statusAt('2026-04-10T13:05:01Z')).toBe('not-yet-observed')
    expect(statusAt('2026-04-10T13:05:00Z')).toBe('deployed-as-intended')
  })

  it('is none today where both are to come', () => {
    const late = deployed(
      { header: { reportedAt: NEXT_YEAR } },
      { ...MEMBERS, observedAt: NEXT_YEAR },
    )
    const at = (now: string) =>
      viewAmong(DEPLOYMENT, late, [late, ...candidateRecords()], { ...UNDER_POLICIES, now }).status
    expect(at('2027-04-10T12:54:59Z')).toBe('not-yet-observed')
    expect(at(NEXT_YEAR)).toBe('deployed-as-intended')
  })

  it('makes no drift good, and is heard where it drifted', () => {
    const drift = told('2026-04-10T12:50:00Z', DRIFT)
    const judge = (first: typeof drift, observedAt: string) => {
      const later = told(observedAt, MEMBERS, 11)
      const items = [first, later, ...candidateRecords()]
      return viewAmong(DEPLOYMENT, later, items, UNDER_POLICIES).status
    }
    expect(judge(drift, NEXT_YEAR)).toBe('not-yet-observed')
    expect(judge(drift, '2026-04-10T12:55:00Z')).toBe('deployed-as-intended')
    const ahead = told(NEXT_YEAR, DRIFT)
    expect(viewOf(ahead, candidateRecords()).status).toBe('drift')
    // It was seen when it was told, at the latest.
    expect(judge(ahead, '2026-04-10T12:55:00Z')).toBe('drift-later')
    expect(judge(ahead, '2026-04-10T13:00:00Z')).toBe('deployed-as-intended')
  })

  it('leaves an earlier good one under the drift', () => {
    const good = told('2026-04-10T12:40:00Z', MEMBERS, 9)
    const drift = told('2026-04-10T12:50:00Z', DRIFT)
    const status = (observedAt: string) => {
      const items = [good, drift, told(observedAt, MEMBERS, 11), ...candidateRecords()]
      return viewAmong(DEPLOYMENT, good, items, UNDER_POLICIES).status
    }
    expect(status(NEXT_YEAR)).toBe('drift-later')
    expect(status('2026-04-10T12:55:00Z')).toBe('deployed-as-intended')
  })
})
