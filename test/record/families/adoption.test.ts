import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { ADOPTION } from '../../../src/record/families/adoption.ts'
import { buildRecord } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { adopted, CANDIDATE, GENERATED, type Item, REVIEW, reviewed } from '../adoption/released.ts'
import { describeMembers } from '../family-members.ts'
import { keySigner } from '../folded.ts'
import { foldedHeader, person, registryWith, viewOf, workflowSigner } from '../release-items.ts'
import { RELEASE, REPORTED_AT, SET } from '../signed.ts'

const { policy } = CANDIDATE
const ID = RELEASE.artifactSetId
const SHA = digestOf('a')
const MEMBERS = {
  sourcePack: SHA,
  adoptedRecords: [
    { id: ID, sha256: SHA },
    { id: ID, sha256: digestOf('b') },
  ],
  sourcePolicies: [{ id: 'gate.a', sha256: SHA }],
  currentPolicies: [{ id: 'gate.a', sha256: SHA }],
  reviewContracts: [SHA],
  reviewReference: 'minutes of 2026-04-10',
}

describeMembers({
  family: ADOPTION,
  header: { release: RELEASE, policy },
  members: MEMBERS,
  wrong: [
    ['sourcePack', 'none'],
    ['adoptedRecords', []],
    ['adoptedRecords', [{ id: ID }]],
    ['adoptedRecords', [...MEMBERS.adoptedRecords, ...MEMBERS.adoptedRecords]],
    ['sourcePolicies', [...MEMBERS.sourcePolicies, ...MEMBERS.sourcePolicies]],
    ['currentPolicies', [{ id: 'A', sha256: SHA }]],
    ['reviewContracts', []],
    ['reviewReference', '\u0007'],
  ],
})

it('An adoption is of records of its own release', () => {
  const of = (id: string) => {
    const members = { ...MEMBERS, adoptedRecords: [{ id, sha256: SHA }] }
    const header = { release: RELEASE, policy, reportedAt: REPORTED_AT }
    const built = buildRecord(ADOPTION, { about: SET, header, members })
    return built.ok ? [] : built.problems
  }
  expect(of(`${ID}__pre_deploy_candidate__a.b`)).toEqual([])
  expect(ADOPTION.read(MEMBERS, {})).toMatchObject({
    ok: false,
    problems: [{ code: 'record/contradiction' }, { code: 'record/contradiction' }],
  })
  expect(of(`${ID}x__pre_deploy_candidate__a.b`)).toMatchObject([
    { code: 'record/contradiction', at: '/adoptedRecords/0/id' },
  ])
})

function view(
  record: Item,
  items: readonly Item[] = [...GENERATED, REVIEW],
  changes: Parameters<typeof viewOf>[3] = {},
) {
  return viewOf(ADOPTION, record, items, changes)
}

function codes(record: Item, items?: readonly Item[], changes?: Parameters<typeof viewOf>[3]) {
  return failedChecks(view(record, items, changes).check).map(({ name, code }) => [name, code])
}

describe('An adoption', () => {
  it('holds after a review', () => {
    expect(view(adopted())).toMatchObject({
      status: 'reviewed-and-adopted',
      check: { outcome: 'accepted' },
      facts: {
        families: ['tracking', 'attestation', 'authority', 'promotion', 'rollback', 'linkage'],
        adopter: 'adopter',
        reviewers: ['reviewer'],
        reviewReference: 'minutes of 2026-04-10',
        policiesThen: 'match',
        policiesNow: 'match',
        policiesMoved: [],
        origin: 'local-proof',
      },
    })
  })

  it('has the lowest origin of what it adopts, whoever signed', () => {
    const signer = workflowSigner()
    const live = GENERATED.map((record): Item => ({ ...record, signer, origin: 'live-workflow' }))
    expect(view(adopted(), [...live, REVIEW]).facts).toMatchObject({ origin: 'live-workflow' })
    const mixed = [...live.slice(1), GENERATED[0] as Item, REVIEW]
    const record = adopted({ signer, origin: 'live-workflow' })
    expect(view(record, mixed).facts).toMatchObject({ origin: 'local-proof' })
  })

  it('has the origin of a smoke elsewhere than at its target (ruling 23)', () => {
    const live = { signer: workflowSigner(), origin: 'live-workflow' } as const
    const originWith = (publicOrigin: string) => {
      const members = { assay_smoke: { publicOrigin } }
      const smoke: Item = { ...foldedHeader('smoke', { index: 8, ...live }), members }
      const items = [...GENERATED.map((one): Item => ({ ...one, ...live })), smoke]
      const adoptedRecords = items.map(({ id = '', sha256 }) => ({ id, sha256 }))
      const record = adopted({}, { members: { adoptedRecords } })
      return view(record, [...items, REVIEW]).facts['origin']
    }
    expect(originWith('https://staging.example.com')).toBe('live-workflow')
    expect(originWith('https://elsewhere.example')).toBe('local-proof')
  })

  it('tells which policies moved since, and still holds', () => {
    const registry = registryWith('tracking', 'version: 1', 'version: 2')
    expect(view(adopted(), undefined, { registry })).toMatchObject({
      status: 'policies-moved-since',
      check: { outcome: 'accepted' },
      facts: {
        policiesThen: 'match',
        policiesNow: 'moved',
        policiesMoved: ['release_tracking_policy.render_staging_rollout.bundle_identity'],
      },
    })
  })

  it('is rejected where the pack had other policies', () => {
    const [first, ...rest] = CANDIDATE.policies
    const sourcePolicies = [{ ...first, sha256: SHA }, ...rest]
    const record = adopted({}, { members: { sourcePolicies } })
    expect(view(record).facts).toMatchObject({ policiesThen: 'moved', policiesNow: 'match' })
    expect(codes(record)).toEqual([['policies-then', 'record/policies-moved']])
  })

  it('can not be judged without policies', () => {
    const found = view(adopted(), undefined, { registry: undefined })
    expect(found).toMatchObject({
      status: 'not-adopted',
      facts: { policiesNow: 'unknown', policiesMoved: [] },
    })
    expect(failedChecks(found.check)).toMatchObject([{ code: 'record/policy-unknown' }])
  })

  it('misses a record that is not there', () => {
    expect(codes(adopted(), [...GENERATED.slice(1), REVIEW])).toEqual([
      ['adopted-records', 'record/reference-missing'],
      ['families', 'record/missing'],
    ])
  })

  it('needs a smoke after a deployment', () => {
    const phase = 'post-deploy-smoke-verified'
    const release = { ...RELEASE, phase } as const
    const items = [...GENERATED, REVIEW].map((record): Item => ({ ...record, release }))
    const record = adopted({ phase })
    expect(codes(record, items)).toEqual([['families', 'record/missing']])
  })

  it.each<[string, object]>([
    ['another id', { id: `${ID}__pre_deploy_candidate__a.b` }],
    ['another phase', { release: { ...RELEASE, phase: 'post-deploy-smoke-verified' } }],
    ['no id', { id: undefined }],
  ])('refuses a record of %s than it states', (_, changes) => {
    const [first, ...rest] = GENERATED
    const items = [{ ...first, ...changes } as Item, ...rest, REVIEW]
    expect(codes(adopted(), items)).toEqual([['record-ids', 'record/contradiction']])
  })
})

describe('The review of an adoption', () => {
  it('has to be there', () => {
    expect(codes(adopted(), GENERATED)).toEqual([
      ['review-contracts', 'record/reference-missing'],
      ['review-contract', 'record/reference-missing'],
    ])
  })

  it.each<[string, object]>([
    ['another pack', { sourcePack: SHA }],
    ['other records', { records: [SHA] }],
    [
      'as many, but other records',
      { records: [...CANDIDATE.records.slice(1).map(({ sha256 }) => sha256), SHA] },
    ],
    ['other policies', { policies: [] }],
  ])('is rejected where it is about %s', (_, members) => {
    const review = reviewed({}, { members })
    const record = adopted({}, { reviews: [review] })
    const found = codes(record, [...GENERATED, review])
    expect(found).toEqual([['review-contract', 'record/contradiction']])
  })

  it.each([
    ['automation', 'record/not-person'],
    [undefined, 'record/not-person'],
  ] as const)('is that of a person: not of %s', (kind, code) => {
    const signer = { ...keySigner('robot'), ...(kind && { kind }) }
    const review = reviewed({ signer })
    const record = adopted({}, { reviews: [review] })
    expect(codes(record, [...GENERATED, review])).toEqual([['person', code]])
  })

  it('is no refusal', () => {
    const review = reviewed({}, { decision: 'refuse' })
    const record = adopted({}, { reviews: [review] })
    expect(codes(record, [...GENERATED, review])).toEqual([
      ['review-decision', 'record/rejection'],
      ['quorum', 'record/quorum'],
    ])
  })

  it('is spoken against by a refusal that the adoption does not name, until its signer decides otherwise', () => {
    const signer = person('second')
    const refusal = reviewed({ index: 11, signer }, { decision: 'refuse' })
    const items = [...GENERATED, REVIEW, refusal]
    expect(codes(adopted(), items)).toEqual([['review-decision', 'record/rejection']])
    const change = reviewed({ index: 12, signer })
    expect(view(adopted(), [...items, change]).check.outcome).toBe('accepted')
    const withheld = { ...change, reportedAt: '2026-04-10T11:00:00Z' }
    expect(codes(adopted(), [...items, withheld])).toHaveLength(1)
  })

  it('is spoken against by a refusal of the release in its phase, in whatever pack or bundles the records came', () => {
    const signer = person('second')
    const elsewhere = { sourcePack: SHA, records: [SHA] }
    const codesWith = (index: number, members: object, later: readonly Item[] = []) => {
      const refusal = reviewed({ index, signer }, { decision: 'refuse', members })
      return codes(adopted(), [...GENERATED, REVIEW, refusal, ...later])
    }
    const refused = [['review-decision', 'record/rejection']]
    expect(codesWith(13, { sourcePack: SHA })).toEqual(refused)
    expect(codesWith(13, elsewhere)).toEqual(refused)
    expect(codesWith(13, elsewhere, [reviewed({ index: 14, signer })])).toEqual([])
    const other = reviewed({ index: 14, signer }, { members: elsewhere })
    expect(codesWith(13, elsewhere, [other])).toEqual(refused)
    // Of another candidate, once these records are adopted.
    expect(codesWith(21, elsewhere)).toEqual([])
    expect(codesWith(21, { records: [SHA] })).toEqual(refused)
    expect(codesWith(21, { sourcePack: SHA })).toEqual(refused)
  })

  it('is not spoken against by a refusal of the other phase', () => {
    const release = { ...RELEASE, phase: 'post-deploy-smoke-verified' } as const
    const refusal = reviewed({ index: 13, signer: person('second') }, { decision: 'refuse' })
    const later: Item = { ...refusal, release }
    expect(codes(adopted(), [...GENERATED, REVIEW, later])).toEqual([])
    expect(codes(adopted(), [...GENERATED, REVIEW, refusal])).toHaveLength(1)
  })

  it('is of as many people as its role asks for', () => {
    const roles = [{ name: 'adoption-reviewer', threshold: 2 }]
    const one = reviewed({ index: 10, signer: { ...person('one'), roles } })
    const again = reviewed({ index: 11, signer: { ...person('one'), roles } })
    const two = reviewed({ index: 12, signer: { ...person('two'), roles } })
    const by = (reviews: readonly Item[]) =>
      codes(adopted({}, { reviews }), [...GENERATED, ...reviews])
    expect(by([one, again])).toEqual([['quorum', 'record/quorum']])
    expect(by([one, two])).toEqual([])
  })

  it('does not count for a role that is kept apart from one that the reviewer has', () => {
    const roles = [{ name: 'adoption-reviewer', threshold: 1, distinctFrom: ['release'] }]
    const review = reviewed({ signer: { ...person('reviewer'), roles } })
    const record = adopted({}, { reviews: [review] })
    const holdersOf = (names: readonly string[]) =>
      new Set(names.includes('release') ? ['reviewer'] : [])
    expect(codes(record, [...GENERATED, review])).toEqual([])
    const found = codes(record, [...GENERATED, review], { holdersOf })
    expect(found).toEqual([['quorum', 'record/quorum']])
  })
})

describe('The parties of an adoption', () => {
  const byProducer = reviewed({ signer: person('producer') })

  it('are not the producer alone', () => {
    const record = adopted({ signer: person('producer') }, { reviews: [byProducer] })
    const found = codes(record, [...GENERATED, byProducer])
    expect(found).toEqual([['adopter', 'record/not-independent']])
  })

  it('may be the producer and a reviewer, or a producer that reviews for another adopter', () => {
    expect(codes(adopted({ signer: person('producer') }))).toEqual([])
    const record = adopted({}, { reviews: [byProducer] })
    expect(codes(record, [...GENERATED, byProducer])).toEqual([])
  })
})

it('Taking evidence away never helps an adoption', () => {
  const roles = [{ name: 'adoption-reviewer', threshold: 1 }]
  const second = reviewed({ index: 11, signer: { ...person('second'), roles } })
  const all = [...GENERATED, REVIEW, second]
  const record = adopted({}, { reviews: [REVIEW, second] })
  expect(view(record, all).check.outcome).toBe('accepted')
  fc.assert(
    fc.property(fc.subarray(all, { maxLength: all.length - 1 }), (rest) => {
      expect(view(record, rest).status).toBe('not-adopted')
    }),
  )
})
