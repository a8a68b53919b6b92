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
  readonly isUnsound?: boolean
}

function judge(
  requirements: readonly object[],
  { evidence = [], isStrict = false, isUnsound = false }: Asked = {},
): RequirementsFinding {
  const registry = registryOf(...requirements)
  const policy = registry.of('requirements').get(POLICY)
  if (policy === undefined) throw new Error(POLICY)
  const unsound = { name: 'records', outcome: 'error', message: 'Records are refused' } as const
  const subject = { release: RELEASE, commit: COMMIT, ...(isUnsound && { unsound }) }
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
    const found = judge(asks, { evidence: [smoked()], isUnsound: true })
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
    expect(missing.waivers.used).toMatchObject([{ outcome: 'missing' }])
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
    expect(found.waivers).toMatchObject({ used: [], unused: [said, said], idle: [] })
  })
})

describe('a blocker', () => {
  it('of evidence is cleared by it, or by settling what speaks against the release', () => {
    const [missing] = blockersIn(judge([draft({ select: SMOKE })]))
    expect(missing).toMatchObject({
      ...{ id: `${POLICY}#one`, list: 'requirements', outcome: 'missing' },
      clearing: { by: 'evidence', requirement: { select: SMOKE } },
    })
    expect(missing).not.toHaveProperty('waiver')
    const bad = smoked('rejected')
    const [rejected] = blockersIn(judge([draft({ select: SMOKE })], { evidence: [bad] }))
    expect(rejected).toMatchObject({
      outcome: 'rejected',
      clearing: { by: 'settling', against: [bad.sha256] },
    })
  })

  it('of policies is cleared by them, and of alternatives by enough of them', () => {
    const registry = registryOf(draft({ policies: [POLICY] }))
    const policy = registry.of('requirements').get(POLICY)!
    const over = { ...policy, expires: '2020-01-01T00:00:00Z' }
    const late = { ...registry, policies: new Map([[POLICY, over]]) }
    const finding = judgeRequirements({
      ...{ policy, registry: late, subject: { release: RELEASE }, evidence: indexOf() },
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

  it('keeps its outcome beside the waiver that is used for it', () => {
    const found = judge([draft({ select: SMOKE })], { evidence: [waiver(`${POLICY}#one`)] })
    expect(blockersIn(found)).toMatchObject([
      { outcome: 'missing', waiver: { check: `${POLICY}#one`, outcome: 'missing' } },
    ])
  })
})
