// A lineage is read out of a judged release: of each kind of provenance, and of what speaks against the use of a release.

import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/index.ts'
import { buildLineage, type ReleaseLineage } from '../../../src/gate/index.ts'
import { judgeRelease, type LedgerItem } from '../../../src/record/index.ts'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { ROLLBACK } from '../../../src/record/families/rollback.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { WITHDRAWAL } from '../../../src/record/families/withdrawal.ts'
import { MEMBERS } from '../../record/approvals.ts'
import { foldedProvenance, foldedRecord, NOW } from '../../record/folded.ts'
import { goldenRecord } from '../../record/golden-record.ts'
import {
  foldedSbom,
  person,
  POLICIES,
  REGISTRY,
  RUN,
  workflowSigner,
} from '../../record/release-items.ts'
import { RELEASE, SET_DIGEST, TRACKING_HEADER, TRACKING_MEMBERS } from '../../record/signed.ts'
import { digestOf } from '../../verify/release.ts'
import { testedAt } from '../judged-view.ts'

const ID = RELEASE.artifactSetId
const PHASE = 'post-deploy-smoke-verified'
const track = (index: number) =>
  foldedRecord(TRACKING, TRACKING_MEMBERS, { index, header: TRACKING_HEADER })
const TRACKED = track(1)

function lineageOf(...items: readonly LedgerItem[]): ReleaseLineage {
  const view = judgeRelease({
    ...{ id: ID, items, commitItems: () => [], registry: REGISTRY, now: NOW, scope: 'run' },
    ...{ releaseOf: () => undefined, refused: 0, refusedOfCommit: () => 0 },
  })
  return buildLineage({ view, refused: [], ledger: [], at: NOW })
}

const provenance = (more: object, options: Parameters<typeof foldedProvenance>[0] = {}) => ({
  ...foldedProvenance({ index: 0, ...options }),
  ...more,
})
const invoked = (predicate: JsonObject) => lineageOf(provenance({ predicate }), TRACKED).builds[0]

describe('where a release comes from', () => {
  it('is nothing where the ledger holds nothing that counts', () => {
    const lineage = lineageOf()
    expect(lineage).toMatchObject({ outcome: 'missing', sources: [], builds: [], promotions: [] })
    expect(lineage.missing).toHaveLength(10)
    expect(lineage).not.toHaveProperty('set')
  })

  it('is the commit that its records name, where nobody signed provenance', () => {
    const lineage = lineageOf(TRACKED)
    expect(lineage.sources).toMatchObject([{ commit: RELEASE.sourceRevision }])
    expect(lineage.sources[0]).not.toHaveProperty('repository')
    expect(lineage).toMatchObject({
      set: { sha256: SET_DIGEST, saidBy: { sha256: TRACKED.sha256, entry: 1 } },
      snapshot: { sha256: TRACKING_MEMBERS.snapshot },
      builds: [],
    })
    expect(lineage.set).not.toHaveProperty('artifacts')
  })

  it('is in provenance, with its artifacts counted, and the SBOM', () => {
    const subjects = [SET_DIGEST, digestOf('a'), digestOf('b')]
    const lineage = lineageOf(provenance({}, { subjects }), TRACKED, foldedSbom(2))
    expect(lineage).toMatchObject({
      sources: [{ repository: 'https://git.example/team/app' }],
      set: { artifacts: 2 },
      sboms: [{ saidBy: { entry: 2 } }],
    })
  })

  it('is not in provenance of another commit, nor in what names no commit', () => {
    const other = lineageOf(foldedProvenance({ commit: 'cd'.repeat(20) }), TRACKED)
    expect(other.missing).toContain('provenance')
    const none = lineageOf(foldedProvenance({ claims: { source: undefined } }), TRACKED)
    expect(none.missing).toContain('repository')
  })

  it('has no address that opens something, and no path of a machine', () => {
    const claims = { builderId: '/srv/builder', workflow: 'https://a:b@git.example/x' }
    const [build] = lineageOf(foldedProvenance({ claims }), TRACKED).builds
    expect(build).toEqual({
      buildType: 'https://ci.example/workflow/v1',
      saidBy: expect.objectContaining({ entry: 0 }),
    })
  })
})

describe('the run', () => {
  const address = 'https://ci.example/runs/1'

  it('is named by the certificate, or by the builder where it is an address', () => {
    const signed = provenance({}, { signer: workflowSigner() })
    expect(lineageOf(signed, TRACKED).builds[0]).toMatchObject({
      run: RUN,
      trigger: 'workflow_dispatch',
    })
    const told = { run: address, invocation: address }
    expect(invoked({ runDetails: { metadata: { invocationId: address } } })).toMatchObject(told)
    expect(invoked({ metadata: { buildInvocationId: address } })).toMatchObject(told)
  })

  it.each<readonly [string, JsonObject]>([
    ['a word', { runDetails: { metadata: { invocationId: 'run/4711' } } }],
    ['no text', { runDetails: { metadata: { invocationId: 4711 } } }],
    ['nothing', { runDetails: {} }],
    ['no object', { metadata: [] }],
  ])('is not known by %s', (_, predicate) => {
    expect(invoked(predicate)).not.toHaveProperty('run')
  })
})

describe('what became of a release', () => {
  const deployed = (index: number, observedSet = SET_DIGEST) =>
    foldedRecord(
      DEPLOYMENT,
      { ...goldenRecord(DEPLOYMENT).members, observedSet },
      { index, phase: PHASE },
    )
  const withdrawal = (index: number, more: object) =>
    foldedRecord(WITHDRAWAL, { reason: 'It loses keys', urgency: 'immediate', ...more }, { index })
  const replacement = ID.replace('v1.2.0', 'v1.3.0')

  it('is told of every record that counts, and of those that others stand in for', () => {
    const approved = foldedRecord(APPROVAL, MEMBERS, { index: 3, signer: person('bob') })
    const lineage = lineageOf(TRACKED, track(2), approved, deployed(4))
    expect(lineage.superseded).toEqual([{ sha256: TRACKED.sha256, entry: 1, family: 'tracking' }])
    expect(lineage.approvals).toMatchObject([{ approver: 'bob', kind: 'person' }])
    expect(lineage.deployments).toMatchObject([{ observedSet: SET_DIGEST, saidBy: { entry: 4 } }])
    expect(lineage.reasons.length).toBeGreaterThan(0)
  })

  it('is that it may be used, or not any more, and by whose word', () => {
    expect(lineageOf(TRACKED).use).toEqual({ status: 'current' })
    const superseded = withdrawal(3, { action: 'supersede', replacement })
    expect(lineageOf(TRACKED, superseded)).toMatchObject({
      outcome: 'stale',
      use: { status: 'superseded', replacement, saidBy: { entry: 3 } },
    })
    const again = withdrawal(4, { action: 'supersede', replacement: `${replacement}0` })
    expect(lineageOf(TRACKED, superseded, again).use).toMatchObject({
      ...{ replacement: `${replacement}0`, saidBy: { entry: 4 } },
    })
    const withdrawn = lineageOf(TRACKED, withdrawal(2, { action: 'withdraw' }), superseded)
    expect(withdrawn.outcome).toBe('rejected')
    expect(withdrawn.use).toMatchObject({ status: 'withdrawn', saidBy: { entry: 2 } })
    expect(withdrawn.use).not.toHaveProperty('replacement')
  })

  it('is told of what a later record made up for, with what superseded it', () => {
    const failed = testedAt(3, 'FAILED')
    const { superseded } = lineageOf(track(5), failed, testedAt(4, 'PASSED'), track(6))
    expect(superseded.map(({ entry, family }) => [entry, family])).toEqual([
      [3, 'test-result'],
      [5, 'tracking'],
    ])
  })

  it('has the releases to go back to, with whoever confirmed them', () => {
    const members = goldenRecord(ROLLBACK).members as JsonObject
    const backBy = (signer: string | ReturnType<typeof person>) =>
      foldedRecord(ROLLBACK, members, { index: 3, signer, policy: POLICIES.rollback })
    const { artifactSetId } = members['target'] as { readonly artifactSetId: string }
    expect(lineageOf(TRACKED, backBy('ci')).rollbackTargets).toMatchObject([
      { release: artifactSetId, trust: 'documented-ref', confirmedBy: [], saidBy: { entry: 3 } },
    ])
    expect(lineageOf(TRACKED, backBy(person('bob'))).rollbackTargets).toMatchObject([
      { confirmedBy: ['bob'] },
    ])
  })

  it('is never accepted over what is refused', () => {
    const view = judgeRelease({
      ...{ id: ID, items: [TRACKED], commitItems: () => [], registry: REGISTRY, now: NOW },
      ...{ releaseOf: () => undefined, refused: 0, refusedOfCommit: () => 0, scope: 'run' },
    })
    const refused = { name: 'record', outcome: 'rejected', message: 'A record is refused' } as const
    const asked = { view, refused: [], ledger: [], at: NOW }
    const { outcome } = buildLineage(asked)
    expect(buildLineage({ ...asked, refused: [refused] })).toMatchObject({
      outcome: 'rejected',
      reasons: expect.arrayContaining([{ message: 'A record is refused' }]),
    })
    expect(buildLineage({ ...asked, ledger: [refused] }).outcome).toBe('rejected')
    expect(outcome).not.toBe('rejected')
  })
})
