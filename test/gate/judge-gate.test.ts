// What a gate comes to, over evidence that is there and evidence that is not.

import { describe, expect, test } from 'vitest'
import type { Check } from '../../src/core/index.ts'
import {
  type GateFinding,
  judgeGate,
  judgeRequirements,
  outcomeOfJudgement,
} from '../../src/gate/index.ts'
import type { Evidence, Registry } from '../../src/policy/index.ts'
import { parsePolicies } from '../../src/policy/index.ts'
import { draft, registryOf } from '../policy/requirement/documents.ts'
import { shippedDrafts, shippedRegistry } from '../policy/shipped.ts'
import { COMMIT, DEPLOY_EVIDENCE, indexOf, NOW, RELEASE, waiver } from './evidence.ts'
import { PRODUCTION, STAGING } from './states.ts'

const SHIPPED = shippedRegistry()

interface Asked {
  readonly registry?: Registry
  readonly gate?: string
  readonly isStrict?: boolean
}

function judge(
  evidence: readonly Evidence[],
  { registry = SHIPPED, gate: id = STAGING, isStrict = false }: Asked = {},
): GateFinding {
  const gate = registry.of('gate').get(id)
  if (gate === undefined) throw new Error(id)
  const subject = { release: RELEASE, commit: COMMIT, against: [] }
  return judgeGate({ gate, registry, subject, evidence: indexOf(...evidence), now: NOW, isStrict })
}

/** The shipped policies with one of the deploy requirements of staging said to lie outside the project. */
function withExternal(requirement: string): Registry {
  const drafts = shippedDrafts()
  const deploy = drafts.get(STAGING)?.['deploy'] as { id: string; external?: true }[]
  for (const one of deploy.filter(({ id }) => id === requirement)) one.external = true
  const files = [...drafts].map(([id, draft]) => ({
    name: `${id}.json`,
    bytes: new TextEncoder().encode(JSON.stringify(draft)),
  }))
  const registry = parsePolicies(files)
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  return registry.value
}

describe('a gate to staging', () => {
  test('lets a release be deployed when all is there that it asks for, and never launches one', () => {
    const found = judge(DEPLOY_EVIDENCE)
    expect(found).toMatchObject({
      decision: 'go',
      isDeployable: true,
      isProductionReady: false,
    })
    expect(found.launch).toBeUndefined()
    expect(found.deploy.findings.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 5 }, () => 'accepted'),
    )
  })

  test.each(DEPLOY_EVIDENCE.map((evidence, index) => ({ index, evidence: evidence.evidence })))(
    'is no-go without $evidence',
    ({ index }) => {
      const found = judge(DEPLOY_EVIDENCE.toSpliced(index, 1))
      expect(found).toMatchObject({ decision: 'no-go', isDeployable: false })
      const open = found.deploy.findings.filter(({ outcome }) => outcome !== 'accepted')
      expect(open.map(({ outcome }) => outcome)).toEqual(['missing'])
    },
  )

  test('is not held up by what its approval record and attestation policies ask for beyond that', () => {
    const { decision, fulfilment } = judge(DEPLOY_EVIDENCE)
    expect(decision).toBe('go')
    expect(fulfilment.map(({ policy, outcome }) => [policy, outcome])).toEqual([
      ['release_approval.render_staging_rollout.bundle_backed_manual_staging', 'missing'],
      ['attestation_policy.release_bundle_minimum_lineage', 'missing'],
    ])
  })
})

describe('a gate to production', () => {
  test('is no-go with nothing, in each of its lists', () => {
    const found = judge([], { gate: PRODUCTION })
    expect(found).toMatchObject({
      decision: 'no-go',
      isDeployable: false,
      isProductionReady: false,
    })
    expect(found.launch?.outcome).toBe('missing')
    expect(found.launch?.findings.filter(({ outcome }) => outcome === 'accepted')).toEqual([])
    // The one that asks for nothing against the release is accepted where there is nothing.
    const good = found.deploy.findings.filter(({ outcome }) => outcome === 'accepted')
    expect(good.map(({ id }) => id)).toEqual([
      `${PRODUCTION}#approval-record`,
      `${PRODUCTION}#nothing-against`,
    ])
  })
})

describe('a release that something speaks against', () => {
  const OPPOSED: Check = { name: 'release-use', outcome: 'rejected', message: 'It was withdrawn' }
  const askedOf = (...against: readonly Check[]) => {
    const subject = { release: RELEASE, commit: COMMIT, against }
    return {
      ...{ subject, registry: SHIPPED, evidence: indexOf(...DEPLOY_EVIDENCE), now: NOW },
      isStrict: false,
    }
  }

  test('is no-go at a gate, whatever its evidence shows', () => {
    const gate = SHIPPED.of('gate').get(STAGING)
    if (gate === undefined) throw new Error(STAGING)
    expect(judgeGate({ gate, ...askedOf() })).toMatchObject({ decision: 'go', isDeployable: true })
    const found = judgeGate({ gate, ...askedOf(OPPOSED) })
    expect(found).toMatchObject({ decision: 'no-go', isDeployable: false })
    expect(found.deploy.outcome).toBe('accepted')
    expect(outcomeOfJudgement(found)).toBe('rejected')
  })

  test('is no-go under a policy of requirements, and as grave as what speaks against it', () => {
    const registry = registryOf(draft({ select: { family: 'command', about: 'commit' } }))
    const [policy] = registry.of('requirements').values()
    if (policy === undefined) throw new Error('Expected a policy of requirements')
    const good = judgeRequirements({ policy, ...askedOf(), registry })
    expect([good.decision, outcomeOfJudgement(good)]).toEqual(['go', 'accepted'])
    const found = judgeRequirements({ policy, ...askedOf(OPPOSED), registry })
    expect(found.requirements.outcome).toBe('accepted')
    expect([found.decision, outcomeOfJudgement(found)]).toEqual(['no-go', 'rejected'])
  })

  test('may not be launched where it may not be deployed, also with all that a launch asks for', () => {
    const gate = SHIPPED.of('gate').get(PRODUCTION)
    if (gate === undefined) throw new Error(PRODUCTION)
    const launch = gate.deploy.filter(({ id }) => id === 'approval-record')
    const found = judgeGate({ gate: { ...gate, launch }, ...askedOf() })
    expect(found.launch?.outcome).toBe('accepted')
    expect(found).toMatchObject({ isDeployable: false, isProductionReady: false })
  })
})

describe('waivers', () => {
  const CHECK = `${STAGING}#ci-validation`
  const WITHOUT_CI = DEPLOY_EVIDENCE.slice(1)

  test('never make a requirement accepted', () => {
    const found = judge([...WITHOUT_CI, waiver(CHECK)])
    expect(found.decision).toBe('no-go')
    expect(found.waivers.used).toEqual([])
    expect(found.waivers.ineffective).toMatchObject([{ check: CHECK, outcome: 'missing' }])
    expect(found.exceptions).toEqual([])
  })

  test('are exceptions for what the project can not make itself, and in a strict gate are not', () => {
    const registry = withExternal('ci-validation')
    expect(judge(WITHOUT_CI, { registry }).decision).toBe('no-go')
    const evidence = [...WITHOUT_CI, waiver(CHECK)]
    const found = judge(evidence, { registry })
    expect(found.decision).toBe('go-by-exception')
    expect(found.exceptions).toMatchObject([{ check: CHECK, outcome: 'unverified', owner: 'op' }])
    const outcomes = found.deploy.findings.map(({ outcome }) => outcome)
    expect(outcomes).toContain('unverified')
    expect(judge(evidence, { registry, isStrict: true }).decision).toBe('no-go')
  })

  test('of another check are no exception', () => {
    const registry = withExternal('ci-validation')
    const found = judge([...WITHOUT_CI, waiver(`${STAGING}#cloud-preflight`)], { registry })
    expect(found.decision).toBe('no-go')
    expect(found.waivers.unused).toHaveLength(1)
  })

  test('that are over, or nobody may sign, are told and count for nothing', () => {
    const registry = withExternal('ci-validation')
    const reason = { name: 'waiver', outcome: 'stale', message: 'Over' } as const
    const expired = waiver(CHECK, {
      computed: { status: 'expired', outcome: 'stale', facts: {}, reason },
    })
    const found = judge([...WITHOUT_CI, expired], { registry })
    expect(found.decision).toBe('no-go')
    expect(found.waivers).toMatchObject({ used: [], unused: [], idle: [{ status: 'expired' }] })
  })

  test('are listed as unused where nothing is left open', () => {
    const found = judge([...DEPLOY_EVIDENCE, waiver(CHECK)])
    expect(found.decision).toBe('go')
    expect(found.waivers).toMatchObject({ used: [], unused: [{ check: CHECK }] })
  })
})
