import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/index.ts'
import {
  type Command,
  isSecretName,
  judgeCommandSequence,
} from '../../../../src/record/observation/index.ts'
import { codes } from '../../../trust/keys.ts'

const judge = (...commands: readonly Partial<Command>[]) =>
  judgeCommandSequence({
    commands: commands.map((command) => ({ name: 'test', arguments: ['npm', 'test'], ...command })),
    onFailure: 'stop',
  })

describe('judgeCommandSequence()', () => {
  it('takes commands with their folders and reports', () => {
    expect(codes(judge({}))).toBe('accepted')
    const command = { folder: 'packages/web', reports: ['junit.xml', 'a/b..c.json', '.cache/x'] }
    expect(codes(judge(command, { name: 'Unit tests 2/3' }))).toBe('accepted')
    expect(codes(judge({ folder: '.' }))).toBe('accepted')
  })

  it.each<[string, Partial<Command>]>([
    ['no name', { name: '' }],
    ['a name with a line break', { name: 'a\nb' }],
    ['a long name', { name: 'n'.repeat(LIMITS.recordNameMax + 1) }],
    ['no program', { arguments: [] }],
    ['an empty program', { arguments: [''] }],
    ['a long word', { arguments: ['a', 'b'.repeat(LIMITS.recordTextMax + 1)] }],
    ['half of a pair', { arguments: ['a', '\ud800'] }],
    ['a zero byte', { arguments: ['a', 'b\0c'] }],
    [
      'too many words',
      { arguments: Array.from({ length: LIMITS.commandWordsMax + 1 }, () => 'a') },
    ],
    ['a folder above', { folder: '..' }],
    ['a folder beside', { folder: 'a/../../b' }],
    ['an absolute folder', { folder: '/tmp' }],
    ['an empty folder', { folder: '' }],
    ['a report with a backslash', { reports: ['a\\b'] }],
    ['a report by a long way', { reports: ['a/./b'] }],
    ['a report that is a folder', { reports: ['a/'] }],
    ['a report with a long path', { reports: ['a'.repeat(LIMITS.pathBytesMax + 1)] }],
    ['a report twice', { reports: ['a', 'a'] }],
    [
      'too many reports',
      { reports: Array.from({ length: LIMITS.commandWordsMax + 1 }, (_, index) => `r${index}`) },
    ],
  ])('refuses %s', (_, command) => {
    expect(codes(judge(command))).toEqual(['record/command'])
  })

  it('refuses no commands, too many, and two of one name', () => {
    expect(codes(judge())).toEqual(['record/command'])
    expect(codes(judge({}, {}))).toEqual(['record/command'])
    const many = Array.from({ length: LIMITS.commandsMax + 1 }, (_, index) => ({
      name: `c${index}`,
    }))
    expect(codes(judge(...many))).toEqual(['record/command'])
    expect(codes(judge(...many.slice(1)))).toBe('accepted')
  })

  it.each([
    ['--token=hunter2'],
    ['--token', 'hunter2'],
    ['-api-key', 'hunter2'],
    ['--registry-auth=hunter2'],
    ['NPM_TOKEN=hunter2'],
    ['DB_PASSWORD=hunter2'],
    ['--header', `Authorization: Bearer ghp_${'a1'.repeat(18)}`],
    ['https://me:hunter2@registry.example/'],
  ])('refuses words that open something, and shows none of them: %s %s', (...words) => {
    const found = judge({ arguments: ['npm', ...words] })
    expect(codes(found)).toEqual(['record/command-secret'])
    expect(JSON.stringify(found)).not.toContain('hunter2')
    expect(JSON.stringify(found)).not.toContain('ghp_a1')
    expect(found).toMatchObject({
      problems: [{ at: expect.stringMatching(/^\/commands\/0\/arguments\/[12]$/) }],
    })
  })

  it('refuses a name that opens something', () => {
    const found = judge({ name: `ghp_${'a1'.repeat(18)}` })
    expect(codes(found)).toEqual(['record/command-secret'])
    expect(JSON.stringify(found)).not.toContain('ghp_a1')
  })

  it.each([
    ['--token-file=token.txt'],
    ['--token'],
    ['--token', '--verbose'],
    ['--token='],
    ['--password-stdin'],
    ['NODE_ENV=test'],
    ['--reporter=junit'],
  ])('takes words that only name a secret: %s %s', (...words) => {
    expect(codes(judge({ arguments: ['npm', ...words] }))).toBe('accepted')
  })
})

describe('isSecretName()', () => {
  it('knows names of secrets by their end', () => {
    const names = ['GITHUB_TOKEN', 'token', 'api-key', 'AWS_SECRET', 'PASSPHRASE']
    expect(names.every(isSecretName)).toBe(true)
    expect(['PWD', 'HOME', 'TOKEN_FILE', 'MONKEY', 'tokens'].some(isSecretName)).toBe(false)
  })
})
