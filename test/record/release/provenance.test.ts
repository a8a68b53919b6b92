import { describe, expect, it } from 'vitest'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { judgeProvenance } from '../../../src/record/release/provenance.ts'
import { BUILD_TYPES } from '../../../src/statement/index.ts'
import { digestOf } from '../../verify/release.ts'
import { foldedProvenance, foldedRecord, keySigner } from '../folded.ts'
import { contextAmong, foldedSbom, wholeProvenance, workflowSigner } from '../release-items.ts'
import { TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const TRACKED = foldedRecord(TRACKING, TRACKING_MEMBERS, { header: TRACKING_HEADER })
const ALL = [
  'source-revision',
  'build-workflow',
  'builder-identity',
  'artifact-digest',
  'dependency-snapshot',
]

function findingOf(
  items: Parameters<typeof contextAmong>[0],
  question?: Parameters<typeof judgeProvenance>[1],
) {
  return judgeProvenance(contextAmong([TRACKED, ...items]).evidence, question)
}

const { snapshot } = TRACKING_MEMBERS

describe('The provenance of a release', () => {
  it('is missing where there is none', () => {
    expect(findingOf([])).toMatchObject({
      signing: 'unsigned',
      accepted: [],
      claims: [],
      check: { outcome: 'missing', code: 'record/provenance-missing' },
    })
    expect(findingOf([foldedSbom(1)]).check.outcome).toBe('missing')
  })

  it('is accepted where it is of the commit that the records name', () => {
    const provenance = wholeProvenance(1)
    expect(findingOf([provenance], { snapshot })).toMatchObject({
      signing: 'signed-with-key',
      accepted: [{ sha256: provenance.sha256 }],
      claims: ALL,
      check: { outcome: 'accepted' },
    })
  })

  it.each<[string, Parameters<typeof foldedProvenance>[0]]>([
    ['of another commit', { commit: '0'.repeat(40) }],
    ['that names no commit', { claims: { source: { uri: 'https://git.example/team/app' } } }],
    ['that names no source', { claims: { source: undefined } }],
  ])('rejects one %s', (_, options) => {
    const standing = findingOf([foldedProvenance({ index: 1, ...options })])
    expect(standing.check).toMatchObject({
      outcome: 'rejected',
      checks: [{ code: 'record/provenance-source' }],
    })
    expect(standing.accepted).toEqual([])
  })

  it('is of no commit where no record names one', () => {
    const { evidence } = contextAmong([wholeProvenance(1)])
    const bound = { ...evidence, materials: [wholeProvenance(1)] } as typeof evidence
    expect(judgeProvenance(bound).check.checks).toMatchObject([
      { code: 'record/provenance-source', expected: 'the commit of the release' },
    ])
  })

  it('is externally attested by the holder of a certificate', () => {
    const byWorkflow = wholeProvenance(2, { signer: workflowSigner() })
    expect(findingOf([wholeProvenance(1), byWorkflow]).signing).toBe('externally-attested')
  })

  it('is looked at by name', () => {
    const good = wholeProvenance(1)
    const bad = foldedProvenance({ index: 2, commit: '0'.repeat(40) })
    expect(findingOf([good, bad]).check.outcome).toBe('rejected')
    expect(findingOf([good, bad], { named: [good.sha256] }).check.outcome).toBe('accepted')
    expect(findingOf([good], { named: [digestOf('another')] }).accepted).toEqual([])
  })

  it('is there, and the record does not name it', () => {
    const good = wholeProvenance(1)
    const bad = foldedProvenance({ index: 2, commit: '0'.repeat(40) })
    expect(findingOf([good, bad], { named: [] }).check).toMatchObject({
      outcome: 'missing',
      code: 'record/provenance-unnamed',
      expected: `sha256:${good.sha256}`,
      found: 'none named',
      hint: expect.stringContaining(`/${good.sha256}.sigstore.json`) as string,
    })
    expect(findingOf([bad], { named: [] }).check).toMatchObject({
      outcome: 'missing',
      code: 'record/provenance-missing',
    })
  })
})

describe('A provenance that several have to sign (A-26)', () => {
  const two = (principal: string, key = principal) => {
    const roles = [{ name: 'builder', threshold: 2 }]
    return { ...keySigner(principal), name: `${key}-key`, roles }
  }
  const by = (index: number, signer: ReturnType<typeof two>, claims = {}) =>
    wholeProvenance(index, { signer, claims })
  const ada = by(1, two('ada'))

  it.each<[string, readonly (typeof ada)[]]>([
    ['one of two', [ada]],
    ['one with two keys', [ada, by(2, two('ada', 'second'))]],
    ['two who say something else', [ada, by(2, two('bob'), { builderId: 'https://b.example' })]],
    ['somebody in another role', [ada, by(2, { ...two('bob'), roles: [] })]],
  ])('is missing where it is signed by %s', (_, items) => {
    const standing = findingOf(items)
    expect(standing.check).toMatchObject({
      outcome: 'missing',
      checks: items.map(() => ({ code: 'record/quorum' })),
    })
    expect([standing.accepted, standing.signing]).toEqual([[], 'unsigned'])
  })

  it('is accepted where two did, or where a role of the signer asks for one', () => {
    expect(findingOf([ada, by(2, two('bob'))])).toMatchObject({
      check: { outcome: 'accepted' },
      accepted: [{ index: 1 }, { index: 2 }],
    })
    const either = {
      ...two('ada'),
      roles: [...two('ada').roles, { name: 'release', threshold: 1 }],
    }
    expect(findingOf([by(1, either)]).check.outcome).toBe('accepted')
  })

  it('takes nothing away from another one while it waits', () => {
    expect(findingOf([ada, wholeProvenance(2)]).check.outcome).toBe('accepted')
    const other = foldedProvenance({ index: 3, commit: '0'.repeat(40) })
    expect(findingOf([ada, other]).check.outcome).toBe('rejected')
  })
})

describe('The claims of a provenance', () => {
  it.each<[string, object, string]>([
    ['a work tree that nobody speaks of', { sourceState: undefined }, 'source-revision'],
    ['no workflow', { workflow: undefined }, 'build-workflow'],
    ['no builder', { builderId: '' }, 'builder-identity'],
    [
      'another snapshot',
      { dependencies: [{ digest: { sha256: digestOf('x') } }] },
      'dependency-snapshot',
    ],
    ['a dependency without a digest', { dependencies: [{ uri: 'x' }] }, 'dependency-snapshot'],
  ])('lack one for %s', (_, claims, missing) => {
    const { claims: found } = findingOf([wholeProvenance(1, { claims })], { snapshot })
    expect(found).toEqual(ALL.filter((claim) => claim !== missing))
  })

  it('have the commit of a platform whose build type knows of no work tree', () => {
    const found = (buildType: string) =>
      findingOf([wholeProvenance(1, { claims: { sourceState: undefined, buildType } })]).claims
    expect(found(BUILD_TYPES.githubWorkflow)).toContain('source-revision')
    expect(found(BUILD_TYPES.gitlabJob)).toContain('source-revision')
    expect(found(BUILD_TYPES.local)).not.toContain('source-revision')
  })

  it.each(['dirty', 'absent', 'changed'])('are none of a work tree that is %s', (sourceState) => {
    const of = (state: string) => wholeProvenance(1, { claims: { sourceState: state } })
    expect(findingOf([of(sourceState)])).toMatchObject({
      signing: 'unsigned',
      accepted: [],
      claims: [],
      check: { outcome: 'rejected', checks: [{ code: 'record/provenance-source' }] },
    })
    expect(findingOf([of('clean')]).check.outcome).toBe('accepted')
  })

  it('lack the snapshot where no tracking record names one', () => {
    expect(findingOf([wholeProvenance(1)]).claims).not.toContain('dependency-snapshot')
  })

  it('are those of one provenance: claims of several do not add up', () => {
    const items = [
      wholeProvenance(1, { claims: { workflow: undefined } }),
      wholeProvenance(2, { claims: { builderId: '', workflow: undefined } }),
      wholeProvenance(3, { claims: { builderId: '' } }),
    ]
    expect(findingOf(items, { snapshot }).claims).toEqual(
      ALL.filter((claim) => claim !== 'build-workflow'),
    )
    expect(findingOf(items.toReversed(), { snapshot }).claims).toHaveLength(4)
  })
})
