// The posture of a project, as tokens: where its gates stand, and what came of its canaries.

import { describe, expect, it } from 'vitest'
import {
  countProject,
  type GateFinding,
  judgeGate,
  type PostureLine,
  postureOf,
  type ReleaseState,
} from '../../src/gate/index.ts'
import type { Registry } from '../../src/policy/index.ts'
import { shippedRegistry } from '../policy/shipped.ts'
import { COMMIT, DEPLOY_EVIDENCE, indexOf, NOW, RELEASE } from './evidence.ts'
import { PRODUCTION, releaseState, STAGING } from './states.ts'

const SHIPPED = shippedRegistry()
const NO_RULES: Registry = {
  ...SHIPPED,
  of: ((kind) => (kind === 'canary' ? new Map() : SHIPPED.of(kind))) as typeof SHIPPED.of,
}

function gateOf(id: string, more: Partial<GateFinding> = {}): GateFinding {
  const gate = SHIPPED.of('gate').get(id)
  if (gate === undefined) throw new Error(id)
  const subject = { release: RELEASE, commit: COMMIT, against: [] }
  const evidence = indexOf(...DEPLOY_EVIDENCE)
  const asked = { gate, registry: SHIPPED, subject, evidence, now: NOW, isStrict: false }
  return { ...judgeGate(asked), ...more }
}

interface Asked {
  readonly gates?: readonly GateFinding[]
  readonly registry?: Registry
  readonly releases?: readonly ReleaseState[]
}

function lineOf(name: PostureLine['name'], asked: Asked = {}): PostureLine | undefined {
  const { gates = [], registry = SHIPPED, releases = [] } = asked
  const state = { registry, commits: [], releases }
  return postureOf(state, countProject(state, gates), gates).find((line) => line.name === name)
}

describe('the posture of a gate', () => {
  it('to staging is a rollout that is allowed or blocked, and never production', () => {
    const rollout = (isDeployable: boolean) =>
      lineOf('guarded-rollout', { gates: [gateOf(STAGING, { isDeployable })] })
    expect(rollout(true)).toMatchObject({
      ...{ gate: STAGING, readiness: 'gated-rollout-not-production', isDeployable: true },
      approval: { status: 'open' },
    })
    expect(rollout(false)).toMatchObject({ readiness: 'gated-rollout-blocked' })
    expect(lineOf('production-launch', { gates: [gateOf(STAGING)] })).toBeUndefined()
  })

  it.each([
    [false, false, 'rollout-defined-launch-blocked'],
    [true, false, 'rollout-allowed-launch-blocked'],
    [true, true, 'launch-ready'],
  ] as const)(
    'to production, deployable %s and ready %s, is %s',
    (isDeployable, isProductionReady, readiness) => {
      const gates = [gateOf(STAGING), gateOf(PRODUCTION, { isDeployable, isProductionReady })]
      expect(lineOf('production-launch', { gates })).toMatchObject({ readiness })
      expect(lineOf('production-timing', { gates })).toMatchObject({ isReady: isProductionReady })
    },
  )

  it('has its approval record fulfilled only where it asks for something and nothing is open', () => {
    const { fulfilment } = gateOf(STAGING)
    const accepted = fulfilment.map((list) => ({
      ...list,
      findings: list.findings.map((one) => ({ ...one, outcome: 'accepted' as const })),
    }))
    const approvalOf = (lists: GateFinding['fulfilment'], ...releases: ReleaseState[]) => {
      const gates = [gateOf(STAGING, { fulfilment: lists })]
      const line = lineOf('guarded-rollout', { gates, releases })
      return line?.name === 'guarded-rollout' ? line.approval : undefined
    }
    // Annex 6: nine; what its attestation policies ask for is counted of them.
    expect(fulfilment.length).toBeGreaterThan(1)
    expect(approvalOf(fulfilment)).toEqual({ status: 'open', open: 9 })
    expect(approvalOf(fulfilment.slice(1))).toEqual({ status: 'open', open: 0 })
    expect(approvalOf(accepted)).toEqual({ status: 'fulfilled', open: 0 })
    expect(approvalOf([])).toEqual({ status: 'open', open: 0 })
    const state = releaseState(RELEASE.id, 1)
    expect(approvalOf(accepted, state)).toEqual({ status: 'fulfilled', open: 0 })
    const gone = { ...state, isWithdrawn: true }
    expect(approvalOf(accepted, gone)).toEqual({ status: 'open', open: 1 })
  })
})

it('a canary is accepted, only defined, or ruled by nothing', () => {
  const [none, one] = [releaseState('a', 1), releaseState('b', 2, { hasCanary: true })]
  const statusOf = (asked: Asked) => lineOf('canary', asked)
  expect(statusOf({ releases: [none, one] })).toMatchObject({ status: 'canary-accepted' })
  const defined = { status: 'rules-defined-no-canary' }
  expect(statusOf({ releases: [none] })).toMatchObject(defined)
  // Of one that may be used no more, nothing is said by its canary.
  expect(statusOf({ releases: [none, { ...one, isWithdrawn: true }] })).toMatchObject(defined)
  expect(statusOf({ registry: NO_RULES, releases: [one] })).toMatchObject({ status: 'no-rule' })
})
