import { describe, expect, it } from 'vitest'
import { policyMoves } from '../../../src/record/policies/policy-moves.ts'
import {
  buildCandidate,
  digestCandidate,
  encodeCandidate,
  parseCandidate,
} from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { shippedRegistry } from '../registry.ts'
import { foldedHeader } from '../release-items.ts'
import { RELEASE, SET_DIGEST } from '../signed.ts'
import { CANDIDATE, candidateOf, GENERATED, type Item, SOURCE } from './released.ts'

describe('An adoption candidate', () => {
  it('holds the adoptable records of the pack, and the policies of its gate', () => {
    expect(CANDIDATE).toMatchObject({
      schema: 'assay/adoption-candidate/v1',
      release: RELEASE,
      set: SET_DIGEST,
      policy: 'release_record_adoption.render_staging_rollout.generated_bundle_import',
      sourcePack: SOURCE.pack,
      records: GENERATED.map(({ family, id, sha256 }) => ({ family, id, sha256 })),
    })
    const ids = CANDIDATE.policies.map(({ id }) => id)
    expect(ids).toContain('release_tracking_policy.render_staging_rollout.bundle_identity')
    expect(ids).not.toContain('release_tracking_policy.render_production_launch.bundle_identity')
  })

  it('leaves out what is replaced, of another phase, or not adoptable', () => {
    const again = foldedHeader('rollback', { index: 8, signer: 'producer' })
    const post = foldedHeader('smoke', { index: 9, phase: 'post-deploy-smoke-verified' })
    const review = { ...foldedHeader('smoke', { index: 10 }), family: 'review' } as Item
    const { id: _, ...without } = foldedHeader('smoke', { index: 11 })
    const records = [...GENERATED, again, post, review, without as Item]
    const names = candidateOf({ ...SOURCE, records }).records.map(({ sha256 }) => sha256)
    expect(names).toContain(again.sha256)
    expect(names).toHaveLength(GENERATED.length)
  })

  it('holds both of one id where the later is the older one: a failure is not left behind', () => {
    const failed = foldedHeader('rollback', { index: 8, signer: 'producer' })
    const again = { ...failed, sha256: digestOf('again'), signingAct: digestOf('again') }
    const namesOf = (last: Item) =>
      candidateOf({ ...SOURCE, records: [...GENERATED, failed, last] })
        .records.filter(({ id }) => id === failed.id)
        .map(({ sha256 }) => sha256)
    const older = { ...again, reportedAt: '2026-04-10T01:00:00Z' }
    expect(namesOf(older)).toEqual([failed.sha256, again.sha256])
    expect(namesOf(again)).toEqual([again.sha256])
  })

  it('names the bundles that the linkage names, whatever copies lie beside them', () => {
    const [tracking, ...rest] = GENERATED
    if (tracking === undefined) throw new Error('Expected records')
    const copy = { ...tracking, sha256: digestOf('a copy') }
    for (const records of [
      [copy, ...GENERATED],
      [...GENERATED, copy],
    ]) {
      expect(candidateOf({ ...SOURCE, records }).records).toEqual(CANDIDATE.records)
    }
    const alone = candidateOf({ ...SOURCE, records: [copy, ...rest] })
    expect(alone.records[0]?.sha256).toBe(copy.sha256)
  })

  it('is read as it was written, whatever its spaces', () => {
    const text = encodeCandidate(CANDIDATE)
    const read = parseCandidate(Buffer.from(text))
    expect(read).toEqual({ ok: true, value: CANDIDATE })
    const dense = parseCandidate(Buffer.from(JSON.stringify(JSON.parse(text))))
    if (!dense.ok) throw new Error('Expected a candidate')
    expect(digestCandidate(dense.value)).toBe(digestCandidate(CANDIDATE))
    const other = { ...CANDIDATE, sourcePack: digestOf('another') }
    expect(digestCandidate(other)).not.toBe(digestCandidate(CANDIDATE))
  })

  it.each<[string, string, string]>([
    ['no JSON', '{', 'record/candidate'],
    ['another document', JSON.stringify({ ...CANDIDATE, schema: 'x' }), 'record/member'],
    ['one with more', JSON.stringify({ ...CANDIDATE, adopter: 'me' }), 'record/member'],
    ['one without records', JSON.stringify({ ...CANDIDATE, records: [] }), 'record/member'],
  ])('is not %s', (_, text, code) => {
    expect(parseCandidate(Buffer.from(text))).toMatchObject({ ok: false, problems: [{ code }] })
  })
})

describe('A pack without a candidate', () => {
  const codesOf = (source: Partial<typeof SOURCE>) => {
    const built = buildCandidate({ ...SOURCE, ...source })
    return built.ok ? [] : built.problems.map(({ code }) => code)
  }

  it('has no records of the phase', () => {
    expect(codesOf({ phase: 'post-deploy-smoke-verified' })).toEqual(['record/missing'])
    expect(codesOf({ records: [] })).toEqual(['record/missing'])
    expect(codesOf({})).toEqual([])
  })

  it('has records of two sets', () => {
    const [first, ...rest] = GENERATED
    const about = { ...first?.about, digest: digestOf('another set') }
    expect(codesOf({ records: [...rest, { ...first, about } as Item] })).toEqual(['record/subject'])
  })

  it('has records of two releases', () => {
    const other = foldedHeader('smoke', { index: 7, release: { gate: 'gate.release_target.x' } })
    expect(codesOf({ records: [...GENERATED, other] })).toEqual(['record/contradiction'])
  })

  it('has no policy of adoptions for the target', () => {
    const registry = shippedRegistry((text) =>
      text.replaceAll('render_staging_rollout', 'elsewhere'),
    )
    expect(codesOf({ registry })).toEqual(['record/policy-unknown'])
  })

  it('has a release whose id is none', () => {
    const records = [foldedHeader('smoke', { release: { artifactSetId: 'nothing' } })]
    expect(codesOf({ records })).toEqual(['record/policy-unknown'])
  })
})

it('Policies move by a change, by coming and by going', () => {
  const then = [
    { id: 'a.same', sha256: '1' },
    { id: 'a.gone', sha256: '2' },
    { id: 'a.changed', sha256: '3' },
  ]
  const now = [
    { id: 'a.same', sha256: '1' },
    { id: 'a.come', sha256: '5' },
    { id: 'a.changed', sha256: '4' },
  ]
  expect(policyMoves(then, now)).toEqual([
    { id: 'a.changed', before: '3', after: '4' },
    { id: 'a.come', after: '5' },
    { id: 'a.gone', before: '2' },
  ])
})
