import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Command, CommandRun, CommandSequence } from '../../../src/record/observation/index.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { createTestHost } from '../test-host.ts'

const PROGRAM = join(import.meta.dirname, 'run-sequence.ts')
const TIME = '2026-04-10T12:00:00Z'

/** A command that is a line of JavaScript. */
const script = (name: string, line: string, more: Partial<Command> = {}): Command => ({
  name,
  arguments: [process.execPath, '-e', line],
  ...more,
})

const write = (path: string, words = 'report') =>
  `require('node:fs').writeFileSync(${JSON.stringify(path)}, ${JSON.stringify(words)})`

const run = (
  folder: string,
  commands: readonly Command[],
  onFailure: CommandSequence['onFailure'] = 'stop',
) => createTestHost(folder).host.runCommands({ commands, onFailure })

const endsOf = ({ commands }: CommandRun) =>
  commands.map(({ name, exitCode }) => `${name} ${exitCode}`)

describe('runCommands()', () => {
  it('runs commands in their order, and tells what they were and how they ended', async () => {
    const folder = makeTemporaryFolder('commands')
    mkdirSync(join(folder, 'web'))
    const commands = [
      script('first', write('a.txt', 'a')),
      script('second', `${write('b.txt', 'b')}; require('node:fs').readFileSync('../a.txt')`, {
        folder: 'web',
        reports: ['web/b.txt'],
      }),
    ]
    const sha256 = createHash('sha256').update('b').digest('hex')
    const times = { startedAt: TIME, endedAt: TIME }
    const plain = { ...times, exitCode: 0, missingReports: [] }
    expect(valueOf(await run(folder, commands))).toEqual({
      ...times,
      commands: [
        { name: 'first', arguments: commands[0]?.arguments, folder: '.', reports: [], ...plain },
        {
          name: 'second',
          arguments: commands[1]?.arguments,
          folder: 'web',
          reports: [{ name: 'web/b.txt', sha256 }],
          ...plain,
        },
      ],
      notRun: [],
    })
  })

  it('stops at a failure, or goes on, as it is asked', async () => {
    const folder = makeTemporaryFolder('commands')
    const commands = [
      script('good', '0'),
      script('bad', 'process.exit(3)'),
      script('killed', 'process.kill(process.pid, "SIGKILL"); setTimeout(() => 0, 9e3)'),
      { name: 'none', arguments: ['./no-such-program'] },
      { name: 'folder', arguments: [folder] },
    ]
    const stopped = valueOf(await run(folder, commands))
    expect(endsOf(stopped)).toEqual(['good 0', 'bad 3'])
    expect(stopped.notRun).toEqual(['killed', 'none', 'folder'])
    const whole = valueOf(await run(folder, commands, 'go-on'))
    expect(endsOf(whole)).toEqual(['good 0', 'bad 3', 'killed 137', 'none 127', 'folder 126'])
    expect(whole.commands[2]?.signal).toBe('SIGKILL')
    expect(whole.notRun).toEqual([])
  })

  it('gives words to a program as they are: no shell reads them', async () => {
    const folder = makeTemporaryFolder('commands')
    const words = ['$(touch made)', '; touch made', '`touch made`', '*', '', '"\'\\']
    const line =
      "require('node:fs').writeFileSync('words.json', JSON.stringify(process.argv.slice(1)))"
    const command = script('words', line, { reports: ['words.json'] })
    const all = [...command.arguments, '--', ...words]
    const found = valueOf(await run(folder, [{ ...command, arguments: all }]))
    expect(JSON.parse(readFileSync(join(folder, 'words.json'), 'utf8'))).toEqual(words)
    expect(found.commands[0]?.arguments).toEqual(all)
  })

  it('runs nothing where a word opens something, or repeats a secret of the environment', async () => {
    const folder = makeTemporaryFolder('commands')
    const good = script('good', write('made.txt'))
    const option = await run(folder, [good, { name: 'bad', arguments: ['npm', '--token=hunter2'] }])
    expect(codes(option)).toEqual(['record/command-secret'])
    vi.stubEnv('TEST_DEPLOY_TOKEN', 'hunter2-hunter2')
    const repeated = await run(folder, [good, script('bad', '0 // hunter2-hunter2')])
    expect(codes(repeated)).toEqual(['record/command-secret'])
    expect(JSON.stringify([option, repeated])).not.toContain('hunter2')
    expect(JSON.stringify(repeated)).toContain('TEST_DEPLOY_TOKEN')
    expect(() => readFileSync(join(folder, 'made.txt'))).toThrow('ENOENT')
  })

  it('runs nothing where the sequence is none, or a folder is missing', async () => {
    const folder = makeTemporaryFolder('commands')
    const good = script('good', write('made.txt'))
    expect(codes(await run(folder, []))).toEqual(['record/command'])
    const elsewhere = await run(folder, [good, script('bad', '0', { folder: 'none' })])
    expect(codes(elsewhere)).toEqual(['host/file-missing'])
    expect(() => readFileSync(join(folder, 'made.txt'))).toThrow('ENOENT')
  })

  it('keeps the passphrase of key files from what it runs', async () => {
    const folder = makeTemporaryFolder('commands')
    vi.stubEnv('ASSAY_KEY_PASSPHRASE', 'correct horse')
    const line = "require('node:fs').writeFileSync('env.json', JSON.stringify(process.env))"
    valueOf(await run(folder, [script('env', line)]))
    expect(readFileSync(join(folder, 'env.json'), 'utf8')).not.toContain('correct horse')
  })
})

describe('the reports of a command', () => {
  it('are told as missing where it did not write them', async () => {
    const folder = makeTemporaryFolder('reports')
    const found = valueOf(await run(folder, [script('none', '0', { reports: ['a.xml'] })]))
    expect(found.commands[0]).toMatchObject({ reports: [], missingReports: ['a.xml'] })
  })

  it('may stand in the place of older ones', async () => {
    const folder = makeTemporaryFolder('reports')
    writeFileSync(join(folder, 'a.xml'), 'report')
    const command = script('same', write('a.xml'), { reports: ['a.xml'] })
    const found = valueOf(await run(folder, [command]))
    expect(found.commands[0]?.reports).toHaveLength(1)
  })

  it('are refused where they are from before it, also when they were touched or moved there', async () => {
    const folder = makeTemporaryFolder('reports')
    const long = new Date('2026-01-01')
    for (const name of ['left.xml', 'old.xml']) {
      writeFileSync(join(folder, name), 'report')
      utimesSync(join(folder, name), long, long)
    }
    const left = script('left', '0', { reports: ['left.xml'] })
    expect(codes(await run(folder, [left]))).toEqual(['host/report-stale'])
    const moved = script('moved', "require('node:fs').renameSync('old.xml', 'new.xml')", {
      reports: ['new.xml'],
    })
    expect(codes(await run(folder, [moved]))).toEqual(['host/report-stale'])
    writeFileSync(join(folder, 'fresh.xml'), 'report')
    const fresh = script('fresh', '0', { reports: ['fresh.xml'] })
    expect(codes(await run(folder, [fresh]))).toEqual(['host/report-stale'])
  })

  it('are refused where they are no regular files', async () => {
    const folder = makeTemporaryFolder('reports')
    const made = script('folder', "require('node:fs').mkdirSync('a')", { reports: ['a'] })
    expect(codes(await run(folder, [made]))).toEqual(['host/file-not-regular'])
    writeFileSync(join(folder, 'secret'), 'hunter2')
    symlinkSync('secret', join(folder, 'b'))
    const linked = script('link', '0', { reports: ['b'] })
    expect(codes(await run(folder, [linked]))).toEqual(['host/file-not-regular'])
  })
})

describe('a process that runs commands', () => {
  const sequenceOf = (commands: readonly Command[]) =>
    JSON.stringify({ commands, onFailure: 'stop' } satisfies CommandSequence)

  it('has standard output for itself: theirs goes to standard error', () => {
    const folder = makeTemporaryFolder('output')
    const command = script('say', 'console.log("to out"); console.error("to err")')
    const args = [PROGRAM, sequenceOf([command])]
    const ran = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
    expect(JSON.parse(ran.stdout)).toMatchObject({ ok: true })
    expect(ran.stderr).toContain('to out\n')
    expect(ran.stderr).toContain('to err\n')
  })

  it('passes a signal on, lets the command end, and runs no other', async () => {
    const folder = makeTemporaryFolder('signal')
    const waiting = script(
      'waiting',
      [
        'process.on("SIGTERM", () => setTimeout(() => process.exit(5), 50))',
        'console.log("ready")',
        'setTimeout(() => 0, 15e3)',
      ].join(';'),
    )
    const args = [PROGRAM, sequenceOf([waiting, script('never', write('made.txt'))])]
    const child = spawn(process.execPath, args, { cwd: folder })
    child.stderr.setEncoding('utf8').on('data', (words: string) => {
      if (words.includes('ready')) child.kill('SIGTERM')
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part))
    await new Promise((resolve) => child.on('close', resolve))
    expect(JSON.parse(output)).toMatchObject({
      ok: true,
      value: {
        commands: [{ name: 'waiting', exitCode: 5 }],
        notRun: ['never'],
        interruptedBy: 'SIGTERM',
      },
    })
  })
})
