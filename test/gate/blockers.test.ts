// What a policy of requirements comes to, its blockers, and what would clear each.

import { describe, expect, it } from 'vitest'
import {
  type Blocker,
  blockersOf,
  decidingLists,
  judgeRequirements,
  listsOf,
  outcomeOfJudgement,
  type RequirementsFinding,
} from '../../src/gate/index.ts'
import type { Evidence } from '../../src/policy/index.ts'
import { draft, POLICY, registryOf } from '../policy/requirement/documents.ts'
import { COMMIT, indexOf, NOW, piece, RELEASE, waiver } from './evidence.ts'

interface Asked {
  readonly evidence?: readonly Evidence[]
  readonly isStrict?: boolean
  readonly isRefused?: boolean
}

function judge(
  requirements: readonly object[],
  { evidence = [], isStrict = false, isRefused = false }: Asked = {},
): RequirementsFinding {
  const registry = registryOf(...requirements)
  const policy = registry.of('requirements').get(POLICY)
  if (policy === undefined) throw new Error(POLICY)
  const refused = { name: 'records', outcome: 'error', message: 'Records are refused' } as const
  const subject = { release: RELEASE, commit: COMMIT, against: isRefused ? [refused] : [] }
  const index = indexOf(...evidence)
  return judgeRequirements({ policy, registry, subject, evidence: index, now: NOW, isStrict })
}

function blockersIn(finding: RequirementsFinding): readonly Blocker[] {
  return blockersOf(finding.requirements, finding)
}

const SMOKE = { family: 'smoke' } as const
const smoked = (outcome: 'accepted' | 'rejected' = 'accepted') =>
  piece({
    ...SMOKE,
    computed: {
      ...{ status: 'told', outcome, facts: {} },
      reason: { name: 'smoke', outcome, message: 'Smoke' },
    },
  })

describe('a policy of requirements', () => {
  const asks = [draft({ select: SMOKE })]

  it('is go where everything is shown, and no-go where something is not', () => {
    const go = judge(asks, { evidence: [smoked()] })
    expect(go).toMatchObject({ decision: 'go', exceptions: [] })
    expect(outcomeOfJudgement(go)).toBe('accepted')
    expect(blockersIn(go)).toEqual([])
    const none = judge(asks)
    expect(none.decision).toBe('no-go')
    expect(outcomeOfJudgement(none)).toBe('missing')
    expect([listsOf(none), decidingLists(none)]).toEqual([[none.requirements], [none.requirements]])
  })

  it('is no-go where records of the release are refused, whatever is shown', () => {
    const found = judge(asks, { evidence: [smoked()], isRefused: true })
    expect(found.decision).toBe('no-go')
    expect(outcomeOfJudgement(found)).toBe('error')
  })

  it('is go by exception of what is outside, and not of what is missing, nor strictly', () => {
    const external = [draft({ select: SMOKE, external: true })]
    const evidence = [waiver(`${POLICY}#one`)]
    const found = judge(external, { evidence })
    expect(found).toMatchObject({
      decision: 'go-by-exception',
      exceptions: [{ check: `${POLICY}#one`, outcome: 'unverified' }],
    })
    expect(outcomeOfJudgement(found)).toBe('accepted')
    expect(judge(external).decision).toBe('no-go')
    expect(judge(external, { evidence, isStrict: true }).decision).toBe('no-go')
    const missing = judge(asks, { evidence })
    expect(missing).toMatchObject({ decision: 'no-go', exceptions: [] })
    expect(missing.waivers).toMatchObject({ used: [], ineffective: [{ outcome: 'missing' }] })
  })
})

describe('a waiver', () => {
  it('that says nothing that can be read is of nothing', () => {
    const broken = [
      waiver('', { predicate: [] }),
      waiver('', { predicate: { check: 7, owner: null } }),
    ]
    const found = judge([draft({ select: SMOKE })], { evidence: broken })
    const said = { check: '', owner: '', reason: '', expires: '' }
    expect(found.waivers).toMatchObject({
      used: [],
      ineffective: [],
      unused: [said, said],
      idle: [],
    })
  })
})

describe('a blocker', () => {
  it('of evidence is cleared by it: a first one, more of it, or another one than is there', () => {
    const [missing] = blockersIn(judge([draft({ select: SMOKE })]))
    expect(missing).toMatchObject({
      ...{ id: `${POLICY}#one`, list: 'requirements', outcome: 'missing' },
      clearing: { by: 'evidence', requirement: { select: SMOKE }, lack: 'all', unfit: [] },
    })
    expect(missing).not.toHaveProperty('waiver')
    const bad = smoked('rejected')
    const [rejected] = blockersIn(judge([draft({ select: SMOKE })], { evidence: [bad] }))
    expect(rejected).toMatchObject({
      outcome: 'rejected',
      clearing: { by: 'evidence', lack: 'fit', unfit: [{ sha256: bad.sha256, kind: 'smoke' }] },
    })
    const twice = draft({ select: SMOKE, least: 2 })
    const [short] = blockersIn(judge([twice], { evidence: [smoked()] }))
    expect(short).toMatchObject({ clearing: { by: 'evidence', lack: 'more', unfit: [] } })
    // What fits stays, whatever else is there that does not.
    const passed = draft({ select: SMOKE, least: 2, status: ['told'] })
    const other = { ...smoked(), computed: { ...smoked().computed, status: 'other' } }
    const [some] = blockersIn(judge([passed], { evidence: [smoked(), other] }))
    expect(some).toMatchObject({ clearing: { lack: 'more', unfit: [{ sha256: other.sha256 }] } })
  })

  it('of what is forbidden is cleared by settling it', () => {
    const bad = piece({
      family: 'incident',
      computed: {
        ...{ status: 'open', outcome: 'rejected', facts: {} },
        reason: { name: 'incident', outcome: 'rejected', message: 'It is open' },
      },
    })
    const select = { family: 'incident' }
    const none = draft({ none: [draft({ select, status: ['open'] }, 'incident')] })
    const [blocker] = blockersIn(judge([none], { evidence: [bad] }))
    expect(blocker).toMatchObject({
      id: `${POLICY}#one`,
      clearing: { by: 'settling', against: [{ select, piece: { sha256: bad.sha256 } }] },
    })
  })

  it('of a condition that can not be judged is cleared by the policy, at its place, and by no evidence', () => {
    // Nobody answers expressions here.
    const holds = [{ cel: 'predicate.x == 1' }]
    const [asked] = blockersIn(judge([draft({ select: SMOKE, holds })], { evidence: [smoked()] }))
    expect(asked).toMatchObject({
      outcome: 'error',
      clearing: { by: 'conditions', positions: [asked?.finding.position] },
    })
    const told = piece({ family: 'incident' })
    const incident = (more: object, id = 'incident') =>
      draft({ select: { family: 'incident' }, ...more }, id)
    const forbid = (...parts: readonly object[]) =>
      blockersIn(judge([draft({ none: parts })], { evidence: [told] }))
    expect(forbid(incident({ holds }))).toMatchObject([
      { outcome: 'error', clearing: { by: 'conditions', positions: [expect.any(String)] } },
    ])
    // What is sure is settled first; so is what nobody dates.
    const others = [[incident({ holds }), incident({}, 'other')], [incident({ fresh: '1d' })]]
    for (const parts of others) {
      expect(forbid(...parts)).toMatchObject([{ clearing: { by: 'settling' } }])
    }
  })

  it('of policies is cleared by them, and of alternatives by enough of them', () => {
    const registry = registryOf(draft({ policies: [POLICY] }))
    const policy = registry.of('requirements').get(POLICY)!
    const over = { ...policy, expires: '2020-01-01T00:00:00Z' }
    const late = { ...registry, policies: new Map([[POLICY, over]]) }
    const finding = judgeRequirements({
      ...{
        policy,
        registry: late,
        subject: { release: RELEASE, against: [] },
        evidence: indexOf(),
      },
      ...{ now: NOW, isStrict: false },
    })
    expect(blockersIn(finding)).toMatchObject([{ clearing: { by: 'policies', ids: [POLICY] } }])
    const any = draft({ any: [draft({ select: SMOKE }, 'two'), draft({ select: SMOKE }, 'three')] })
    const [blocker] = blockersIn(judge([any]))
    expect(blocker?.clearing).toMatchObject({
      by: 'parts',
      parts: [{ id: `${POLICY}#two` }, { id: `${POLICY}#three` }],
    })
  })

  it('is each part by itself of requirements that all have to hold, with its own waiver', () => {
    const review = { family: 'review', about: 'commit' }
    const all = draft({
      all: [draft({ select: SMOKE }, 'two'), draft({ select: review }, 'three')],
    })
    const waived = waiver(`${POLICY}#three`)
    const both = blockersIn(judge([all], { evidence: [waived] }))
    expect(both.map(({ id }) => id)).toEqual([`${POLICY}#two`, `${POLICY}#three`])
    const [open] = blockersIn(judge([all], { evidence: [smoked(), waived] }))
    expect(open).toMatchObject({ id: `${POLICY}#three`, outcome: 'missing' })
  })

  it('of a policy whose time is over is cleared by the policy, whatever it asks for is there', () => {
    const registry = registryOf(draft({ all: [draft({ select: SMOKE }, 'two')] }))
    const policy = { ...registry.of('requirements').get(POLICY)!, expires: '2020-01-01T00:00:00Z' }
    const late = { ...registry, policies: new Map([[POLICY, policy]]) }
    const finding = judgeRequirements({
      ...{
        policy,
        registry: late,
        subject: { release: RELEASE, against: [] },
        evidence: indexOf(smoked()),
      },
      ...{ now: NOW, isStrict: false },
    })
    expect(finding.decision).toBe('no-go')
    expect(blockersIn(finding)).toMatchObject([
      { id: `${POLICY}#one`, outcome: 'stale', clearing: { by: 'policies', ids: [POLICY] } },
    ])
  })

  it('of a part is made an exception of by a waiver of exactly its id, or of the whole', () => {
    const all = draft({
      all: [draft({ select: SMOKE }, 'two'), draft({ select: SMOKE, external: true }, 'three')],
    })
    const outside = draft({
      all: [draft({ select: { family: 'canary' }, external: true }, 'two')],
    })
    const [open] = blockersIn(judge([outside]))
    expect(open?.id).toBe(`${POLICY}#two`)
    for (const id of [`${POLICY}#two`, `${POLICY}#one`]) {
      const waived = judge([outside], { evidence: [waiver(id)] })
      expect(waived).toMatchObject({
        decision: 'go-by-exception',
        exceptions: [{ check: id, outcome: 'unverified' }],
        waivers: { unused: [] },
      })
      expect(blockersIn(waived)).toMatchObject([{ id: `${POLICY}#two`, waiver: { check: id } }])
      const strict = judge([outside], { evidence: [waiver(id)], isStrict: true })
      expect(strict.decision).toBe('no-go')
    }
    // Of a whole with something missing in it nothing is made good, by whichever of the two.
    for (const id of [`${POLICY}#three`, `${POLICY}#one`]) {
      expect(judge([all], { evidence: [waiver(id)] }).decision).toBe('no-go')
    }
  })

  it('keeps its outcome beside the waiver that is used for it', () => {
    const found = judge([draft({ select: SMOKE })], { evidence: [waiver(`${POLICY}#one`)] })
    expect(blockersIn(found)).toMatchObject([
      { outcome: 'missing', waiver: { check: `${POLICY}#one`, outcome: 'missing' } },
    ])
  })
})
