// What speaks against a release, or the commit of the next one, among the releases of a project: whatever its evidence shows.

import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/index.ts'
import { judgeSoundness } from '../../src/gate/index.ts'
import { ADOPTION } from '../../src/record/families/adoption.ts'
import { INCIDENT } from '../../src/record/families/incident.ts'
import { POLICY } from '../policy/requirement/documents.ts'
import { foldedRecord } from '../record/folded.ts'
import { goldenRecord } from '../record/golden-record.ts'
import { RELEASE, SET } from '../record/signed.ts'
import {
  ANYWHERE,
  askedOf,
  codeOf,
  type Item,
  NEXT,
  REFUSED,
  registryWith,
  SMOKED,
  STAGED,
  tracked,
  WEB,
} from './asked-project.ts'
import { headerOf, judgedView, supersededAt, trackedAt, withdrawnAt } from './judged-view.ts'
import { STAGING } from './states.ts'

/** What came of it does not matter here: that it is there does. */
const recordAt =
  (family: Parameters<typeof foldedRecord>[0], policy?: string) =>
  (index: number, id: string): Item => {
    // Records that it names are those of the release.
    const text = JSON.stringify(goldenRecord(family).members)
    const members = JSON.parse(text.replaceAll(RELEASE.artifactSetId, id)) as JsonObject
    return foldedRecord(family, members, {
      ...{ index, about: { ...SET, id }, header: headerOf(id), phase: 'pre-deploy-candidate' },
      ...(policy !== undefined && { policy }),
    })
  }
const adoptedAt = recordAt(
  ADOPTION,
  'release_record_adoption.render_staging_rollout.generated_bundle_import',
)
const incidentAt = recordAt(INCIDENT)

describe('what speaks against a release', () => {
  const OLD = [trackedAt(1, STAGED(1))]
  const GONE = [trackedAt(10, STAGED(2)), withdrawnAt(11, STAGED(2))]

  it('is that a newer one was withdrawn, and nobody named the one before it', () => {
    const releases = { [STAGED(1)]: OLD, [STAGED(2)]: GONE }
    for (const asked of [STAGING, POLICY]) {
      const { subject, evidence } = askedOf(asked, releases)
      expect(subject.release?.id).toBe(STAGED(2))
      expect(subject.against[0]).toMatchObject({
        code: 'gate/release-withdrawn',
        found: STAGED(2),
        hint: `Name the one before it: --release ${STAGED(1)}`,
      })
      // Nothing of the one before it is told as its own.
      const around = { release: subject.release, now: 0 }
      expect(evidence.select({ family: 'tracking' }, around)).toHaveLength(1)
      expect(evidence.select({ family: 'withdrawal' }, around)).toHaveLength(1)
      expect(codeOf(askedOf(asked, releases, { named: STAGED(1) }))).toBeUndefined()
    }
    // One that is older than it is nothing that it fell back from.
    const older = { [STAGED(2)]: GONE, [STAGED(3)]: [trackedAt(20, STAGED(3))] }
    expect(codeOf(askedOf(STAGING, older))).toBeUndefined()
  })

  it('is that all were withdrawn, and nobody named the commit of the next one', () => {
    const candidate = NEXT
    const releases = { [STAGED(2)]: GONE }
    const ask = (more: object) => askedOf(STAGING, releases, { candidate, ...more })
    expect(ask({}).subject).toMatchObject({
      commit: candidate.commit,
      against: [{ code: 'gate/release-fallback', found: STAGED(2) }],
    })
    expect(codeOf(ask({ candidate: undefined }))).toBe('gate/release-fallback')
    expect(codeOf(ask({ namedCommit: candidate.commit }))).toBeUndefined()
    const refused = { ...candidate, refused: [REFUSED] }
    expect(codeOf(ask({ candidate: refused }))).toBe('gate/records-refused')
    expect(codeOf(askedOf(STAGING, {}, { candidate: refused }))).toBe('gate/records-refused')
    expect(codeOf(askedOf(STAGING, {}, { candidate }))).toBeUndefined()
    expect(askedOf(STAGING, {}).subject).toEqual({ against: [] })
  })

  it('is that a newer one is not adopted any more, whatever that was for', () => {
    const adopted = adoptedAt(10, STAGED(2))
    const releases = { [STAGED(1)]: OLD, [STAGED(2)]: [adopted, incidentAt(12, STAGED(2))] }
    expect(askedOf(STAGING, releases).subject).toMatchObject({
      release: { id: STAGED(2) },
      against: [
        {
          ...{ code: 'gate/release-fallback', outcome: 'missing', found: STAGED(2) },
          hint: `Name the one before it: --release ${STAGED(1)}`,
        },
      ],
    })
    expect(codeOf(askedOf(STAGING, releases, { named: STAGED(1) }))).toBeUndefined()
    const alone = { [STAGED(2)]: [adopted] }
    const commit = RELEASE.sourceRevision
    const candidate = { ...NEXT, commit }
    expect(
      askedOf(STAGING, alone, { candidate, namedCommit: commit }).subject.against[0],
    ).toMatchObject({
      code: 'gate/release-fallback',
      hint: `Ask about it: --release ${STAGED(2)}`,
    })
    const other = { ...candidate, commit: 'c'.repeat(40) }
    expect(
      codeOf(askedOf(STAGING, alone, { candidate: other, namedCommit: other.commit })),
    ).toBeUndefined()
  })

  it('is that the commit which is named is the one of a release that was withdrawn', () => {
    const commit = RELEASE.sourceRevision
    const candidate = { ...NEXT, commit }
    const releases = { [STAGED(2)]: GONE }
    const asked = askedOf(STAGING, releases, { candidate, namedCommit: commit })
    expect(asked.subject.against[0]).toMatchObject({
      ...{ code: 'gate/release-withdrawn', outcome: 'rejected', found: STAGED(2) },
    })
  })

  it('is that the release which is named was not built from the commit which is named', () => {
    const releases = { [STAGED(1)]: OLD }
    const of = (namedCommit: string) =>
      askedOf(STAGING, releases, { named: STAGED(1), namedCommit })
    expect(of('c'.repeat(40)).subject.against[0]).toMatchObject({
      ...{ code: 'gate/release-commit', outcome: 'rejected', found: RELEASE.sourceRevision },
    })
    expect(codeOf(of(RELEASE.sourceRevision))).toBeUndefined()
    const bare = { named: WEB(1), namedCommit: RELEASE.sourceRevision }
    expect(askedOf(POLICY, { [WEB(1)]: [] }, bare).subject.against[0]?.found).toMatch('no commit')
  })

  it('is that the commit which is named is that of a release that was withdrawn, and never used', () => {
    const commit = RELEASE.sourceRevision
    const of = (releases: Parameters<typeof askedOf>[1], asked = commit) =>
      askedOf(STAGING, releases, { namedCommit: asked, candidate: { ...NEXT, commit: asked } })
    const newest = [trackedAt(20, STAGED(3), 'd'.repeat(40))]
    const releases = { [STAGED(2)]: [withdrawnAt(11, STAGED(2))], [STAGED(3)]: newest }
    expect(of(releases).subject).toMatchObject({
      ...{ commit, against: [{ code: 'gate/release-withdrawn', found: STAGED(2) }] },
    })
    // What is in the making is the next one.
    expect(codeOf(of({ [STAGED(1)]: [], [STAGED(3)]: newest }))).toBeUndefined()
    expect(of({ [STAGED(1)]: OLD, [STAGED(3)]: newest }).subject.against).toMatchObject([
      { code: 'gate/commit-released', hint: `Ask about it: --release ${STAGED(1)}` },
    ])
    expect(codeOf(of({ [STAGED(1)]: OLD, [STAGED(3)]: newest }, NEXT.commit))).toBeUndefined()
    expect(of({ [STAGED(3)]: newest }, 'd'.repeat(40)).subject.release?.id).toBe(STAGED(3))
  })

  it('is a release that was built from the commit, and of which records are refused', () => {
    const releases = { [STAGED(1)]: OLD, [STAGED(2)]: [] }
    const of = (refused: Readonly<Record<string, number>>) =>
      askedOf(STAGING, releases, { namedCommit: NEXT.commit, candidate: NEXT, refused })
    expect(codeOf(of({}))).toBeUndefined()
    expect(codeOf(of({ [STAGED(1)]: 1 }))).toBeUndefined()
    // Of which nobody knows what it was built from.
    expect(codeOf(of({ [STAGED(2)]: 1 }))).toBe('gate/records-refused')
  })

  it('is that another release stands in its place', () => {
    const replaced = { [STAGED(1)]: [...OLD, supersededAt(9, STAGED(1))] }
    for (const asked of [STAGING, POLICY]) {
      for (const named of [undefined, STAGED(1)]) {
        const { subject } = askedOf(asked, replaced, { ...(named !== undefined && { named }) })
        expect(subject.release?.id).toBe(STAGED(1))
        expect(subject.against[0]).toMatchObject({
          ...{ code: 'gate/release-superseded', outcome: 'stale', found: STAGED(1) },
        })
      }
    }
  })

  it('is no withdrawal of what never came into use, as far as the ledger knows', () => {
    const releases = { [STAGED(1)]: OLD, [STAGED(2)]: [withdrawnAt(11, STAGED(2))] }
    for (const asked of [STAGING, POLICY]) {
      expect(codeOf(askedOf(asked, releases))).toBeUndefined()
    }
  })

  it('takes the place of a release from its adoption, and not from what was generated before', () => {
    const early = [trackedAt(1, STAGED(2)), adoptedAt(30, STAGED(2))]
    const late = [trackedAt(10, STAGED(1)), adoptedAt(20, STAGED(1))]
    const releases = { [STAGED(1)]: late, [STAGED(2)]: early }
    for (const asked of [STAGING, POLICY]) {
      expect(askedOf(asked, releases).subject.release?.id).toBe(STAGED(2))
    }
  })

  it('is a record of it that is refused, or of one beside it that may be newer', () => {
    const releases = { ...tracked(STAGED(1), STAGED(2), STAGED(3)), [STAGED(4)]: [] }
    const ask = (refused: Readonly<Record<string, number>>, named = STAGED(2)) =>
      askedOf(STAGING, releases, { refused, named }).subject.against[0]
    expect(ask({})).toBeUndefined()
    expect(ask({ [STAGED(1)]: 1 })).toBeUndefined()
    expect(ask({ [STAGED(2)]: 1 })).toMatchObject({ found: STAGED(2) })
    expect(ask({ [STAGED(3)]: 1 })).toMatchObject({ found: STAGED(3) })
    // Of which nothing counts: when it was first tracked, nobody knows.
    expect(ask({ [STAGED(4)]: 1 })).toMatchObject({
      code: 'gate/records-refused',
      found: STAGED(4),
    })
    const others = { ...releases, [WEB(9)]: [], preview__render_staging_rollout__v9__9: [] }
    const asked = askedOf(STAGING, others, {
      refused: { [WEB(9)]: 1, preview__render_staging_rollout__v9__9: 1 },
    })
    expect(codeOf(asked)).toBeUndefined()
  })
})

it('records of a release are unsound where one is refused, or they contradict each other', () => {
  const view = judgedView([trackedAt(1, STAGED(1))], { id: STAGED(1) })
  const registry = registryWith(ANYWHERE, SMOKED)
  expect(judgeSoundness(view, registry, [])).toBeUndefined()
  expect(judgeSoundness(view, registry, [REFUSED])).toMatchObject({
    ...{ outcome: 'rejected', code: 'gate/records-refused', found: STAGED(1) },
  })
  const summary = { ...view.summary, isConsistent: false }
  expect(judgeSoundness({ ...view, summary }, registry, [])).toBeDefined()
})
