// What gates and policies of requirements are asked about, among the releases of a project.

import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/index.ts'
import { type GateProject, judgeSoundness } from '../../src/gate/index.ts'
import type { EvidenceIndex } from '../../src/policy/index.ts'
import { ADOPTION } from '../../src/record/families/adoption.ts'
import { INCIDENT } from '../../src/record/families/incident.ts'
import { SMOKE } from '../../src/record/families/smoke.ts'
import { POLICY } from '../policy/requirement/documents.ts'
import { goldenRecord } from '../record/golden-record.ts'
import { foldedRecord } from '../record/folded.ts'
import { POLICIES } from '../record/release-items.ts'
import { RELEASE, SET } from '../record/signed.ts'
import {
  ANYWHERE,
  askedOf,
  type Item,
  LOOKS_BACK,
  REFUSED,
  registryWith,
  SMOKED,
  STAGED,
  WEB,
} from './asked-project.ts'
import { headerOf, judgedView, trackedAt, withdrawnAt } from './judged-view.ts'
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

const tracked = (...ids: readonly string[]) =>
  Object.fromEntries(ids.map((id, index) => [id, [trackedAt(index * 10, id)]]))

describe('a policy of requirements', () => {
  const ALL = tracked(WEB(1), WEB(2), WEB(3, 'preview'), STAGED(4))

  it.each<readonly [object, string]>([
    [ANYWHERE, STAGED(4)],
    [{ ...ANYWHERE, targets: ['web'] }, WEB(3, 'preview')],
    [{ ...ANYWHERE, targets: ['web'], channels: ['production'] }, WEB(2)],
    [{ ...ANYWHERE, channels: ['preview'] }, WEB(3, 'preview')],
  ])('of the scope %j is asked about the newest release of it', (scope, id) => {
    expect(askedOf(POLICY, ALL, { scope }).subject.release?.id).toBe(id)
  })

  it('of another scope is asked about none', () => {
    const scope = { ...ANYWHERE, targets: ['api'] }
    expect(askedOf(POLICY, ALL, { scope }).subject).toEqual({})
  })

  it('takes the newest by the ledger, in whatever order releases are looked at', () => {
    const turned = Object.fromEntries(Object.entries(ALL).toReversed())
    expect(askedOf(POLICY, turned).subject.release?.id).toBe(STAGED(4))
  })

  it('is asked about the release that is named, also where the ledger holds nothing of it', () => {
    expect(askedOf(POLICY, ALL, { named: WEB(1) }).subject.release?.id).toBe(WEB(1))
    const absent = askedOf(POLICY, ALL, { named: WEB(9) })
    expect(absent.subject).toEqual({
      release: { id: WEB(9), target: 'web', channel: 'production' },
    })
    expect(absent.current).toBeUndefined()
    expect(askedOf(POLICY, ALL, { named: 'no release' }).subject).toEqual({})
  })

  it('needs no tracking record, as a gate does, and no gate', () => {
    const smoke = foldedRecord(SMOKE, goldenRecord(SMOKE).members, {
      ...{
        index: 7,
        about: { ...SET, id: STAGED(1) },
        phase: 'post-deploy-smoke-verified',
        policy: POLICIES.smoke,
      },
      header: headerOf(STAGED(1)),
    })
    const releases = { [STAGED(1)]: [smoke] }
    expect(askedOf(POLICY, releases).subject.release?.id).toBe(STAGED(1))
    expect(askedOf(STAGING, releases).subject).toEqual({})
    const [web] = [askedOf(POLICY, tracked(WEB(1)))]
    expect(web?.current).toMatchObject({ id: WEB(1), isSound: true })
    expect(web?.current).not.toHaveProperty('gate')
    expect(web?.subject).not.toHaveProperty('unsound')
  })

  it('is no-go for a withdrawn release that is named, as a gate is', () => {
    const id = STAGED(1)
    const releases = { [id]: [trackedAt(1, id), withdrawnAt(2, id)] }
    for (const asked of [POLICY, STAGING]) {
      expect(codeOf(askedOf(asked, releases, { named: id }))).toBe('gate/release-withdrawn')
    }
  })
})

const codeOf = ({ subject }: GateProject) => subject.unsound?.code

describe('what speaks against a release', () => {
  const OLD = [trackedAt(1, STAGED(1))]
  const GONE = [trackedAt(10, STAGED(2)), withdrawnAt(11, STAGED(2))]

  it('is that a newer one was withdrawn, and nobody named the one before it', () => {
    const releases = { [STAGED(1)]: OLD, [STAGED(2)]: GONE }
    for (const asked of [STAGING, POLICY]) {
      const { subject, evidence } = askedOf(asked, releases)
      expect(subject.release?.id).toBe(STAGED(2))
      expect(subject.unsound).toMatchObject({
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
    const candidate = { commit: 'c'.repeat(40), records: [], refused: [], isNamed: false }
    const releases = { [STAGED(2)]: GONE }
    const ask = (more: object) => askedOf(STAGING, releases, { candidate, ...more })
    expect(ask({}).subject).toMatchObject({
      commit: candidate.commit,
      unsound: { code: 'gate/release-fallback', found: STAGED(2) },
    })
    expect(codeOf(ask({ candidate: undefined }))).toBe('gate/release-fallback')
    expect(codeOf(ask({ candidate: { ...candidate, isNamed: true } }))).toBeUndefined()
    const refused = { ...candidate, refused: [REFUSED] }
    expect(codeOf(ask({ candidate: refused }))).toBe('gate/records-refused')
    expect(codeOf(askedOf(STAGING, {}, { candidate: refused }))).toBe('gate/records-refused')
    expect(codeOf(askedOf(STAGING, {}, { candidate }))).toBeUndefined()
    expect(askedOf(STAGING, {}).subject).toEqual({})
  })

  it('is that a newer one is not adopted any more, whatever that was for', () => {
    const adopted = adoptedAt(10, STAGED(2))
    const releases = { [STAGED(1)]: OLD, [STAGED(2)]: [adopted, incidentAt(12, STAGED(2))] }
    expect(askedOf(STAGING, releases).subject).toMatchObject({
      release: { id: STAGED(2) },
      unsound: {
        ...{ code: 'gate/release-fallback', outcome: 'missing', found: STAGED(2) },
        hint: `Name the one before it: --release ${STAGED(1)}`,
      },
    })
    expect(codeOf(askedOf(STAGING, releases, { named: STAGED(1) }))).toBeUndefined()
    const alone = { [STAGED(2)]: [adopted] }
    const candidate = { commit: RELEASE.sourceRevision, records: [], refused: [], isNamed: true }
    expect(askedOf(STAGING, alone, { candidate }).subject.unsound).toMatchObject({
      code: 'gate/release-fallback',
      hint: `Ask about it: --release ${STAGED(2)}`,
    })
    const other = { ...candidate, commit: 'c'.repeat(40) }
    expect(codeOf(askedOf(STAGING, alone, { candidate: other }))).toBeUndefined()
  })

  it('is that the commit which is named is the one of a release that was withdrawn', () => {
    const candidate = { commit: RELEASE.sourceRevision, records: [], refused: [], isNamed: true }
    expect(askedOf(STAGING, { [STAGED(2)]: GONE }, { candidate }).subject.unsound).toMatchObject({
      ...{ code: 'gate/release-withdrawn', outcome: 'rejected', found: STAGED(2) },
    })
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
      askedOf(STAGING, releases, { refused, named }).subject.unsound
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

describe('the line of releases', () => {
  it('has the release that is named, also where nothing of it counts', () => {
    const found = askedOf(POLICY, { [WEB(1)]: [] }, { named: WEB(1) })
    expect(found.subject.release).toMatchObject({ id: WEB(1), target: 'web' })
    expect(askedOf(POLICY, { [WEB(1)]: [] }).subject).toEqual({})
  })

  it('is about the newest that was withdrawn, in whatever order they are looked at', () => {
    const gone = (at: number, run: number) => [
      trackedAt(at, STAGED(run)),
      withdrawnAt(at + 1, STAGED(run)),
    ]
    const releases = {
      [STAGED(1)]: [trackedAt(1, STAGED(1))],
      [STAGED(3)]: gone(20, 3),
      [STAGED(2)]: gone(10, 2),
    }
    const { subject } = askedOf(STAGING, releases)
    expect(subject).toMatchObject({
      release: { id: STAGED(3) },
      unsound: { code: 'gate/release-withdrawn', found: STAGED(3) },
    })
  })
})

describe('evidence about other releases', () => {
  const releases = tracked(STAGED(1), STAGED(2))
  const ofGate = ({ evidence }: { readonly evidence: EvidenceIndex }) =>
    evidence
      .select(
        { family: 'tracking', about: 'gate' },
        { release: { id: '', target: 'render_staging_rollout', channel: 'staging' }, now: 0 },
      )
      .map(({ release }) => release?.id)

  it('is there for what looks back, and for nothing else', () => {
    const back = registryWith(ANYWHERE, LOOKS_BACK)
    expect(ofGate(askedOf(POLICY, releases, { registry: back }))).toEqual([STAGED(1), STAGED(2)])
    expect(ofGate(askedOf(POLICY, releases))).toEqual([STAGED(2)])
    // The shipped gate asks for no release but its own.
    expect(ofGate(askedOf(STAGING, releases, { registry: back }))).toEqual([STAGED(2)])
    const gate = registryWith(ANYWHERE, SMOKED, { ...LOOKS_BACK, id: 'looks-back' })
    expect(ofGate(askedOf(STAGING, releases, { registry: gate }))).toEqual([STAGED(1), STAGED(2)])
  })
})
