// What an evidence definition comes to: how far it is, what stands behind it, and whether it is of production grade.

import { describe, expect, it } from 'vitest'
import {
  bindSnapshots,
  type EvidenceStatus,
  evidenceStatuses,
  type ReleaseState,
} from '../../../src/gate/index.ts'
import { EVIDENCE_LIMITS } from '../../../src/policy/index.ts'
import { evidenceSentence } from '../../../src/report/gate/status-text.ts'
import type { Snapshot, Source } from '../../../src/snapshot/index.ts'
import { shippedRegistry } from '../../policy/shipped.ts'
import { snapshotOf, SOURCE } from '../../snapshot/project.ts'
import { PROVENANCE, releaseState } from '../states.ts'

const registry = shippedRegistry()
const SMOKE = 'evidence.production.web_edge_smoke_path'
const DASHBOARD = 'evidence.production.dashboard_environment_key_flow_private'
const ROLLOUT = 'evidence.production.render_rollout_workflow'
const PREFLIGHT = 'evidence.production.cloud_preflight'
const CI = 'evidence.repo.ci_monorepo_validation'

const SNAPSHOT = 'd'.repeat(64)
const COMMIT = 'c'.repeat(40)
const {
  changes: _,
  state: __,
  ...CHECKOUT
} = SOURCE as Extract<Source, { state: 'dirty' | 'clean' }>
const CLEAN: Source = { ...CHECKOUT, state: 'clean', commit: COMMIT, changes: [] }

function madeOf(files: Readonly<Record<string, string>>, source: Source = CLEAN) {
  return snapshotOf(files, source)
}

/** Releases that name the snapshot; the snapshot; and what each definition comes to. */
function bind(snapshot: Snapshot, ...releases: readonly ReleaseState[]) {
  return bindSnapshots({ registry, commits: [], releases }, [{ sha256: SNAPSHOT, snapshot }])
}

function statusIn(
  id: string,
  releases: readonly ReleaseState[],
  snapshot?: Snapshot,
): EvidenceStatus {
  const bound =
    snapshot === undefined ? ({ ok: true, value: [] } as const) : bind(snapshot, ...releases)
  if (!bound.ok) throw new Error(JSON.stringify(bound.problems))
  const found = evidenceStatuses({ registry, commits: [], releases }, bound.value).find(
    (one) => one.id === id,
  )
  if (found === undefined) throw new Error(id)
  return found
}

const NAMING = { snapshot: SNAPSHOT, commits: [COMMIT] }

describe('an evidence definition is', () => {
  it('defined while nobody looks whether the files that make it are there', () => {
    expect(statusIn(SMOKE, [])).toMatchObject({
      state: 'defined',
      implementation: { state: 'not-looked-at' },
      provenance: { records: 'none', releases: 'none' },
      isProductionGrade: false,
    })
    expect(statusIn(DASHBOARD, [])).toMatchObject({
      state: 'defined',
      implementedBy: [],
      implementation: { state: 'by-hand' },
    })
  })

  it('implemented where a snapshot that a release in use names has all files that make it', async () => {
    const files = { 'scripts/web-edge-smoke.mjs': 'smoke()' }
    const found = statusIn(SMOKE, [releaseState('production__a', 1, NAMING)], await madeOf(files))
    expect(found).toMatchObject({
      state: 'implemented',
      implementation: {
        state: 'in-snapshot',
        snapshots: [{ sha256: SNAPSHOT, release: 'production__a', namedBy: 'tracking-record' }],
        missing: [],
      },
    })
    expect(evidenceSentence(found)).toContain(
      `${SMOKE}: implemented, made by scripts/web-edge-smoke.mjs; `,
    )
    expect(evidenceSentence(found)).toContain('which its tracking record alone names')
  })

  it('defined where the snapshot does not have them, and says which', async () => {
    const release = releaseState('production__a', 1, NAMING)
    const found = statusIn(SMOKE, [release], await madeOf({ 'scripts/web-smoke.mjs': '' }))
    expect(found).toMatchObject({
      state: 'defined',
      implementation: { state: 'not-in-snapshot', missing: ['scripts/web-edge-smoke.mjs'] },
    })
    expect(evidenceSentence(found)).toContain('scripts/web-edge-smoke.mjs, which is not there')
  })

  it('not looked for in the snapshot of a release that it is not for', async () => {
    const snapshot = await madeOf({ 'scripts/web-edge-smoke.mjs': '' })
    const staging = [releaseState('staging__a', 1, NAMING)]
    expect(statusIn(SMOKE, staging, snapshot).implementation).toEqual({ state: 'not-looked-at' })
    // This one is for every target.
    expect(statusIn(CI, staging, snapshot).implementation).toMatchObject({
      state: 'not-in-snapshot',
    })
  })

  it('looked for from the root of the repository, whatever folder the snapshot is of', async () => {
    const source = { ...CLEAN, folder: 'scripts' } as Source
    const releases = [releaseState('production__a', 1, NAMING)]
    const snapshot = await madeOf({ 'bin/smoke.mjs': '', 'tools/web-edge-smoke.mjs': '' }, source)
    expect(statusIn(SMOKE, releases, snapshot).state).toBe('defined')
    const renamed = snapshot.inputs.map((one) => ({ ...one, path: 'web-edge-smoke.mjs' }))
    expect(statusIn(SMOKE, releases, { ...snapshot, inputs: renamed }).state).toBe('implemented')
  })

  it('recorded by an accepted record, and the files are told all the same', async () => {
    const release = releaseState('production__a', 1, {
      ...NAMING,
      ...{ answered: [SMOKE, DASHBOARD], provenance: PROVENANCE },
    })
    const files = { 'scripts/web-edge-smoke.mjs': '' }
    const found = statusIn(SMOKE, [release], await madeOf(files))
    expect(found).toMatchObject({
      state: 'recorded',
      implementation: { state: 'in-snapshot', snapshots: [{ namedBy: 'provenance' }] },
      provenance: { records: 'local-proof', releases: 'live-workflow' },
    })
    expect(evidenceSentence(found)).toContain(`${SMOKE}: recorded, made by scripts/web-edge-smoke`)
    expect(evidenceSentence(found)).toContain('which accepted provenance names')
    expect(evidenceSentence(statusIn(SMOKE, [release]))).toContain(`${SMOKE}: recorded; no more`)
    expect(evidenceSentence(statusIn(DASHBOARD, [release]))).toContain(`${DASHBOARD}: recorded; no`)
  })
})

describe('a snapshot counts only', () => {
  it('where a release in use names it', async () => {
    const snapshot = await madeOf({ 'package.json': '{}' })
    const codeOf = (...releases: readonly ReleaseState[]) => {
      const bound = bind(snapshot, ...releases)
      return bound.ok ? bound.value.length : bound.problems[0].code
    }
    expect(codeOf()).toBe('gate/snapshot-unknown')
    expect(codeOf(releaseState('production__a', 1, { commits: [COMMIT] }))).toBe(
      'gate/snapshot-unknown',
    )
    const other = { ...NAMING, snapshot: 'e'.repeat(64) }
    expect(codeOf(releaseState('production__a', 1, other))).toBe('gate/snapshot-unknown')
    const withdrawn = releaseState('production__a', 1, { ...NAMING, isWithdrawn: true })
    expect(codeOf(withdrawn)).toBe('gate/snapshot-unknown')
    expect(codeOf(releaseState('production__a', 1, NAMING))).toBe(1)
    const both = [releaseState('production__a', 1, NAMING), releaseState('staging__a', 2, NAMING)]
    expect(codeOf(...both)).toBe(2)
  })

  it('as of a clean checkout of its commit', async () => {
    const release = releaseState('production__a', 1, NAMING)
    const files = { 'package.json': '{}' }
    for (const source of [
      { ...CLEAN, commit: 'a'.repeat(40) } as Source,
      { ...CLEAN, state: 'dirty' } as Source,
      { state: 'absent', reason: 'no git' } as const,
    ]) {
      expect(bind(await madeOf(files, source), release)).toMatchObject({
        ok: false,
        problems: [{ code: 'gate/snapshot-source' }],
      })
    }
    expect(bind(await madeOf(files), release)).toMatchObject({ ok: true })
  })
})

describe('production grade', () => {
  const gradeOf = (id: string, place: string, more: Partial<ReleaseState> = {}) => {
    const full = { answered: [id], answeredLive: [id], provenance: PROVENANCE }
    return statusIn(id, [releaseState(place, 1, { ...full, ...more })]).isProductionGrade
  }

  it('takes a live record of the release to production, and live provenance of that', () => {
    expect(gradeOf(SMOKE, 'production__a')).toBe(true)
    expect(gradeOf(SMOKE, 'staging__a')).toBe(false)
    expect(gradeOf(SMOKE, 'production__a', { answeredLive: [] })).toBe(false)
    expect(gradeOf(SMOKE, 'production__a', { isWithdrawn: true })).toBe(false)
    const local = { ...PROVENANCE, origin: 'local-proof' } as const
    expect(gradeOf(SMOKE, 'production__a', { provenance: local })).toBe(false)
  })

  it('is reached by evidence about the commit as by evidence about the set', () => {
    expect(gradeOf(PREFLIGHT, 'production__a')).toBe(true)
  })

  it('is never of what is for other stages, or can show nothing of production by its own limit', () => {
    for (const [id, { scope, limits }] of registry.of('evidence')) {
      const isFor = scope.stages.includes('production')
      const ends = ['pre-production-workflow-only', 'local-hash-baseline-only']
      const isShort = limits.some((limit) => ends.includes(limit))
      expect([id, gradeOf(id, 'production__a')]).toEqual([id, isFor && !isShort])
    }
  })
})

describe('the provenance status', () => {
  const statusOf = (id: string, more: Partial<ReleaseState> = {}) =>
    statusIn(id, [releaseState('production__a', 1, more)]).provenance.status

  it('is each limit as it is declared, and of what can be carried out or approved whether it was', () => {
    expect(statusOf(CI)).toEqual(['pre-production-workflow-only'])
    expect(statusOf(SMOKE)).toEqual(['smoke-path-only-not-executed'])
    expect(statusOf(SMOKE, { answered: [SMOKE] })).toEqual(['smoke-path-only-not-executed'])
    const live = { answered: [SMOKE], answeredLive: [SMOKE] }
    expect(statusOf(SMOKE, live)).toEqual(['smoke-path-only-executed'])
    expect(statusOf(DASHBOARD)).toEqual(['manual-private-acceptance-only-not-executed'])
    expect(statusOf(DASHBOARD, { answered: [DASHBOARD] })).toEqual([
      'manual-private-acceptance-only-executed',
    ])
    expect(statusOf(ROLLOUT)).toEqual(['rollout-path-only-not-approved'])
    expect(statusOf(ROLLOUT, { launchApprovals: ['aa'] })).toEqual(['rollout-path-only-approved'])
  })

  it('has a sentence for each limit, and each limit is of some definition', () => {
    const found = evidenceStatuses({ registry, commits: [], releases: [] }, [])
    expect(new Set(found.flatMap(({ limits }) => limits))).toEqual(new Set(EVIDENCE_LIMITS))
    for (const status of found) expect(evidenceSentence(status)).not.toContain('undefined')
  })

  it('tells the highest origin of the records, and of the provenance of their releases', () => {
    const local = releaseState('production__a', 1, { answered: [SMOKE] })
    const behind = { ...PROVENANCE, origin: 'local-proof' } as const
    const signed = releaseState('production__b', 2, { answered: [SMOKE], provenance: behind })
    const live = releaseState('production__c', 3, {
      ...{ answered: [SMOKE], answeredLive: [SMOKE], provenance: PROVENANCE },
    })
    const of = (...releases: readonly ReleaseState[]) => statusIn(SMOKE, releases).provenance
    expect(of(local)).toMatchObject({ records: 'local-proof', releases: 'none' })
    expect(of(local, signed)).toMatchObject({ records: 'local-proof', releases: 'local-proof' })
    expect(of(local, signed, live)).toMatchObject({
      ...{ records: 'live-workflow', releases: 'live-workflow' },
    })
  })
})
