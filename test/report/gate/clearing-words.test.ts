// What clears a blocker, in words: what is lacking is asked for, and nothing that is there.

import { describe, expect, it } from 'vitest'
import type { Check } from '../../../src/core/index.ts'
import type { Blocker, Clearing, HeldWaiver } from '../../../src/gate/index.ts'
import type { EvidenceRequirement, UnfitPiece } from '../../../src/policy/index.ts'
import { clearingWords } from '../../../src/report/gate/clearing-words.ts'
import {
  obstacleClearing,
  obstacleMessage,
  obstacleReasons,
} from '../../../src/report/gate/formats/told-gates.ts'

const RELEASE = { id: 'staging__web__v1.2.0__4711-1', target: 'web', channel: 'staging' } as const
const BLOCKER = {
  id: 'policy.mine#one',
  outcome: 'rejected',
  subject: { release: RELEASE, against: [] },
} as const

const wordsOf = (clearing: Clearing, more: Partial<Blocker> = {}) =>
  clearingWords(clearing, { ...BLOCKER, ...more })

const asking = (select: EvidenceRequirement['select'], more: object = {}): EvidenceRequirement =>
  ({ id: 'one', title: 'One', select, ...more }) as EvidenceRequirement

const piece = (kind: string, code?: string): UnfitPiece => ({
  ...{ sha256: 'a'.repeat(64), index: 7, kind, signer: { name: 'alice', kind: 'person' } },
  reasons:
    code === undefined ? [] : [{ name: 'one', outcome: 'rejected', message: 'It is not', code }],
})

it('asks for more where there is too little, and says what another one has to be', () => {
  const approval = asking({ family: 'approval', scope: 'launch' }, { distinct: 'principals' })
  const more = wordsOf({ by: 'evidence', requirement: approval, lack: 'more', unfit: [] })
  expect(more.words).toBe('more of a record (approval) as it is expected, by somebody else')
  const weekly = asking({ family: 'test-result' }, { least: 3, apart: '7d' })
  expect(wordsOf({ by: 'evidence', requirement: weekly, lack: 'more', unfit: [] }).words).toBe(
    'more of a record (test-result) as it is expected, each signed 7d or more after the one before',
  )
  const smoke = asking({ family: 'review' }, { least: 2 })
  expect(wordsOf({ by: 'evidence', requirement: smoke, lack: 'more', unfit: [] }).words).toBe(
    'more of a record (review) as it is expected',
  )
  const unfit = [piece('approval', 'record/quorum')]
  const other = wordsOf({ by: 'evidence', requirement: approval, lack: 'fit', unfit })
  expect(other.words).toMatch(/, by one more person$/)
  expect(other.commands).toEqual([expect.stringContaining('--scope launch --decision approve')])
  const unknown = [piece('approval', 'record/other')]
  const third = wordsOf({ by: 'evidence', requirement: approval, lack: 'fit', unfit: unknown })
  expect(third.words).toMatch(/, in the place of what is there$/)
})

it('names the documents that a test result has to name', () => {
  const holds = [
    { at: '/predicate/passedTests', includes: 'scope-approved' },
    { at: '/predicate/configuration', includes: { name: 'the scope' } },
    { at: '/predicate/configuration', includes: { digest: { sha256: 'ab' } } },
    { at: '/predicate/configuration', includes: { name: { first: 'x' } } },
    { at: '/predicate/configuration', includes: 'x' },
    { at: '/predicate/configuration', includes: { name: 'a=b' } },
    { at: '/predicate/other', includes: { name: 'other' } },
    { cel: 'true' },
  ]
  const commandOf = (family: 'test-result' | 'review') =>
    wordsOf({
      ...{ by: 'evidence', lack: 'all', unfit: [] },
      requirement: asking({ family }, { holds }),
    }).commands.at(-1)
  expect(commandOf('test-result')).toMatch(
    / --from REPORT --digest-of 'configuration:the scope=DOCUMENT'$/,
  )
  expect(commandOf('review')).not.toContain('the scope')
  const free = asking({ family: 'test-result' })
  const { commands } = wordsOf({ by: 'evidence', lack: 'all', unfit: [], requirement: free })
  expect(commands[0]).toMatch(/ --from REPORT$/)
})

it('says who signs, and what makes evidence live', () => {
  const requirement = asking({
    ...{ family: 'provenance', role: 'release', signerKind: 'automation' },
    origin: 'live-workflow',
  })
  const { words, commands } = wordsOf({ by: 'evidence', requirement, lack: 'all', unfit: [] })
  expect(words).toBe(
    'provenance as it is expected, signed by automation, signed in the role "release", of the origin live-workflow, signed by a CI workflow under a root that the trust document declares live (assay trust add-root --live)',
  )
  expect(commands.join()).not.toMatch(/live-workflow|role/)
  expect(commands[0]).toContain(' --sigstore ')
  const smoke = asking({ family: 'smoke', origin: 'live-workflow' })
  const live = wordsOf({ by: 'evidence', requirement: smoke, lack: 'all', unfit: [] })
  expect(live.words).toMatch(/, asked at the address of the target, and adopted/)
  const local = asking({ family: 'smoke', origin: 'local-proof' })
  const other = wordsOf({ by: 'evidence', requirement: local, lack: 'all', unfit: [] })
  expect(other.words).toContain(', of the origin local-proof, and adopted')
  expect(other.commands[0]).not.toContain('--sigstore')
})

it('settles an incident, a drift and a rejection; a withdrawal by another release alone', () => {
  const settle = (kind: 'incident' | 'deployment' | 'approval' | 'withdrawal' | 'review') => {
    const scoped = kind === 'approval' ? { scope: 'rollout' } : {}
    const one = { select: { family: kind } as const, piece: { ...piece(kind), ...scoped } }
    return wordsOf({ by: 'settling', against: [one, one] })
  }
  expect(settle('incident')).toMatchObject({
    words: expect.stringMatching(/^close the incident/),
    commands: [expect.stringContaining('assay record incident --release-id')],
  })
  expect(settle('deployment').commands).toHaveLength(1)
  expect(settle('approval').commands).toEqual([expect.stringContaining('--scope rollout')])
  expect(settle('withdrawal')).toMatchObject({ commands: [] })
  expect(settle('review')).toEqual({ words: 'settle what review says against it', commands: [] })
})

it('says where conditions stand that can not be judged, and offers no evidence', () => {
  const positions = ['mine.yaml, line 9, column 5', 'mine.yaml, line 12, column 5']
  expect(wordsOf({ by: 'conditions', positions })).toEqual({
    words: `conditions of the policy that can be judged of what is there, at ${positions.join('; ')}`,
    commands: [],
  })
})

it('names policies, and of alternatives each with its own commands', () => {
  const policies = { by: 'policies', ids: ['policy.mine'] } as const
  expect(wordsOf(policies)).toMatchObject({ words: expect.stringContaining('policy.mine') })
  const smoke = asking({ family: 'smoke' })
  const part = { by: 'evidence', requirement: smoke, lack: 'all', unfit: [] } as const
  const both = wordsOf({
    by: 'parts',
    parts: [
      { id: 'policy.mine#two', clearing: part },
      { id: 'policy.mine#three', clearing: policies },
    ],
  })
  expect(both.words).toMatch(/^enough of these: policy\.mine#two by .*; policy\.mine#three by /)
  expect(both.commands).toEqual([
    expect.stringContaining('assay record smoke'),
    expect.stringContaining('assay record adoption propose'),
  ])
})

it('offers a waiver of exactly the id that is shown, where one has effect and there is none', () => {
  const requirement = asking({ family: 'canary' })
  const clearing: Clearing = { by: 'evidence', requirement, lack: 'all', unfit: [] }
  const last = (more: Partial<Blocker>) => wordsOf(clearing, more).commands.at(-1)
  expect(last({ outcome: 'unverified' })).toContain("--check 'policy.mine#one'")
  expect(last({ outcome: 'missing' })).not.toContain('waiver')
  const waiver: HeldWaiver = {
    sha256: 'b'.repeat(64),
    check: BLOCKER.id,
    owner: 'op',
    reason: 'known',
    expires: '2026-05-01T00:00:00Z',
    outcome: 'unverified',
  }
  expect(last({ outcome: 'unverified', waiver })).not.toContain('waiver')
})

it('tells of records that are refused or lost: which, why, and what clears them', () => {
  const key: Check = {
    name: 'key',
    outcome: 'rejected',
    message: 'Nobody',
    code: 'verify/key-unknown',
  }
  const refused: Check = {
    name: 'record',
    outcome: 'rejected',
    message: 'Record 5f0c at entry 7: not accepted',
    checks: [key],
  }
  const lost: Check = {
    name: 'record',
    outcome: 'missing',
    message: 'entry 8: not there',
    code: 'host/file-missing',
  }
  const check: Check = {
    name: 'release-records',
    outcome: 'rejected',
    code: 'gate/records-refused',
    message: 'Records are not accepted',
    found: `${RELEASE.id}, commit abc`,
    checks: [refused, lost, ...Array.from({ length: 9 }, () => lost)],
  }
  const obstacle = { id: 'gate#release-records', check }
  const reasons = obstacleReasons(obstacle)
  expect(reasons.slice(0, 2)).toEqual([
    'Record 5f0c at entry 7: not accepted: Nobody [verify/key-unknown]',
    'entry 8: not there [host/file-missing]',
  ])
  expect(reasons.at(-1)).toBe('3 more')
  expect(obstacleClearing(obstacle)).toMatchObject({
    words: expect.stringMatching(/^bring back what is not there; /),
    commands: [expect.stringContaining(`assay record withdrawal --release-id ${RELEASE.id}`)],
  })
  expect(obstacleMessage(obstacle)).toContain('Because: entry 8')
  const whole = { ...obstacle, check: { ...check, checks: [refused] } }
  expect(obstacleClearing(whole)?.words).toMatch(/^let the trust document/)
})

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['verify/key-unknown', /^let the trust document name who signed, if they may; or withdraw/],
  ['verify/role-missing', /^let the trust document give who signed a role .*; or withdraw/],
  ['record/role-general', /^let the trust document give who signed a role .*; or withdraw/],
  ['verify/parameter-unexpected', /^let the trust document expect such a build .*; or withdraw/],
  ['verify/key-compromised', /^what a compromised key signed counts no more; withdraw/],
  ['record/contradiction', /^what contradicts the others stays in the ledger; withdraw/],
  ['verify/subject-missing', /^a record that is not accepted stays in the ledger; withdraw/],
]

/** A record that is refused for these codes. */
function refusedFor(...codes: readonly string[]): Check {
  const why = codes.map(
    (code): Check => ({ name: 'why', outcome: 'rejected', message: code, code }),
  )
  return { name: 'record', outcome: 'rejected', message: 'Record 5f0c', checks: why }
}

function clearingOf(found: string, ...checks: readonly Check[]) {
  const code = 'gate/records-refused'
  const facts = { message: 'Records are not accepted', found, checks } as const
  return obstacleClearing({ check: { name: 'records', outcome: 'rejected', code, ...facts } })
}

describe('records that are refused are cleared by what clears them', () => {
  it.each(REFUSED)('%s', (code, words) => {
    const cleared = clearingOf(RELEASE.id, refusedFor(code))
    expect(cleared?.words).toMatch(words)
    expect(cleared?.commands).toEqual([expect.stringContaining('assay record withdrawal')])
  })

  it('by nothing but another release where one of them, or one of its reasons, is cleared by nothing', () => {
    const [known, lost] = [refusedFor('verify/key-unknown'), refusedFor('verify/key-compromised')]
    const words =
      'what a compromised key signed counts no more; withdraw the release, and make another one'
    expect(clearingOf(RELEASE.id, known, lost)?.words).toBe(words)
    const both = refusedFor('verify/role-missing', 'verify/key-compromised')
    expect(clearingOf(RELEASE.id, both)?.words).toBe(words)
  })

  it('before there is a release, by another commit', () => {
    const cleared = clearingOf('commit abc', refusedFor('record/contradiction'))
    expect(cleared?.words).toMatch(/; make the next release from another commit$/)
    expect(cleared?.commands).toEqual([])
  })
})
