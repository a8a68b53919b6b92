// The exception window of the shipped playbook (seed ruling 39), with each of its conditions broken by itself.

import { describe, expect, it } from 'vitest'
import {
  type ControlFinding,
  outcomeOfPlaybook,
  summarizePlaybook,
} from '../../../src/gate/index.ts'
import {
  ADMIN,
  approvalOf,
  controlWith,
  EXCEPTED,
  FILES,
  judge,
  OWNER,
  POLICY,
  PROOF,
  type Question,
  RUNBOOK,
  SIGNED,
  SUMMARIES,
  summary,
  verificationOf,
  wordOf,
} from './playbook-world.ts'

/** Nobody shows the rules; an administrator looked at them. */
const OPEN: Question = { closure: undefined, more: [verificationOf()] }
const UNVERIFIED = summary('unverified', { [EXCEPTED]: 'unverified' })
const verified = (...parts: Parameters<typeof verificationOf>): Question => ({
  ...OPEN,
  more: [verificationOf(...parts)],
})
const without = (path: string) =>
  Object.fromEntries(Object.entries(FILES).filter(([name]) => name !== path))
const automation = { ...ADMIN, kind: 'automation' } as const

describe('the exception', () => {
  it('is of one control, which is no condition of its own', () => {
    expect(POLICY.exception.id).toBe(EXCEPTED)
    expect(POLICY.exception.runbook).toBe(RUNBOOK)
    expect(POLICY.controls.map(({ id }) => id)).not.toContain(EXCEPTED)
  })

  it('lets that control be unverified, and says so', () => {
    const found = judge(OPEN)
    expect(found).toMatchObject({
      decision: 'go-by-exception',
      exception: { control: EXCEPTED, isUsed: true, check: { outcome: 'accepted' } },
    })
    expect(wordOf(found, EXCEPTED)).toBe('unverified')
    const control = found.controls.find(({ id }) => id === EXCEPTED)
    expect(control?.check.code).toBe('gate/playbook-external')
    expect(outcomeOfPlaybook(found)).toBe('accepted')
    const told = summarizePlaybook(found)
    expect([told.status, told.firstFailing]).toEqual(['unverified', undefined])
  })

  it('covers the summaries that are unverified for that control alone', () => {
    const files = { ...FILES, [SUMMARIES[0]]: UNVERIFIED, [SUMMARIES[1]]: UNVERIFIED }
    const more = [verificationOf(files)]
    expect(judge({ ...OPEN, files, more }).decision).toBe('go-by-exception')
    expect(judge({ files, more }).decision).toBe('go-by-exception')
  })

  it('is not asked for where the control is shown', () => {
    const found = judge({ more: [verificationOf()] })
    expect([found.decision, found.exception]).toEqual(['go', undefined])
  })

  it('makes nothing good where it is strict', () => {
    const found = judge({ ...OPEN, isStrict: true })
    expect(found).toMatchObject({ decision: 'no-go', exception: { isUsed: false } })
    expect(outcomeOfPlaybook(found)).toBe('unverified')
    expect(summarizePlaybook(found)).toMatchObject({
      status: 'unverified',
      firstFailing: { id: EXCEPTED, owner: 'administrators' },
    })
  })

  const failing: ControlFinding = controlWith(
    { ...POLICY.exception, id: 'other', section: '3' },
    { name: 'other', outcome: 'rejected', message: 'No' },
  )
  const open: ControlFinding = controlWith(
    { ...POLICY.exception, id: 'other', section: '3' },
    { name: 'other', outcome: 'unverified', message: 'Nobody knows' },
  )
  const refusedControl = controlWith(POLICY.exception, {
    name: 'closure',
    outcome: 'rejected',
    message: 'The rules are not enforced',
  })

  it.each<readonly [string, Question]>([
    ['nobody verified it by hand', { closure: undefined }],
    ['a program did', verified(FILES, { signer: automation })],
    ['somebody else did', verified(FILES, { signer: OWNER })],
    [
      'the verification says that it failed',
      verified(FILES, { predicate: { failedTests: ['github-ruleset-manual-verification'] } }),
    ],
    [
      'it is refused',
      verified(FILES, { computed: { ...verificationOf().computed, outcome: 'rejected' } }),
    ],
    ['it names no runbook', verified(without(RUNBOOK))],
    [
      'it names another runbook',
      { ...verified({ ...FILES, [RUNBOOK]: 'other words' }), signed: without(RUNBOOK) },
    ],
    ['others name another runbook', { ...OPEN, signed: { ...FILES, [RUNBOOK]: 'other words' } }],
    ['the runbook is not there', { ...OPEN, files: without(RUNBOOK), signed: FILES }],
    ['nothing is attached', verified(without(PROOF))],
    ['what is attached is not there', { ...OPEN, files: without(PROOF), signed: FILES }],
    [
      'a governance report failed',
      {
        ...OPEN,
        files: { ...FILES, 'artifacts/branch_protection_policy_report.json': { status: 'failed' } },
      },
    ],
    [
      'another one is unverified',
      {
        ...OPEN,
        files: {
          ...FILES,
          'artifacts/branch_protection_policy_report.json': { status: 'unverified' },
        },
      },
    ],
    [
      'a report is loose',
      { ...OPEN, signed: without('artifacts/replay_determinism_report.json'), files: FILES },
    ],
    [
      'a report is missing',
      { ...OPEN, files: without('artifacts/replay_determinism_report.json') },
    ],
    ['a job is missing', { ...OPEN, evidence: SIGNED.slice(1) }],
    [
      'a summary is unverified for another control',
      {
        ...OPEN,
        files: {
          ...FILES,
          [SUMMARIES[0]]: summary('unverified', { [EXCEPTED]: 'unverified', other: 'unverified' }),
        },
      },
    ],
    ['a summary is loose', { ...OPEN, signed: without(SUMMARIES[0]), files: FILES }],
    ['another control failed', { ...OPEN, further: [failing] }],
    ['another control is unverified', { ...OPEN, further: [open] }],
    ['the control itself failed', { ...OPEN, closure: refusedControl }],
    ['nobody decided', { ...OPEN, evidence: SIGNED.slice(0, 1) }],
    ['one alone decided', { ...OPEN, evidence: [SIGNED[0], approvalOf(OWNER)] }],
  ])('is not made where %s', (_, question) => {
    const found = judge(question)
    expect(found.decision).toBe('no-go')
    expect(found.exception?.isUsed ?? false).toBe(false)
    expect(outcomeOfPlaybook(found)).not.toBe('accepted')
  })

  it('is of what the project can not force, whatever else is called by its name', () => {
    const check = { name: 'trigger', outcome: 'accepted', message: 'Quiet' } as const
    const other = controlWith({ ...POLICY.exception, section: '5' }, check)
    const found = judge({ closure: undefined, further: [other] })
    const own = found.controls.filter(({ id }) => id === EXCEPTED)
    expect(own.map(({ section, word }) => [section, word])).toEqual([
      ['2.5', 'unverified'],
      ['5', 'passed'],
    ])
    expect(found.decision).toBe('no-go')
    expect(judge({ further: [other] }).decision).toBe('go')
  })

  it('is not made where nobody looked for the files', () => {
    const { exception } = judge({ ...OPEN, rest: { reports: new Map() } })
    const absent = exception?.check.checks?.filter(({ code }) => code === 'gate/report-absent')
    expect(absent).toHaveLength(2)
  })

  it('names what stands in its way', () => {
    const found = judge({ ...OPEN, evidence: SIGNED.slice(1) })
    const failed = found.exception?.check.checks?.find(({ name }) => name === 'failed')
    expect(failed).toMatchObject({ code: 'gate/playbook-exception' })
    expect(failed?.found).toContain('"runtime_canary"')
    const told = judge({ ...verified(without(PROOF)) }).exception?.check.checks
    expect(told?.map(({ outcome }) => outcome)).toContain('missing')
  })

  it('makes nothing good of records that are not sound', () => {
    const refused = { name: 'records', outcome: 'rejected', message: 'Refused' } as const
    const { subject } = judge()
    const rest = { subject: { ...subject, against: [refused] } }
    for (const question of [{}, OPEN]) {
      const found = judge({ ...question, rest })
      expect([found.decision, outcomeOfPlaybook(found)]).toEqual(['no-go', 'rejected'])
      expect(summarizePlaybook(found).status).toBe('failed')
    }
  })

  it('is told apart by the order of sections alone', () => {
    const late = { ...failing, section: '2.10' }
    const found = judge({ further: [failing, late, { ...late, id: 'first', section: '2' }] })
    const sections = found.controls.map(({ section }) => section)
    expect(sections[0]).toBe('2')
    expect(sections.slice(-4)).toEqual(['2.5', '2.10', '3', '6'])
  })
})
