import { describe, expect, it } from 'vitest'
import { buildCommandMembers, COMMAND, type Command } from '../../../src/record/families/command.ts'
import type { CommandRun } from '../../../src/record/observation/index.ts'
import {
  COMMIT_SUBJECT,
  type FoldedOptions,
  foldedProvenance,
  foldedRecord,
  viewAmong,
} from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { ranCommand } from '../ran-command.ts'
import { readMembers, readWithout } from '../reading.ts'
import { shippedRegistry } from '../registry.ts'

const GOLDEN = goldenRecord(COMMAND)
const MEMBERS = GOLDEN.members as Command
const OTHER_COMMIT = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const EVIDENCE = 'evidence.staging.cloud_preflight'

/** The definition with three commands that have to run one after the other. */
const UNDER_POLICIES = {
  registry: shippedRegistry((text, name) =>
    name.endsWith('staging/cloud-preflight.yaml')
      ? text.replace('recordedBy:', 'checks: [one, two, three]\nrecordedBy:')
      : text,
  ),
}

const sequence = (...names: readonly string[]) => ({
  ...MEMBERS,
  commands: names.map((name) => ranCommand(name)),
})
const failing = (...names: readonly string[]) => ({
  ...MEMBERS,
  commands: names.map((name, index) => ranCommand(name, index === names.length - 1 ? 1 : 0)),
})

const command = (members: object = MEMBERS, options?: FoldedOptions) =>
  foldedRecord(COMMAND, members, options)
const viewOf = (members: object) => {
  const record = command(members)
  return viewAmong(COMMAND, record, [record])
}
const judge = (members: object) => {
  const record = command(members, { evidence: EVIDENCE })
  return viewAmong(COMMAND, record, [record], UNDER_POLICIES)
}
const codesOf = ({ check }: ReturnType<typeof viewOf>) =>
  (check.checks ?? []).flatMap(({ code }) => code ?? [])

describe('A command record', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:command:v1')
  })

  it('says what ran, where and when', () => {
    expect(readWithout(COMMAND, MEMBERS)).toEqual({
      commit: ['record/member /commit'],
      startedAt: ['record/member /startedAt'],
      endedAt: ['record/member /endedAt'],
      commands: ['record/member /commands'],
      notRun: ['record/member /notRun'],
    })
  })

  it.each<[string, object, readonly string[]]>([
    [
      'another commit than its release has',
      { commit: OTHER_COMMIT },
      ['record/contradiction /commit'],
    ],
    ['an end before its start', { endedAt: '2026-04-10T12:00:00Z' }, ['record/contradiction']],
    [
      'a start that is no time',
      { startedAt: 'soon' },
      ['record/member /startedAt', 'record/contradiction'],
    ],
    [
      'a command twice',
      { commands: [ranCommand('a'), ranCommand('a')] },
      ['record/member /commands'],
    ],
    [
      'a command without words',
      { commands: [{ ...ranCommand('a'), arguments: [] }] },
      ['record/member /commands/0/arguments'],
    ],
    [
      'an exit code that none is',
      { commands: [ranCommand('a', -1)] },
      ['record/member /commands/0/exitCode'],
    ],
    ['what ran and did not run', { notRun: ['install'] }, ['record/contradiction']],
    [
      'a program without a name',
      { commands: [{ ...ranCommand('a'), arguments: [''] }] },
      ['record/member /commands/0'],
    ],
    [
      'a signal that none is',
      { commands: [{ ...ranCommand('a', 143), signal: 'hangup' }] },
      ['record/member /commands/0/signal'],
    ],
    ['an unknown member', { shell: 'bash' }, ['record/member']],
    ['a judgement', { outcome: 'passed' }, ['record/judgement /outcome']],
    [
      'an argument that opens something (A-119)',
      {
        commands: [{ ...ranCommand('a'), arguments: ['curl', 'https://ci:secret@host.example/'] }],
      },
      ['record/secret /commands/0/arguments/1'],
    ],
    [
      'an option that opens something by its name',
      { commands: [{ ...ranCommand('a'), arguments: ['deploy', '--token', 'hunter2'] }] },
      ['record/secret /commands/0/arguments/1'],
    ],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(COMMAND, { ...MEMBERS, ...changes })).toEqual(codes)
    expect(readMembers(COMMAND, MEMBERS)).toBe('accepted')
  })
})

describe('buildCommandMembers()', () => {
  it('makes members of a run that the family reads', () => {
    const { commit, ...run } = MEMBERS
    expect(buildCommandMembers(run as CommandRun, commit)).toEqual(MEMBERS)
  })
})

describe('The view of a command record', () => {
  it('is that all commands ended well, reported by who signed', () => {
    expect(viewOf(MEMBERS)).toMatchObject({
      status: 'completed',
      check: { outcome: 'accepted' },
      facts: {
        reportedBy: 'operator',
        commands: ['install', 'preflight'],
        required: [],
        reports: [MEMBERS.commands[1]?.reports[0]?.sha256],
        endedAt: '2026-04-10T12:10:42Z',
      },
    })
  })

  it('is that one failed', () => {
    const view = viewOf(failing('one', 'two'))
    expect(view).toMatchObject({ status: 'failed', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/check-failed'])
  })

  it('is that nothing ran', () => {
    const view = viewOf(sequence())
    expect(view).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/check-missing'])
  })

  it('is that a command was not reached, or a report not written', () => {
    const interrupted = { ...sequence('one'), notRun: ['two'], interruptedBy: 'SIGTERM' }
    const silent = {
      ...MEMBERS,
      commands: [{ ...ranCommand('one'), missingReports: ['junit.xml'] }],
    }
    for (const members of [interrupted, silent]) {
      const view = viewOf(members)
      expect(view).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
      expect(codesOf(view)).toEqual(['record/check-missing'])
    }
    const stopped = { ...failing('one', 'two'), notRun: ['three'] }
    expect(viewOf(stopped)).toMatchObject({ status: 'failed', check: { outcome: 'rejected' } })
  })

  it('is about the commit that it ran in', () => {
    const ofCommit = (commit: string) => {
      const record = command({ ...MEMBERS, commit }, { about: COMMIT_SUBJECT, index: 2 })
      return viewAmong(COMMAND, record, [
        foldedProvenance(),
        command(MEMBERS, { index: 1 }),
        record,
      ])
    }
    expect(ofCommit(MEMBERS.commit).check.outcome).toBe('accepted')
    const other = ofCommit(OTHER_COMMIT)
    expect(codesOf(other)).toEqual(['record/contradiction'])
    expect(other).toMatchObject({ status: 'out-of-place', check: { outcome: 'rejected' } })
  })
})

describe('A required sequence', () => {
  it.each<[string, readonly string[]]>([
    ['whole', ['one', 'two', 'three']],
    ['whole, with others between', ['install', 'one', 'two', 'clean', 'three']],
  ])('is completed where it ran %s', (_, names) => {
    const view = judge(sequence(...names))
    expect(view).toMatchObject({ status: 'completed', check: { outcome: 'accepted' } })
    expect(view.facts['required']).toEqual(['one', 'two', 'three'])
  })

  it.each([['one'], ['two'], ['three']])('is incomplete without %s', (name) => {
    const view = judge(sequence(...['one', 'two', 'three'].filter((other) => other !== name)))
    expect(view).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/check-missing'])
  })

  it.each([
    ['one', 'three', 'two'],
    ['two', 'one', 'three'],
    ['three', 'install', 'one', 'two'],
  ])('is out of order as %s, %s, %s', (...names) => {
    const view = judge(sequence(...names.filter((name) => name !== undefined)))
    expect(view).toMatchObject({ status: 'out-of-order', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/order'])
  })
})

describe('A later run of the same sequence', () => {
  const first = command(sequence('one', 'two', 'three'), { evidence: EVIDENCE, index: 1 })
  const later = (members: object, options: FoldedOptions = {}) =>
    command(members, { evidence: EVIDENCE, index: 2, ...options })
  const among = (...others: readonly ReturnType<typeof command>[]) =>
    viewAmong(COMMAND, first, [first, ...others], UNDER_POLICIES)

  it('takes the success away where it failed, even at its first command', () => {
    const view = among(later(failing('one')))
    expect(view).toMatchObject({ status: 'failed-later', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/later-failure'])
  })

  it('gives it back where a still later one completed', () => {
    const again = later(sequence('one', 'two', 'three'), { index: 3 })
    expect(among(later(failing('one')), again).status).toBe('completed')
    const wrong = later(sequence('three', 'two', 'one'), { index: 3 })
    expect(among(later(failing('one')), wrong).status).toBe('failed-later')
  })

  it('is known by its evidence, and without any by its commands', () => {
    const others = failing('one')
    const elsewhere = command(others, { index: 2 })
    expect(among(elsewhere).status).toBe('completed')
    const own = command(sequence('one', 'two'), { index: 1 })
    expect(viewAmong(COMMAND, own, [own, elsewhere]).status).toBe('failed-later')
    const unlike = command(failing('lint'), { index: 2 })
    expect(viewAmong(COMMAND, own, [own, unlike]).status).toBe('completed')
  })

  it('about the commit says nothing of one about the set', () => {
    const ofCommit = later(failing('one'), { about: COMMIT_SUBJECT })
    expect(among(foldedProvenance() as never, ofCommit).status).toBe('completed')
    expect(among(later(failing('one'))).status).toBe('failed-later')
  })
})
