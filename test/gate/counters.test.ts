// What each counter counts, and what it does not.

import { describe, expect, test } from 'vitest'
import {
  type Counter,
  type CounterName,
  countProject,
  type GateFinding,
} from '../../src/gate/index.ts'
import type { ReleaseState } from '../../src/gate/index.ts'
import { shippedRegistry } from '../policy/shipped.ts'
import { CLAIMS, countedRecord, releaseState } from './states.ts'

const registry = shippedRegistry()

function counter(name: CounterName, ...releases: readonly ReleaseState[]): Counter {
  const found = countProject({ registry, commits: [], releases }, []).find(
    (one) => one.name === name,
  )
  if (found === undefined) throw new Error(name)
  return found
}

const LOCAL = {
  origin: 'local-proof',
  isDeclaredLive: false,
  sha256: ['aa'],
  claims: CLAIMS,
  signing: 'signed-with-key',
} as const
const LIVE = { ...LOCAL, origin: 'live-workflow' } as const

/** No gate was asked. */
const FULFILLED = { word: 'fulfilled', count: 0 } as const

describe('counters of policies', () => {
  test('evidence definitions are counted, and beside them those that an accepted record answers', () => {
    const none = counter('evidence-records')
    expect(none.count).toBe(registry.of('evidence').size)
    expect(none.beside).toEqual([{ word: 'recorded', count: 0, counted: [] }])
    const answered = ['evidence.repo.ci_monorepo_validation', 'evidence.of.nothing']
    const one = counter('evidence-records', releaseState('staging__a', 1, { answered }))
    expect(one.count).toBe(none.count)
    expect(one.beside).toMatchObject([{ count: 1, counted: answered.slice(0, 1) }])
  })

  test('approval records are counted among the gates, and canary rules by themselves', () => {
    const found = counter('approval-records')
    expect(found).toMatchObject({ count: 2, of: 2 })
    expect(found.counted).toEqual([...registry.of('approval').keys()])
    expect(counter('canary-rules').counted).toEqual([...registry.of('canary').keys()])
  })

  test('a gate with another number of approval records than one is not counted', () => {
    const [first, second] = [...registry.of('approval').values()]
    const countWith = (...approvals: readonly (typeof first)[]) => {
      const found = new Map(approvals.map((one, index) => [String(index), one]))
      const of = ((kind) => (kind === 'approval' ? found : registry.of(kind))) as typeof registry.of
      const counters = countProject(
        { registry: { ...registry, of }, commits: [], releases: [] },
        [],
      )
      return counters.find(({ name }) => name === 'approval-records')
    }
    expect(countWith(first, second)).toMatchObject({ count: 2, of: 2 })
    expect(countWith(second)).toMatchObject({ count: 1, of: 2, counted: [second?.id] })
    expect(countWith(first, first, second)).toMatchObject({ count: 1, counted: [second?.id] })
  })

  test('an attestation policy is recorded where every target has provenance with its claims', () => {
    const name = 'attestation-policies'
    const staging = releaseState('staging__a', 1, { provenance: LOCAL })
    const production = releaseState('production__a', 2, { provenance: LOCAL })
    expect(counter(name)).toMatchObject({ count: 2, beside: [{ count: 0 }, FULFILLED] })
    expect(counter(name, production)).toMatchObject({ count: 2, beside: [{ count: 1 }, FULFILLED] })
    expect(counter(name, staging, production)).toMatchObject({ beside: [{ count: 2 }, FULFILLED] })
    const fewer = { ...LOCAL, claims: CLAIMS.slice(1) }
    const weak = releaseState('production__a', 2, { provenance: fewer })
    expect(counter(name, staging, weak)).toMatchObject({ beside: [{ count: 0 }, FULFILLED] })
  })
})

test('an attestation policy is fulfilled where every gate that lists it found all that it asks for', () => {
  const [policy = ''] = registry.of('attestation').keys()
  const listOf = (...outcomes: readonly ('accepted' | 'missing')[]) => ({
    subject: { release: { id: 'staging__a' } },
    fulfilment: [{ policy, findings: outcomes.map((outcome) => ({ outcome })) }],
  })
  type Listed = ReturnType<typeof listOf>
  const fulfilledIn = (...gates: readonly Listed[]) => fulfilledOf([], ...gates)
  const fulfilledOf = (releases: readonly ReleaseState[], ...gates: readonly Listed[]) =>
    countProject({ registry, commits: [], releases }, gates as unknown as GateFinding[])
      .find(({ name }) => name === 'attestation-policies')
      ?.beside?.find(({ word }) => word === 'fulfilled')?.counted
  expect(fulfilledIn(listOf('accepted'), listOf('accepted'))).toEqual([policy])
  expect(fulfilledIn(listOf('accepted'), listOf('accepted', 'missing'))).toEqual([])
  expect(fulfilledIn(listOf())).toEqual([])
  expect(fulfilledIn()).toEqual([])
  // Of a release that stands no more nothing is.
  const gone = releaseState('staging__a', 1, { isWithdrawn: true })
  expect(fulfilledOf([gone], listOf('accepted'))).toEqual([])
  expect(fulfilledOf([{ ...gone, id: 'staging__b' }], listOf('accepted'))).toEqual([policy])
})

describe('signed provenance', () => {
  const name = 'signed-provenance'

  test('names what it does not count, with the release where there is one', () => {
    const { lacking } = counter(name, releaseState('staging__a', 1))
    expect(lacking?.map(({ release }) => release)).toEqual(
      expect.arrayContaining(['staging__a', undefined]),
    )
    const signed = releaseState('staging__a', 1, { provenance: LOCAL })
    expect(counter(name, signed).lacking).toHaveLength(1)
  })

  test('is counted of the newest tracked release of each gate', () => {
    const signed = releaseState('staging__a', 1, { provenance: LOCAL })
    expect(counter(name)).toMatchObject({ count: 0, of: 2 })
    expect(counter(name, signed)).toMatchObject({ count: 1, origins: { live: 0, local: 1 } })
    const newer = releaseState('staging__b', 2)
    expect(counter(name, signed, newer).count).toBe(0)
    expect(counter(name, newer, signed).count).toBe(0)
  })

  test('is that of the release before it where the newest was withdrawn', () => {
    const signed = releaseState('staging__a', 1, { provenance: LIVE })
    const newer = releaseState('staging__b', 2, { isWithdrawn: true })
    expect(counter(name, signed, newer)).toMatchObject({ count: 1, origins: { live: 1, local: 0 } })
  })

  test('is not counted of a release that no adopted record tracks', () => {
    const untracked = { ...releaseState('staging__a', 1, { provenance: LOCAL }), isTracked: false }
    expect(counter(name, untracked).count).toBe(0)
  })
})

describe('counters of records', () => {
  test('every family is counted for itself, with its origins', () => {
    const families = {
      'attestation-records': 'attestation',
      'authority-records': 'authority',
      'tracked-releases': 'tracking',
      'linkage-records': 'linkage',
      'adoption-records': 'adoption',
      'promotion-records': 'promotion',
      'smoke-records': 'smoke',
      'rollback-targets': 'rollback',
    } as const
    for (const [name, family] of Object.entries(families)) {
      const records = [
        countedRecord(family),
        countedRecord(family, { origin: 'live-workflow', isDeclaredLive: true }),
        countedRecord(family, { origin: 'live-workflow' }),
      ]
      const state = releaseState('production__a', 1, { records })
      const found = countProject({ registry, commits: [], releases: [state] }, [])
      const counts = found.filter(({ origins }) => origins !== undefined && origins.live > 0)
      expect(counts).toMatchObject([
        { name, count: 3, origins: { live: 2, local: 1, declaredLive: 1 } },
      ])
      expect(counts[0]?.counted).toEqual(records.map(({ id }) => id))
    }
  })

  test('a smoke that failed and a target that is not trusted are counted, and told apart', () => {
    const records = [
      countedRecord('smoke'),
      countedRecord('smoke', { outcome: 'rejected' }),
      countedRecord('rollback', { outcome: 'missing' }),
    ]
    const state = releaseState('production__a', 1, { records })
    expect(counter('smoke-records', state)).toMatchObject({
      count: 2,
      beside: [{ word: 'passed', count: 1 }],
    })
    expect(counter('rollback-targets', state)).toMatchObject({
      count: 1,
      beside: [{ word: 'trusted', count: 0, counted: [] }],
    })
  })
})

describe('production approvals', () => {
  const name = 'production-approvals'

  test('are those of the current release of a gate to production', () => {
    const launchApprovals = ['aa']
    const approved = releaseState('production__a', 1, { launchApprovals })
    expect(counter(name, approved)).toMatchObject({ count: 1 })
    expect(counter(name, approved, releaseState('production__b', 2)).count).toBe(0)
    expect(counter(name, releaseState('staging__a', 1, { launchApprovals })).count).toBe(0)
  })
})
