import { describe, expect, it } from 'vitest'
import { foldRelease, type LedgerItem, type ReleaseReference } from '../../../src/record/index.ts'
import { COMMIT, digestOf, provenance, signedBundle, statement } from '../../verify/release.ts'
import { foldedSbom } from '../release-items.ts'
import {
  fileOf,
  judge,
  RELEASE,
  REVISION,
  SET,
  SET_DIGEST,
  statementOf,
  TRACKING_HEADER,
  TRACKING_MEMBERS,
} from '../signed.ts'

const ID = RELEASE.artifactSetId

function itemOf(file: Uint8Array, index: number): LedgerItem {
  const { record } = judge(file)
  if (record === undefined) throw new Error('Expected a record')
  return { ...record, index }
}

function tracked(index: number, changes: Partial<ReleaseReference> = {}, about = SET): LedgerItem {
  const header = { ...TRACKING_HEADER, release: { ...RELEASE, ...changes } }
  return itemOf(fileOf(statementOf('tracking', TRACKING_MEMBERS, { header, about })), index)
}

function built(index: number, commit = COMMIT, digest = SET_DIGEST): LedgerItem {
  const resolvedDependencies = [
    { uri: 'git+https://git.example/team/app@refs/tags/v1.2.0', digest: { gitCommit: commit } },
  ]
  const subject = [{ name: ID, digest: { sha256: digest, dirHash: digest } }]
  const predicate = provenance({ definition: { resolvedDependencies } })
  return itemOf(Buffer.from(JSON.stringify(signedBundle(statement({ subject, predicate })))), index)
}

function fold(
  items: readonly LedgerItem[],
  adopted?: readonly string[],
  commitItems: readonly LedgerItem[] = [],
) {
  return foldRelease({
    id: ID,
    items,
    commitItems: () => commitItems,
    ...(adopted !== undefined && { adopted: new Set(adopted) }),
  })
}

describe('The fold of a release', () => {
  it('keeps the records in ledger order, and what they agree on', () => {
    const { evidence, generated, conflicts } = fold([tracked(3), built(5)])
    expect(evidence).toMatchObject({
      id: ID,
      digest: SET_DIGEST,
      parts: { channel: 'staging', target: 'render_staging_rollout', release: 'v1.2.0' },
      records: [{ index: 3, family: 'tracking', isAdopted: false, isSuperseded: false }],
      materials: [{ index: 5, name: 'provenance' }],
    })
    expect([generated, conflicts]).toEqual([[], []])
  })

  it('lets a later record of the same id stand for an earlier one', () => {
    const { evidence } = fold([tracked(0), tracked(4, { phase: 'post-deploy-smoke-verified' })])
    expect(evidence.records.map(({ isSuperseded }) => isSuperseded)).toEqual([true, false])
  })

  it('counts no adoptable record of a project that nobody adopted', () => {
    const record = tracked(0)
    const { evidence, generated } = fold([record], [])
    expect(evidence.records).toEqual([])
    expect(generated).toMatchObject([{ sha256: record.sha256 }])
    expect(fold([record], [record.sha256]).evidence.records).toMatchObject([{ isAdopted: true }])
  })

  it('takes no word of what a release is from a record that nobody adopted', () => {
    const about = { ...SET, digest: digestOf('another set') }
    const stray = tracked(0, {}, about)
    const own = tracked(1)
    const { evidence, generated, conflicts } = fold([stray, own, built(2)], [own.sha256])
    expect(evidence).toMatchObject({ digest: SET_DIGEST, records: [{ index: 1 }] })
    expect(generated).toMatchObject([{ index: 0 }])
    expect(conflicts).toEqual([])
    expect(fold([stray, own]).conflicts).toMatchObject([{ code: 'record/contradiction' }])
  })

  it('compares evidence with nothing as long as no record counts', () => {
    const { evidence, conflicts } = fold([built(0)])
    expect([evidence.materials, conflicts]).toEqual([[], []])
  })

  it('holds what is about nothing', () => {
    const { evidence } = fold([])
    expect(evidence).not.toHaveProperty('digest')
    expect(evidence.commitRecords).toEqual([])
  })
})

describe('Records of two releases', () => {
  const other = { ...SET, digest: digestOf('another set') }
  const elsewhere = ID.replace('4711-1', '4712-1')

  it.each<[string, LedgerItem, string]>([
    ['another set under the same id', tracked(1, {}, other), 'record/contradiction'],
    ['another commit', tracked(1, { sourceRevision: '0'.repeat(40) }), 'record/contradiction'],
    ['another gate', tracked(1, { gate: 'gate.release_target.other' }), 'record/contradiction'],
    [
      'another approval record',
      tracked(1, { approvalRecord: 'release_approval.other.x' }),
      'record/contradiction',
    ],
    ['another stage', tracked(1, { deploymentStage: 'production' }), 'record/contradiction'],
    [
      'another id',
      tracked(
        1,
        { artifactSetId: elsewhere, run: '4712-1' },
        {
          ...SET,
          id: elsewhere,
        },
      ),
      'record/subject',
    ],
    ['a provenance of another set', built(1, COMMIT, digestOf('another set')), 'record/subject'],
  ])('never mix: %s', (_, second, code) => {
    const { evidence, conflicts } = fold([tracked(0), second])
    expect(conflicts.map((check) => check.code)).toEqual([code])
    expect(evidence.records).toHaveLength(1)
    expect(evidence.materials).toEqual([])
    const twin = fold([tracked(0), tracked(1, { phase: 'post-deploy-smoke-verified' }), built(2)])
    expect(twin.conflicts).toEqual([])
  })
})

describe('A provenance that names another set (A-74)', () => {
  const named = (subject: readonly object[]) =>
    itemOf(
      Buffer.from(
        JSON.stringify(signedBundle(statement({ subject: [...subject], predicate: provenance() }))),
      ),
      1,
    )
  const file = { name: 'a', digest: { sha256: SET_DIGEST } }
  const set = (name: string, digest: string) => ({
    name,
    digest: { sha256: digest, dirHash: digest },
  })

  it.each<[string, readonly object[], number]>([
    ['with the same bytes', [set('staging__other__v1__1', SET_DIGEST)], 0],
    [
      'beside the name of this one',
      [{ ...file, name: ID }, set('staging__other__v1__1', SET_DIGEST)],
      0,
    ],
    ['under the id of this one', [set(ID, digestOf('another set')), file], 0],
    ['beside this one', [set('staging__other__v1__1', digestOf('other')), set(ID, SET_DIGEST)], 1],
    ['or none', [file], 1],
  ])('is about that one alone: %s', (_, subject, count) => {
    expect(fold([tracked(0), named(subject)]).evidence.materials).toHaveLength(count)
  })
})

describe('Evidence of a commit', () => {
  const about = { kind: 'commit', commit: REVISION } as const
  const record = { ...tracked(9), about, release: undefined } as unknown as LedgerItem

  it('joins a set through its accepted provenance', () => {
    const { evidence } = fold([tracked(0), built(1)], undefined, [record])
    expect(evidence.commitRecords).toMatchObject([{ index: 9 }])
  })

  const changed = (changes: object) => {
    const item = built(1) as Extract<LedgerItem, { kind: 'material' }>
    return { ...item, ...changes, provenance: { ...item.provenance, ...changes } } as LedgerItem
  }

  it.each<[string, readonly LedgerItem[]]>([
    [
      'by a provenance of a work tree with changes',
      [tracked(0), changed({ sourceState: 'dirty' })],
    ],
    [
      'by a provenance that too few have signed',
      [
        tracked(0),
        changed({ signer: { ...built(1).signer, roles: [{ name: 'builder', threshold: 2 }] } }),
      ],
    ],
    ['by an SBOM', [tracked(0), foldedSbom(1)]],
    ['without a provenance', [tracked(0)]],
    ['by a provenance of another commit', [tracked(0), built(1, '0'.repeat(40))]],
    ['without a record that names the commit', [built(1)]],
  ])('does not join %s', (_, items) => {
    expect(fold(items, undefined, [record]).evidence.commitRecords).toEqual([])
  })

  it('does not join when it is of another commit', () => {
    const other = { ...record, about: { ...about, commit: '0'.repeat(40) } } as LedgerItem
    expect(
      fold([tracked(0), built(1)], undefined, [other, built(2)]).evidence.commitRecords,
    ).toEqual([])
  })
})

it('A release is folded under its id', () => {
  const input = { id: 'no set id', items: [], commitItems: () => [] }
  expect(() => foldRelease(input)).toThrow('artifact set id')
})
