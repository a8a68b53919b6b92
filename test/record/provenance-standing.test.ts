import { describe, expect, it } from 'vitest'
import { TRACKING } from '../../src/record/families/tracking.ts'
import { judgeProvenance } from '../../src/record/provenance-standing.ts'
import { digestOf } from '../verify/release.ts'
import { foldedProvenance, foldedRecord } from './folded.ts'
import { contextAmong, foldedSbom, wholeProvenance, workflowSigner } from './release-items.ts'
import { TRACKING_HEADER, TRACKING_MEMBERS } from './signed.ts'

const TRACKED = foldedRecord(TRACKING, TRACKING_MEMBERS, { header: TRACKING_HEADER })
const ALL = [
  'source-revision',
  'build-workflow',
  'builder-identity',
  'artifact-digest',
  'dependency-snapshot',
]

function standingOf(
  items: Parameters<typeof contextAmong>[0],
  question?: Parameters<typeof judgeProvenance>[1],
) {
  return judgeProvenance(contextAmong([TRACKED, ...items]).evidence, question)
}

const { snapshot } = TRACKING_MEMBERS

describe('The provenance of a release', () => {
  it('is missing where there is none', () => {
    expect(standingOf([])).toMatchObject({
      signing: 'unsigned',
      accepted: [],
      claims: [],
      check: { outcome: 'missing', code: 'record/provenance-missing' },
    })
    expect(standingOf([foldedSbom(1)]).check.outcome).toBe('missing')
  })

  it('is accepted where it is of the commit that the records name', () => {
    const provenance = wholeProvenance(1)
    expect(standingOf([provenance], { snapshot })).toMatchObject({
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
    const standing = standingOf([foldedProvenance({ index: 1, ...options })])
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
    expect(standingOf([wholeProvenance(1), byWorkflow]).signing).toBe('externally-attested')
  })

  it('is looked at by name', () => {
    const good = wholeProvenance(1)
    const bad = foldedProvenance({ index: 2, commit: '0'.repeat(40) })
    expect(standingOf([good, bad]).check.outcome).toBe('rejected')
    expect(standingOf([good, bad], { named: [good.sha256] }).check.outcome).toBe('accepted')
    expect(standingOf([good, bad], { named: [] }).check.outcome).toBe('missing')
    expect(standingOf([good], { named: [digestOf('another')] }).accepted).toEqual([])
  })
})

describe('The claims of a provenance', () => {
  it.each<[string, object, string]>([
    ['a work tree with changes', { sourceState: 'dirty' }, 'source-revision'],
    ['no work tree', { sourceState: 'absent' }, 'source-revision'],
    ['no workflow', { workflow: undefined }, 'build-workflow'],
    ['no builder', { builderId: '' }, 'builder-identity'],
    [
      'another snapshot',
      { dependencies: [{ digest: { sha256: digestOf('x') } }] },
      'dependency-snapshot',
    ],
    ['a dependency without a digest', { dependencies: [{ uri: 'x' }] }, 'dependency-snapshot'],
  ])('lack one for %s', (_, claims, missing) => {
    const { claims: found } = standingOf([wholeProvenance(1, { claims })], { snapshot })
    expect(found).toEqual(ALL.filter((claim) => claim !== missing))
  })

  it('lack the snapshot where no tracking record names one', () => {
    expect(standingOf([wholeProvenance(1)]).claims).not.toContain('dependency-snapshot')
  })

  it('are those of one provenance: claims of several do not add up', () => {
    const items = [
      wholeProvenance(1, { claims: { workflow: undefined } }),
      wholeProvenance(2, { claims: { builderId: '', workflow: undefined } }),
      wholeProvenance(3, { claims: { builderId: '' } }),
    ]
    expect(standingOf(items, { snapshot }).claims).toEqual(
      ALL.filter((claim) => claim !== 'build-workflow'),
    )
    expect(standingOf(items.toReversed(), { snapshot }).claims).toHaveLength(4)
  })
})
