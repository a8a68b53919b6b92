// What policies come to that say nothing of it themselves: approval records, evidence definitions, attestation policies.

import { describe, expect, it } from 'vitest'
import {
  approvalStatuses,
  attestationStatuses,
  countProject,
  evidenceStatuses,
  type GateFinding,
  judgeGate,
  type ReleaseState,
} from '../../../src/gate/index.ts'
import { documentOfStatuses, renderStatuses } from '../../../src/report/gate/index.ts'
import { shippedRegistry } from '../../policy/shipped.ts'
import { COMMIT, indexOf, NOW, RELEASE } from '../evidence.ts'
import { PRODUCTION, PROVENANCE, releaseState, STAGING } from '../states.ts'

const registry = shippedRegistry()
const SMOKE = 'evidence.production.web_edge_smoke_path'
const DASHBOARD = 'evidence.production.dashboard_environment_key_flow_private'
const CANARY_EVIDENCE = [...registry.of('canary').values()].flatMap(({ evidence }) => evidence)

function gateOf(id: string, more: Partial<GateFinding> = {}): GateFinding {
  const gate = registry.of('gate').get(id)
  if (gate === undefined) throw new Error(id)
  const subject = { release: RELEASE, commit: COMMIT, against: [] }
  const asked = { gate, registry, subject, evidence: indexOf(), now: NOW, isStrict: false }
  return { ...judgeGate(asked), ...more }
}

function production(release: Partial<ReleaseState> | undefined, more: Partial<GateFinding> = {}) {
  const releases = release === undefined ? [] : [releaseState('production__a', 1, release)]
  const found = approvalStatuses({ registry, commits: [], releases }, [gateOf(PRODUCTION, more)])
  expect(found).toHaveLength(1)
  return found[0]
}

describe('an approval record', () => {
  it('stands before there is a release as nothing but what it declares', () => {
    expect(production(undefined)).toMatchObject({
      gate: PRODUCTION,
      mode: 'manual-rollout-workflow-with-human-approval',
      state: 'open',
      provenance: 'no-bundle',
      signing: 'unsigned',
      canary: 'rules-defined-no-canary',
      production: 'workflow-defined-launch-blocked',
      test: { recorded: [] },
    })
  })

  it('is signed by provenance over its release, and by nothing else', () => {
    expect(production({})).toMatchObject({ provenance: 'bundle-not-signed', signing: 'unsigned' })
    expect(production({ provenance: PROVENANCE })).toMatchObject({
      release: 'production__a',
      provenance: 'bundle-signed',
      signing: 'externally-attested',
    })
    expect(production({ provenance: PROVENANCE, isWithdrawn: true })).toMatchObject({
      provenance: 'no-bundle',
    })
  })

  it('counts the linked checks that its own release has', () => {
    const [first = ''] =
      registry.of('approval').get(production(undefined)?.id ?? '')?.linkedChecks ?? []
    expect(production({ answered: [first] })?.test).toMatchObject({
      linked: expect.arrayContaining([first]),
      stages: expect.arrayContaining(['production']),
      recorded: [first],
    })
  })

  it('has its canary with the evidence of its rules', () => {
    const canaryOf = (release: Partial<ReleaseState>) => production(release)?.canary
    expect(canaryOf({ hasCanary: true })).toBe('rules-defined-evidence-open')
    expect(canaryOf({ answered: CANARY_EVIDENCE })).toBe('rules-defined-no-canary')
    expect(canaryOf({ hasCanary: true, answered: CANARY_EVIDENCE })).toBe('canary-accepted')
    const staging = approvalStatuses({ registry, commits: [], releases: [] }, [gateOf(STAGING)])
    expect(staging).toMatchObject([{ canary: 'no-canary-stage', production: 'not-production' }])
  })

  it('shows nothing by checks and canary rules that are not there', () => {
    const of = ((kind) =>
      kind === 'evidence' || kind === 'canary'
        ? new Map()
        : registry.of(kind)) as typeof registry.of
    const releases = [
      releaseState('production__a', 1, { hasCanary: true, answered: CANARY_EVIDENCE }),
    ]
    const project = { registry: { ...registry, of }, commits: [], releases }
    expect(approvalStatuses(project, [gateOf(PRODUCTION)])).toMatchObject([
      { canary: 'rules-defined-evidence-open', test: { stages: [] } },
    ])
  })

  it('is approved only where people approved what nothing blocks', () => {
    const approved = { launchApprovals: ['aa'] }
    const ready = { isProductionReady: true }
    expect(production(approved)?.production).toBe('workflow-defined-launch-blocked')
    expect(production({}, ready)?.production).toBe('launch-ready-not-approved')
    expect(production(undefined, ready)?.production).toBe('launch-ready-not-approved')
    expect(production(approved, ready)?.production).toBe('launch-approved')
  })

  it('is fulfilled by its own list', () => {
    const { fulfilment } = gateOf(PRODUCTION)
    const good = fulfilment.map((list) => ({
      ...list,
      findings: list.findings.map((one) => ({ ...one, outcome: 'accepted' as const })),
    }))
    expect(production({}, { fulfilment: good })).toMatchObject({ state: 'fulfilled', open: 0 })
    expect(production({}, { fulfilment: [] })).toMatchObject({ state: 'open', open: 0 })
  })
})

describe('an attestation policy', () => {
  const ids = ['recorded', 'fulfilled'] as const
  const fulfilmentOf = (...words: readonly (typeof ids)[number][]) =>
    attestationStatuses([
      {
        ...{ name: 'attestation-policies', count: 1, counted: ['a'] },
        beside: words.map((word) => ({ word, count: 1, counted: ['a'] })),
      },
    ])

  it('is fulfilled by what it asks for, over what is recorded', () => {
    expect(fulfilmentOf()).toEqual([
      { id: 'a', fulfilment: 'defined-no-signed-records', isRecorded: false },
    ])
    expect(fulfilmentOf('fulfilled')).toMatchObject([{ fulfilment: 'defined-no-signed-records' }])
    expect(fulfilmentOf('recorded')).toMatchObject([{ fulfilment: 'recorded-not-fulfilled' }])
    expect(fulfilmentOf('recorded', 'fulfilled')).toMatchObject([
      { fulfilment: 'fulfilled', isRecorded: true },
    ])
    expect(attestationStatuses([])).toEqual([])
    const counter = countProject({ registry, commits: [], releases: [] }, []).find(
      ({ name }) => name === 'attestation-policies',
    )
    expect(attestationStatuses(counter === undefined ? [] : [{ ...counter, beside: [] }])).toEqual(
      (counter?.counted ?? []).map((id) => ({
        ...{ id, fulfilment: 'defined-no-signed-records', isRecorded: false },
      })),
    )
    const { name = 'attestation-policies', count = 0, counted = [] } = counter ?? {}
    expect(attestationStatuses([{ name, count, counted }])).toHaveLength(2)
  })
})

describe('what policies come to', () => {
  it('is told in words that say no more than the tokens', () => {
    const project = {
      registry,
      commits: [],
      releases: [releaseState('production__a', 1, { provenance: PROVENANCE, answered: [SMOKE] })],
    }
    const gates = [gateOf(STAGING), gateOf(PRODUCTION)]
    const statuses = {
      approvals: approvalStatuses(project, gates),
      evidence: evidenceStatuses(project, []),
      attestations: attestationStatuses(countProject(project, gates)),
    }
    const text = renderStatuses(statuses, { columns: 400 })
    expect(text).toContain('signing: externally attested; tests: ')
    expect(text).toContain(
      `${SMOKE}: recorded; no more than a path of smoke checks, defined and not carried out live; records: local or synthetic; provenance of the releases: live;`,
    )
    expect(text).toContain(`${DASHBOARD}: defined, for people to prove, pending`)
    expect(text).toContain('defined, without accepted provenance that carries its claims')
    const none = { approvals: [], evidence: [], attestations: [] }
    expect(renderStatuses(none, { columns: 80 })).toBe('')
    expect(documentOfStatuses(statuses)).toMatchObject({
      approvals: [{}, { sentence: expect.stringContaining('no canary stage') }],
    })
  })
})
