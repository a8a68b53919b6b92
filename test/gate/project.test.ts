// What gates and policies of requirements are asked about, among the releases of a project.

import { describe, expect, it } from 'vitest'
import type { EvidenceIndex } from '../../src/policy/index.ts'
import { SMOKE } from '../../src/record/families/smoke.ts'
import { POLICY } from '../policy/requirement/documents.ts'
import { foldedRecord } from '../record/folded.ts'
import { goldenRecord } from '../record/golden-record.ts'
import { POLICIES } from '../record/release-items.ts'
import { RELEASE, SET } from '../record/signed.ts'
import {
  ANYWHERE,
  askedOf,
  codeOf,
  LOOKS_BACK,
  NEXT,
  registryWith,
  SMOKED,
  STAGED,
  tracked,
  WEB,
} from './asked-project.ts'
import { headerOf, trackedAt, withdrawnAt } from './judged-view.ts'
import { STAGING } from './states.ts'

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
    expect(askedOf(POLICY, ALL, { scope }).subject).toEqual({ against: [] })
  })

  it('takes the newest by the ledger, in whatever order releases are looked at', () => {
    const turned = Object.fromEntries(Object.entries(ALL).toReversed())
    expect(askedOf(POLICY, turned).subject.release?.id).toBe(STAGED(4))
  })

  it('is asked about the release that is named, also where the ledger holds nothing of it', () => {
    expect(askedOf(POLICY, ALL, { named: WEB(1) }).subject.release?.id).toBe(WEB(1))
    const absent = askedOf(POLICY, ALL, { named: WEB(9) })
    expect(absent.subject).toMatchObject({
      release: { id: WEB(9), target: 'web', channel: 'production' },
      against: [{ code: 'gate/subject-unknown', outcome: 'missing', found: WEB(9) }],
    })
    expect(absent.current).toBeUndefined()
    const { subject } = askedOf(POLICY, ALL, { named: 'no release' })
    expect([subject.release, subject.against[0]?.code]).toEqual([undefined, 'gate/subject-unknown'])
  })

  it('is asked about the commit that is named, unless the newest release was built from it', () => {
    const asked = (namedCommit: string) =>
      askedOf(POLICY, ALL, { namedCommit, candidate: { ...NEXT, commit: namedCommit } }).subject
    expect(asked(NEXT.commit)).toEqual({ commit: NEXT.commit, against: [] })
    expect(asked(RELEASE.sourceRevision).release?.id).toBe(STAGED(4))
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
    expect(askedOf(STAGING, releases).subject).toEqual({ against: [] })
    const [web] = [askedOf(POLICY, tracked(WEB(1)))]
    expect(web?.current).toMatchObject({ id: WEB(1), isSound: true })
    expect(web?.current).not.toHaveProperty('gate')
    expect(web?.subject.against).toEqual([])
  })

  it('is no-go for a withdrawn release that is named, as a gate is', () => {
    const id = STAGED(1)
    const releases = { [id]: [trackedAt(1, id), withdrawnAt(2, id)] }
    for (const asked of [POLICY, STAGING]) {
      expect(codeOf(askedOf(asked, releases, { named: id }))).toBe('gate/release-withdrawn')
    }
  })
})

describe('the line of releases', () => {
  it('has the release that is named, also where nothing of it counts', () => {
    const found = askedOf(POLICY, { [WEB(1)]: [] }, { named: WEB(1) })
    expect(found.subject.release).toMatchObject({ id: WEB(1), target: 'web' })
    expect(askedOf(POLICY, { [WEB(1)]: [] }).subject).toEqual({ against: [] })
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
      against: [{ code: 'gate/release-withdrawn', found: STAGED(3) }],
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
