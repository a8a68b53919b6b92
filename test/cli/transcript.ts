// Transcripts: what a person types and sees, run as a test.
//
//     $ assay digest dist --out SHA256SUMS
//     [exit 0 is not written; any other is]
//     ! words on standard error
//     -- dist/a.txt --
//     a file that is there before the first command
//
// `…` in an expected line stands for anything. A line that is not for `assay` alone runs in a shell; where only its output goes into a file,
// no process has to start for it.

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost, type TestWorld } from '../host/test-host.ts'

export interface Transcript {
  readonly steps: readonly Step[]
  readonly files: ReadonlyMap<string, string>
}

export interface Step {
  readonly command: string
  /** Lines as written in the transcript. */
  readonly expected: readonly string[]
}

const REPOSITORY = resolve(import.meta.dirname, '../..')

export function parseTranscript(text: string): Transcript {
  const [session = '', ...sections] = text.split(/^-- (?=[^\n]+ --$)/m)
  const files = sections.map((section) => {
    const end = section.indexOf(' --\n')
    return [section.slice(0, end), section.slice(end + 4)] as const
  })
  const steps: { command: string; expected: string[] }[] = []
  for (const line of session.split('\n')) {
    if (line.startsWith('#')) continue
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), expected: [] })
    else steps.at(-1)?.expected.push(line)
  }
  return {
    steps: steps.map(({ command, expected }) => ({ command, expected: withoutBlanks(expected) })),
    files: new Map(files),
  }
}

/**
 * Runs the steps in a folder of their own and gives each step's lines as a transcript writes them.
 *
 * @param project a folder whose content is there before the files are
 */
export async function runTranscript(
  { steps, files }: Transcript,
  world: TestWorld = {},
  project?: string,
): Promise<readonly Step[]> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-transcript-'))
  try {
    if (project !== undefined) cpSync(project, folder, { recursive: true })
    for (const [path, content] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    const seen: Step[] = []
    for (const { command } of steps) {
      seen.push({ command, expected: await run(command, folder, world) })
    }
    return seen
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The seen lines, with those that an expected line with `…` covers replaced by it. */
export function matchSteps(expected: readonly Step[], seen: readonly Step[]): readonly Step[] {
  return seen.map(({ command, expected: lines }, index) => ({
    command,
    expected: lines.map((line, at) => {
      const pattern = expected[index]?.expected[at]
      return pattern !== undefined && covers(pattern, line) ? pattern : line
    }),
  }))
}

async function run(command: string, folder: string, world: TestWorld): Promise<string[]> {
  const line = splitLine(command)
  const { stdout, stderr, exitCode } =
    line === undefined ? runInShell(command, folder, world) : await runHere(line, folder, world)
  return [
    ...withoutBlanks(stdout.split('\n')),
    ...withoutBlanks(stderr.split('\n')).map((line) => `! ${line}`),
    ...(exitCode === 0 ? [] : [`[exit ${exitCode}]`]),
  ]
}

interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** A command of `assay` alone. */
interface Line {
  /** After the name of the program. */
  readonly words: readonly string[]
  /** The files that its output goes into. */
  readonly into: Readonly<Partial<Record<'stdout' | 'stderr', string>>>
}

async function runHere({ words, into }: Line, folder: string, world: TestWorld): Promise<Ran> {
  const files = Object.entries(into).filter(([, path]) => path !== '/dev/null')
  // The file is there, and empty, before the program begins.
  for (const [, path] of files) writeFileSync(join(folder, path), '')
  const { host, output } = createTestHost(folder, world)
  // A file has no width.
  const columns = into.stdout === undefined ? host.columns : Number.POSITIVE_INFINITY
  const exitCode = await runCli(words, { ...host, columns })
  for (const [stream, path] of files) {
    writeFileSync(join(folder, path), output[stream as keyof typeof output])
  }
  const shown = Object.fromEntries(Object.keys(into).map((stream) => [stream, '']))
  return { ...output, ...shown, exitCode }
}

function runInShell(command: string, folder: string, { environment, stdin = '' }: TestWorld): Ran {
  const shim = join(REPOSITORY, 'test/cli/bin')
  const ran = spawnSync('bash', ['-c', command], {
    cwd: folder,
    input: stdin,
    encoding: 'utf8',
    env: {
      ...environment,
      HOME: folder,
      LC_ALL: 'C.UTF-8',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      PATH: [shim, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    },
  })
  return { stdout: ran.stdout, stderr: ran.stderr, exitCode: ran.status ?? 70 }
}

/** The end of a line that sends its output into files. */
const REDIRECTION = / +([12]?)> ?([\w./-]+)$/

/** The words after `assay`, and where its output goes; undefined where only a shell can read the line. */
function splitLine(command: string): Line | undefined {
  let rest = command.replace(/ > ?\/dev\/null 2>&1$/, ' > /dev/null 2> /dev/null')
  const into: Partial<Record<'stdout' | 'stderr', string>> = {}
  for (let found = REDIRECTION.exec(rest); found !== null; found = REDIRECTION.exec(rest)) {
    const [all, stream, path = ''] = found
    into[stream === '2' ? 'stderr' : 'stdout'] = path
    rest = rest.slice(0, -all.length)
  }
  if (!/^assay(?: |$)/.test(rest) || /[|<>&;$`*?~(){}\\]/.test(rest)) return undefined
  const words = rest.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)
  return {
    words: [...words].slice(1).map(([, double, single, bare]) => double ?? single ?? bare ?? ''),
    into,
  }
}

function covers(pattern: string, line: string): boolean {
  const [first = '', ...rest] = pattern.split('…')
  if (rest.length === 0 || !line.startsWith(first)) return false
  let at = first.length
  for (const [index, part] of rest.entries()) {
    const found = index === rest.length - 1 ? line.length - part.length : line.indexOf(part, at)
    if (found < at || !line.startsWith(part, found)) return false
    at = found + part.length
  }
  return true
}

/** Blank lines in a transcript are for the reader; they are not compared. */
function withoutBlanks(lines: readonly string[]): string[] {
  return lines.filter((line) => line !== '')
}
