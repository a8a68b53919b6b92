import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { LINKAGE } from '../../../src/record/families/linkage.ts'
import type { LedgerItem, LedgerRecord, ReleaseEvidence } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { describeMembers } from '../family-members.ts'
import { foldedRecord } from '../folded.ts'
import {
  contextAmong,
  foldedHeader,
  POLICIES,
  registryWith,
  viewOf,
  workflowSigner,
} from '../release-items.ts'
import { RELEASE } from '../signed.ts'

const HEADER = { release: RELEASE, policy: POLICIES.linkage }
const POST = 'post-deploy-smoke-verified'

describeMembers({
  family: LINKAGE,
  header: HEADER,
  members: { records: [digestOf('a'), digestOf('b')] },
  wrong: [
    ['records', []],
    ['records', [digestOf('a'), digestOf('a')]],
    ['records', ['a']],
  ],
})

type Item = LedgerItem & LedgerRecord

const PRE = (['tracking', 'attestation', 'authority', 'promotion', 'rollback'] as const).map(
  (name, index) => foldedHeader(name, { index }),
)
const [TRACKED, , , , ROLLBACK] = PRE as [Item, Item, Item, Item, Item]

function linked(items: readonly Item[], options: Parameters<typeof foldedRecord>[2] = {}): Item {
  const records = items.map(({ sha256 }) => sha256)
  return foldedRecord(LINKAGE, { records }, { index: 20, header: HEADER, ...options })
}

function view(
  record: Item,
  items: readonly LedgerItem[],
  changes: Parameters<typeof viewOf>[3] = {},
) {
  return viewOf(LINKAGE, record, items, changes)
}

describe('A linkage', () => {
  it('holds where the families of its phase are there and agree', () => {
    expect(view(linked(PRE), PRE)).toMatchObject({
      status: 'members-agree',
      check: { outcome: 'accepted' },
      facts: {
        families: ['tracking', 'attestation', 'authority', 'promotion', 'rollback'],
        differing: [],
        origin: 'local-proof',
      },
    })
  })

  it('needs a smoke after the deployment', () => {
    const names = [
      'tracking',
      'attestation',
      'authority',
      'promotion',
      'rollback',
      'smoke',
    ] as const
    const post = names.map((name, index) => foldedHeader(name, { index: 10 + index, phase: POST }))
    const options = { phase: POST } as const
    expect(view(linked(post, options), [...PRE, ...post]).status).toBe('members-agree')
    const five = post.slice(0, -1)
    const found = view(linked(five, options), five)
    expect(found.status).toBe('members-missing')
    expect(failedChecks(found.check)).toMatchObject([
      { name: 'families', code: 'record/missing', found: 'none of smoke' },
    ])
  })

  it('misses what it names and the ledger does not have', () => {
    const found = view(linked(PRE), PRE.slice(1))
    expect(found.status).toBe('members-missing')
    expect(failedChecks(found.check)).toMatchObject([
      { name: 'records', code: 'record/reference-missing', outcome: 'missing' },
      { name: 'families', code: 'record/missing', found: 'none of tracking' },
    ])
  })

  it('misses what stood there and it does not name', () => {
    const policy = 'release_attestation_artifact.render_staging_rollout.another'
    const second = foldedHeader('attestation', { index: 6, policy })
    const found = view(linked(PRE), [...PRE, second])
    expect(found.status).toBe('members-missing')
    expect(failedChecks(found.check)).toMatchObject([
      { name: 'all-records', code: 'record/reference-missing', outcome: 'missing' },
    ])
    expect(view(linked([...PRE, second]), [...PRE, second]).status).toBe('members-agree')
  })

  it('names both of one id where the later is the older one', () => {
    const older = { ...foldedHeader('rollback', { index: 6 }), reportedAt: '2026-04-10T01:00:00Z' }
    const both = [...PRE, older]
    expect(view(linked(both), both).status).toBe('members-agree')
    for (const left of [ROLLBACK, older]) {
      const found = view(linked(both.filter((record) => record !== left)), both)
      expect(found.status).toBe('members-missing')
      expect(failedChecks(found.check)).toMatchObject([
        { name: 'all-records', code: 'record/reference-missing', outcome: 'missing' },
      ])
    }
  })

  it('is stale where newer records are not named', () => {
    const again = foldedHeader('rollback', { index: 6 })
    const late = foldedHeader('promotion', { index: 30, policy: `${POLICIES.promotion}_2` })
    for (const newer of [again, late]) {
      const found = view(linked(PRE), [...PRE, newer])
      expect(found.status).toBe('members-later')
      expect(failedChecks(found.check)).toMatchObject([
        { name: 'all-records', code: 'record/later-record', outcome: 'stale' },
      ])
    }
    const both = [...PRE, again]
    expect(view(linked(both), both).status).toBe('members-agree')
    const only = both.filter((record) => record !== ROLLBACK)
    expect(view(linked(only), both).status).toBe('members-agree')
  })

  it('is not made stale by the tracking of another phase, or by a family that nobody links', () => {
    const post = foldedHeader('tracking', { index: 30, phase: POST })
    const smoke = foldedHeader('smoke', { index: 31 })
    expect(view(linked(PRE), [...PRE, post, smoke]).status).toBe('members-agree')
  })

  it('may name records of families that nobody links, which stand for no other', () => {
    const { id: _, ...deployment } = foldedHeader('smoke', { index: 7 })
    const all = [...PRE, { ...deployment, family: 'deployment' } as Item]
    expect(view(linked(all), all).status).toBe('members-agree')
    expect(view(linked(PRE), all).status).toBe('members-agree')
  })

  it('ties records of one phase', () => {
    const post = foldedHeader('smoke', { index: 7, phase: POST })
    const all = [...PRE, post]
    const found = view(linked(all), all)
    expect(found.status).toBe('members-differ')
    expect(failedChecks(found.check)).toMatchObject([{ name: 'phase', code: 'record/phase' }])
  })

  it('is judged under a policy', () => {
    const found = view(linked(PRE), PRE, { registry: undefined })
    expect(found.status).toBe('members-missing')
    expect(failedChecks(found.check).map(({ name }) => name)).toEqual([
      'policy',
      'families',
      'shared-fields',
    ])
    const expired = registryWith(
      'linkage',
      'version: 1',
      'version: 1\nexpires: 2020-01-01T00:00:00Z',
    )
    expect(failedChecks(view(linked(PRE), PRE, { registry: expired }).check)[0]).toMatchObject({
      code: 'record/policy-expired',
    })
  })
})

describe('The shared fields of a linkage', () => {
  const FIELDS = [
    ['approval-record-id', { approvalRecord: 'release_approval.other.x' }],
    ['gate-id', { gate: 'gate.release_target.other' }],
    ['artifact-version', { artifactVersion: 'v1.2.1' }],
    ['artifact-set-id', { artifactSetId: RELEASE.artifactSetId.replace('4711', '4713') }],
    ['source-revision', { sourceRevision: '0'.repeat(40) }],
    ['deployment-stage', { deploymentStage: 'production' }],
    ['release-channel', { releaseChannel: 'production' }],
  ] as const

  // The fold lets no such record count; the linkage does not rely on it.
  it.each(FIELDS)('name %s where records differ in it', (field, release) => {
    const other = foldedHeader('rollback', { index: 4, release })
    const all = [...PRE.slice(0, 4), other]
    const record = linked(all)
    const context = contextAmong([TRACKED])
    const records = [...all, record].map((one) => ({
      ...one,
      isAdopted: false,
      isSuperseded: false,
    }))
    const evidence: ReleaseEvidence = { ...context.evidence, records }
    const found = LINKAGE.view(records.at(-1) as never, { ...context, evidence })
    expect(found).toMatchObject({ status: 'members-differ', facts: { differing: [field] } })
    expect(failedChecks(found.check)).toMatchObject([
      { name: 'shared-fields', code: 'record/contradiction', outcome: 'rejected' },
    ])
  })

  it('have an origin among them: the lowest is that of the linkage', () => {
    const signer = workflowSigner()
    const live = PRE.map((record): Item => ({ ...record, signer, origin: 'live-workflow' }))
    expect(view(linked(live), live)).toMatchObject({
      status: 'members-agree',
      facts: { origin: 'live-workflow' },
    })
    const mixed = [...live.slice(0, 4), ROLLBACK]
    expect(view(linked(mixed, { signer, origin: 'live-workflow' }), mixed)).toMatchObject({
      status: 'members-differ',
      facts: { origin: 'local-proof', differing: ['release-evidence-origin-class'] },
    })
  })
})

describe('A smoke among what is linked', () => {
  const live = { signer: workflowSigner(), origin: 'live-workflow', phase: POST } as const
  const names = ['tracking', 'attestation', 'authority', 'promotion', 'rollback'] as const
  const others = names.map((name, index) => foldedHeader(name, { index, ...live }))
  const at = (publicOrigin: string): readonly Item[] => [
    ...others,
    { ...foldedHeader('smoke', { index: 9, ...live }), members: { assay_smoke: { publicOrigin } } },
  ]
  const of = (items: readonly Item[]) =>
    view(linked(items, { header: { ...HEADER, release: { ...RELEASE, phase: POST } } }), items)

  it('is live at the public origin of its policy, and local proof anywhere else (ruling 23)', () => {
    expect(of(at('https://staging.example.com'))).toMatchObject({
      status: 'members-agree',
      facts: { origin: 'live-workflow' },
    })
    expect(of(at('http://127.0.0.1:8080'))).toMatchObject({
      status: 'members-differ',
      facts: { origin: 'local-proof', differing: ['release-evidence-origin-class'] },
    })
  })
})

it('Taking records away never helps a linkage', () => {
  const whole = linked(PRE)
  fc.assert(
    fc.property(fc.subarray(PRE, { maxLength: PRE.length - 1 }), (rest) => {
      expect(view(whole, rest).check.outcome).toBe('missing')
    }),
  )
})

it('A linkage of no release is of no phase', () => {
  const record = { ...linked(PRE), release: undefined, isAdopted: false, isSuperseded: false }
  const found = LINKAGE.view(record as never, contextAmong(PRE))
  expect(found.status).toBe('members-differ')
})
