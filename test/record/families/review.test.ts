import { describe, expect, it } from 'vitest'
import { REVIEW, type Review } from '../../../src/record/families/review.ts'
import {
  COMMIT_SUBJECT,
  type FoldedOptions,
  foldedProvenance,
  foldedRecord,
  keySigner,
  viewAmong,
} from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'

const GOLDEN = goldenRecord(REVIEW)
const MEMBERS = GOLDEN.members as Review
const { tree } = MEMBERS.scope
const OTHER_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const FINDING = {
  id: 'F-3',
  severity: 'critical',
  trustCritical: true,
  title: 'Anybody can sign',
  resolved: false,
}
const RESOLVED = { ...FINDING, resolved: true, resolution: 'Only the release key can' }

const review = (members: object = {}, options?: FoldedOptions) =>
  foldedRecord(REVIEW, { ...MEMBERS, ...members }, { index: 5, ...options })
const provenance = (sourceTree = tree, index = 0) =>
  foldedProvenance({ index, claims: { sourceTree } })
const viewOf = (
  record: ReturnType<typeof review>,
  others: Parameters<typeof viewAmong>[2] = [provenance()],
) => viewAmong(REVIEW, record, [record, ...others])
const codesOf = ({ check }: ReturnType<typeof viewOf>) =>
  (check.checks ?? []).flatMap(({ code }) => code ?? [])

describe('A review', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:review:v1')
  })

  it('says what was read, and what was found', () => {
    expect(readWithout(REVIEW, MEMBERS)).toEqual({
      scope: ['record/member /scope'],
      reviewedAt: ['record/member /reviewedAt'],
      report: 'accepted',
      findings: ['record/member /findings'],
    })
  })

  it.each<[string, object, readonly string[]]>([
    [
      'what is resolved without saying how',
      { findings: [{ ...FINDING, resolved: true }] },
      ['record/member /findings/0'],
    ],
    [
      'a resolution of what is open',
      { findings: [{ ...RESOLVED, resolved: false }] },
      ['record/member /findings/0'],
    ],
    ['a finding twice', { findings: [FINDING, RESOLVED] }, ['record/member /findings']],
    [
      'another severity',
      { findings: [{ ...FINDING, severity: 'awful' }] },
      ['record/member /findings/0/severity'],
    ],
    [
      'a review of no file',
      { scope: { ...MEMBERS.scope, files: 0 } },
      ['record/member /scope/files'],
    ],
    ['an unknown member', { reviewer: 'us' }, ['record/member']],
    ['a judgement', { approved: true }, ['record/judgement /approved']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(REVIEW, { ...MEMBERS, ...changes })).toEqual(codes)
    expect(readMembers(REVIEW, { ...MEMBERS, findings: [RESOLVED] })).toBe('accepted')
  })
})

describe('The view of a review', () => {
  it('is that it is out of its place where it is about another commit', () => {
    const about = { kind: 'commit', commit: OTHER_TREE } as const
    const view = viewOf(review({}, { about }), [review({}, { index: 1 }), provenance()])
    expect(view).toMatchObject({ status: 'out-of-place', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/provenance-missing'])
  })

  it('is that it covers the tree that the set was built from, reported by who signed', () => {
    expect(viewOf(review())).toMatchObject({
      status: 'reviewed',
      check: { outcome: 'accepted' },
      facts: {
        reportedBy: 'operator',
        tree,
        manifest: MEMBERS.scope.manifest,
        files: 412,
        criticalOpen: 0,
        highOpen: 0,
        mediumOpen: 0,
        lowOpen: 1,
      },
    })
  })

  it('is that it covers another tree', () => {
    const view = viewOf(review(), [provenance(OTHER_TREE)])
    expect(view).toMatchObject({ status: 'other-tree', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/tree'])
  })

  it('is that it covers the tree of one provenance and not of another', () => {
    const view = viewOf(review(), [provenance(), provenance(OTHER_TREE, 1)])
    expect(view.status).toBe('other-tree')
    expect(viewOf(review(), [provenance(), foldedProvenance({ index: 1 })]).status).toBe('reviewed')
  })

  it('is that nothing says which tree the set was built from', () => {
    const view = viewOf(review(), [foldedProvenance()])
    expect(view).toMatchObject({ status: 'tree-unknown', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/tree'])
    expect(viewOf(review(), []).status).toBe('tree-unknown')
  })

  it('is that a finding is open which trust hangs on', () => {
    const view = viewOf(review({ findings: [FINDING] }))
    expect(view).toMatchObject({
      status: 'finding-open',
      check: { outcome: 'rejected' },
      facts: { criticalOpen: 1 },
    })
    expect(codesOf(view)).toEqual(['record/finding-open'])
    expect(viewOf(review({ findings: [{ ...FINDING, trustCritical: false }] })).status).toBe(
      'reviewed',
    )
  })
})

describe('A review of somebody who is no reviewer', () => {
  const heard = (findings: readonly object[], index = 5) =>
    review({ findings }, { index, signer: { ...keySigner('ben'), roles: [] } })

  it('is heard for what it found, and supports nothing', () => {
    expect(viewOf(heard([FINDING])).status).toBe('finding-open')
    const minor = viewOf(heard([{ ...FINDING, trustCritical: false }]))
    expect(minor).toMatchObject({
      status: 'not-counted',
      isAside: true,
      check: { outcome: 'rejected' },
    })
    expect(codesOf(minor)).toEqual(['record/role-general'])
  })

  it('decides nothing once that is resolved', () => {
    const reviewer = keySigner('sara', ['reviewer'])
    const roles = reviewer.roles.map((role) => ({
      ...role,
      predicateTypes: [REVIEW.predicateType],
    }))
    const answer = review({ findings: [RESOLVED] }, { index: 6, signer: { ...reviewer, roles } })
    expect(viewOf(heard([FINDING]), [provenance(), answer])).toMatchObject({
      status: 'not-counted',
      isAside: true,
    })
    expect(viewOf(answer, [provenance(), heard([FINDING])]).status).toBe('reviewed')
  })
})

describe('The last word on a finding', () => {
  const open = review({ findings: [FINDING] }, { index: 5 })
  const silent = review({}, { index: 6 })
  const resolved = review({ findings: [RESOLVED] }, { index: 7 })
  const among = (record: typeof open, ...others: readonly (typeof open)[]) =>
    viewOf(record, [provenance(), ...others])

  it('is that of the last review which names it: silence closes nothing', () => {
    expect(among(silent, open).status).toBe('finding-open')
    expect(among(silent, open, resolved).status).toBe('reviewed')
  })

  it('resolves what trust hangs on, and does not call it something else', () => {
    const minor = { ...FINDING, trustCritical: false, severity: 'low' }
    const called = review({ findings: [minor] }, { index: 6 })
    expect(among(called).status).toBe('reviewed')
    expect(among(called, open).status).toBe('finding-open')
    expect(among(called, open, resolved).status).toBe('reviewed')
  })

  it('opens it for the reviews before as well', () => {
    const again = review({ findings: [FINDING] }, { index: 8 })
    expect(among(resolved, open).status).toBe('reviewed')
    expect(among(resolved, open, again).status).toBe('finding-open')
  })

  it('may be of a review of the commit, where the set was built from it', () => {
    const ofCommit = review({ findings: [FINDING] }, { about: COMMIT_SUBJECT, index: 6 })
    expect(among(silent, ofCommit).status).toBe('finding-open')
    expect(among(silent, ofCommit, resolved).status).toBe('reviewed')
    expect(viewOf(silent, [ofCommit]).status).toBe('tree-unknown')
    expect(among(ofCommit, silent)).toMatchObject({
      status: 'finding-open',
      check: { checks: [{ name: 'about', outcome: 'accepted' }, {}, {}] },
    })
  })

  it('is the own one where the review does not count among the others', () => {
    const foreign = review({ findings: [FINDING] }, { about: COMMIT_SUBJECT, index: 6 })
    const view = viewOf(foreign, [review()])
    expect(view.status).toBe('finding-open')
    expect(codesOf(view)).toEqual([
      'record/provenance-missing',
      'record/tree',
      'record/finding-open',
    ])
  })
})
