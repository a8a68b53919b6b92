import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import {
  type AdoptionQuestion,
  describeReview,
  digestCandidate,
  judgeAdoption,
  type ViewContext,
} from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { contextAmong, foldedHeader, person, registryWith } from '../release-items.ts'
import { RELEASE } from '../signed.ts'
import { adopted, CANDIDATE, GENERATED, type Item, REVIEW, reviewed, SOURCE } from './released.ts'

const QUESTION: AdoptionQuestion = {
  candidate: CANDIDATE,
  source: SOURCE,
  reviews: [REVIEW],
  adopter: 'adopter',
}

function codes(
  question: Partial<AdoptionQuestion>,
  items: readonly Item[] = [],
  changes: Partial<ViewContext> = {},
) {
  const check = judgeAdoption({ ...QUESTION, ...question }, contextAmong(items, changes))
  return failedChecks(check).map(({ name, code, outcome }) => [name, code, outcome])
}

const SHA = digestOf('a')
const MOVED = registryWith('tracking', 'version: 1', 'version: 2')

describe('A candidate is applied', () => {
  it('where everything holds, into an empty ledger or one that has it already', () => {
    expect(codes({})).toEqual([])
    expect(codes({}, [...GENERATED, REVIEW, adopted()])).toEqual([])
  })

  it('only with the pack that it names (A-86)', () => {
    expect(codes({ source: { ...SOURCE, pack: SHA } })).toEqual([
      ['source-pack', 'record/adoption-source', 'rejected'],
    ])
  })

  it('only with the records of the pack', () => {
    const source = { ...SOURCE, records: GENERATED.slice(1) }
    expect(codes({ source })).toEqual([['source-records', 'record/adoption-source', 'rejected']])
    expect(codes({ source: { ...SOURCE, records: [] } })).toEqual([
      ['source-records', 'record/adoption-source', 'rejected'],
    ])
  })

  it('only under the policies of the pack, and those that moved are named', () => {
    const check = judgeAdoption(QUESTION, contextAmong([], { registry: MOVED }))
    expect(failedChecks(check)).toMatchObject([
      {
        name: 'policies',
        code: 'record/policies-moved',
        outcome: 'stale',
        found: '"release_tracking_policy.render_staging_rollout.bundle_identity" changed',
      },
      { name: 'review-contract', code: 'record/contradiction' },
    ])
  })

  it('only under policies that are there', () => {
    expect(codes({}, [], { registry: undefined }).map(([, code]) => code)).toContain(
      'record/policy-unknown',
    )
  })

  it('only with all families that the policy names (A-76)', () => {
    const candidate = { ...CANDIDATE, records: CANDIDATE.records.slice(1) }
    expect(codes({ candidate })).toContainEqual(['families', 'record/missing', 'missing'])
  })

  it('only after a review', () => {
    expect(codes({ reviews: [] })).toEqual([
      ['review-contract', 'record/reference-missing', 'missing'],
    ])
    const other = reviewed({}, { members: { records: [SHA] } })
    expect(codes({ reviews: [other] })).toEqual([
      ['review-contract', 'record/contradiction', 'rejected'],
    ])
  })

  it('not over a refusal in the ledger, unless the same reviewer has looked again', () => {
    const refusal = reviewed({ index: 7, signer: person('reviewer') }, { decision: 'refuse' })
    expect(codes({ reviews: [] }, [refusal])).toHaveLength(1)
    expect(codes({}, [refusal])).toEqual([])
    const second = reviewed({ index: 7, signer: person('second') }, { decision: 'refuse' })
    expect(codes({}, [second])).toEqual([['review-decision', 'record/rejection', 'rejected']])
  })

  it('not over a refusal of the same release out of another source, and not by an old word in a new bundle', () => {
    const signer = person('second')
    const members = { sourcePack: SHA, records: [SHA] }
    const before = reviewed({ index: 6, signer, signingAct: SHA })
    const refusal = reviewed({ index: 7, signer }, { decision: 'refuse', members })
    const refused = [['review-decision', 'record/rejection', 'rejected']]
    expect(codes({}, [before, refusal])).toEqual(refused)
    const copy = { ...before, sha256: digestOf('the same, indented') }
    expect(codes({ reviews: [REVIEW, copy] }, [before, refusal])).toEqual(refused)
    const again = reviewed({ index: 9, signer })
    expect(codes({ reviews: [REVIEW, again] }, [before, refusal])).toEqual([])
  })

  it('only by somebody whom the trust document names', () => {
    expect(codes({ adopter: undefined })).toEqual([
      ['adopter', 'record/adopter-unknown', 'missing'],
    ])
  })

  it('not by the producer alone', () => {
    const reviews = [reviewed({ signer: person('producer') })]
    expect(codes({ adopter: 'producer', reviews })).toEqual([
      ['adopter', 'record/not-independent', 'rejected'],
    ])
    expect(codes({ adopter: 'producer' })).toEqual([])
  })

  it('not over another set, or another release, of the same id (A-85)', () => {
    const about = { kind: 'set', id: RELEASE.artifactSetId, digest: SHA } as const
    const other = { ...foldedHeader('tracking', { index: 3 }), about } as Item
    expect(codes({}, [other])).toEqual([['ledger', 'record/contradiction', 'rejected']])
    const gate = foldedHeader('tracking', { index: 3, release: { gate: 'gate.release_target.x' } })
    expect(codes({}, [gate])).toEqual([['ledger', 'record/contradiction', 'rejected']])
  })
})

describe('A reviewer sees', () => {
  it('what comes in, from whom, and from where', () => {
    const sheet = describeReview(CANDIDATE, SOURCE, contextAmong([]))
    expect(sheet).toMatchObject({
      candidate: digestCandidate(CANDIDATE),
      sourcePack: SOURCE.pack,
      artifactSetId: RELEASE.artifactSetId,
      phase: RELEASE.phase,
      missingFamilies: [],
      policyMoves: [],
      producers: ['producer'],
      origin: 'local-proof',
    })
    expect(sheet.records).toHaveLength(6)
    expect(sheet.records[0]).toMatchObject({
      family: 'tracking',
      change: 'new',
      signer: 'producer',
    })
  })

  it('what is there already, and what would be replaced', () => {
    const [first, , , , old] = GENERATED as [Item, Item, Item, Item, Item]
    const older = foldedHeader('rollback', { index: 2, signer: 'somebody' })
    const replaced = { ...older, sha256: SHA } as Item
    expect(old.id).toBe(replaced.id)
    const { records } = describeReview(CANDIDATE, SOURCE, contextAmong([first, replaced]))
    expect(records.map(({ change }) => change)).toEqual([
      'known',
      'new',
      'new',
      'new',
      'replaces',
      'new',
    ])
    expect(records[4]).toMatchObject({ replaced: SHA })
    const newer = { ...replaced, reportedAt: '2026-04-11T00:00:00Z' }
    const beside = describeReview(CANDIDATE, SOURCE, contextAmong([first, newer])).records[4]
    expect(beside).toMatchObject({ change: 'new', beside: SHA })
    expect(beside).not.toHaveProperty('replaced')
  })

  it('who refused the release in this phase before, until they accept these records', () => {
    const refusal = reviewed(
      { index: 7, signer: person('second') },
      { decision: 'refuse', note: 'Not these', members: { sourcePack: SHA } },
    )
    const refusalsAmong = (items: readonly Item[]) =>
      describeReview(CANDIDATE, SOURCE, contextAmong(items)).refusals
    const { sha256 } = refusal
    expect(refusalsAmong([refusal])).toEqual([{ reviewer: 'second', sha256, note: 'Not these' }])
    const silent = reviewed({ index: 8, signer: person('third') }, { decision: 'refuse' })
    expect(refusalsAmong([silent])).toEqual([{ reviewer: 'third', sha256: silent.sha256 }])
    const change = reviewed({ index: 9, signer: person('second') })
    expect(refusalsAmong([refusal, change])).toEqual([])
  })

  it('what is missing, and which policies moved since the pack', () => {
    const candidate = { ...CANDIDATE, records: CANDIDATE.records.slice(1) }
    const sheet = describeReview(candidate, SOURCE, contextAmong([], { registry: MOVED }))
    expect(sheet.missingFamilies).toEqual(['tracking'])
    expect(sheet.policyMoves).toMatchObject([
      { id: 'release_tracking_policy.render_staging_rollout.bundle_identity' },
    ])
  })

  it('that nothing is known without policies and records', () => {
    const source = { ...SOURCE, records: [] }
    const sheet = describeReview(CANDIDATE, source, contextAmong([], { registry: undefined }))
    expect(sheet.policyMoves).toHaveLength(CANDIDATE.policies.length)
    expect(sheet.records[0]).not.toHaveProperty('signer')
    expect(sheet.producers).toEqual([])
  })
})
