// What a demo runs in: a folder of its own that goes with it, and commands that are shown as they can be typed.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Ran, run as runForeign } from '../../test/rehearsal/peers/run.ts'
import { ROOT } from '../checkout.ts'
import { foldLine, showCommand } from './shown.ts'

/** More lines than this of what a command says are left out: the summary comes at the end. */
const LINES_MAX = 16

/** Where the machine can not take the network away, whatever reaches for it fails. */
const NO_NETWORK = pathToFileURL(join(ROOT, 'test/cli/no-network.ts')).href

export interface Session {
  readonly folder: string
  /** From here on, this file is the command line. */
  use(program: string): void
  /** Runs the command line of this checkout, as a person would call it. */
  run(...args: readonly string[]): Ran
  /** The same for a program to read: not shown. */
  ask(...args: readonly string[]): Ran
  /** The same, shown, for what says nothing new. Its failure ends the demo. */
  prepare(...args: readonly string[]): void
  /** The same, shown, in a folder below and with no network at all. */
  runOffline(place: string, ...args: readonly string[]): Ran
  /** Runs a line that begins with `assay` as a person would type it, and shows what it said. Its failure ends the demo. */
  type(line: string): void
  /** Runs a program of others, which reaches nothing but this machine. */
  runOther(program: string, ...args: readonly string[]): Promise<Ran>
  /** Runs the command line, and shows what it said. Its failure ends the demo. */
  assay(...args: readonly string[]): void
  /** Since the demo began. */
  seconds(): string
}

/**
 * Opens the session; it ends with the process.
 *
 * @param options.variables are shown by their names where a command has their values
 * @param options.linesMax of what a command says
 */
export function openSession(options: {
  readonly secrets?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
  readonly linesMax?: number
}): Session {
  const { secrets = {}, variables = {}, linesMax = LINES_MAX } = options
  const folder = mkdtempSync(join(tmpdir(), 'assay-demo-'))
  const begun = performance.now()
  // However the demo ends, with Ctrl-C too.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

  const names = new Map(Object.entries(variables).map(([name, value]) => [value, `$${name}`]))
  const show = (program: string, args: readonly string[]) => {
    const shown = args.map((arg) => names.get(arg) ?? arg)
    process.stdout.write(`${showCommand(program, shown)}\n`)
  }
  let main = join(ROOT, 'src/cli/main.ts')
  // The release is made here and now, by whom the demo says, even where it runs in a job of CI.
  const {
    GITHUB_ACTIONS: _,
    GITLAB_CI: __,
    ASSAY_SMOKE_SITE_ACCESS: ___,
    ...environment
  } = process.env
  // What is not known yet when the session is opened may be added to the secrets.
  const spawned = () =>
    ({ cwd: folder, encoding: 'utf8', env: { ...environment, ...secrets } }) as const
  const ask: Session['ask'] = (...args) => spawnSync(process.execPath, [main, ...args], spawned())
  const run: Session['run'] = (...args) => {
    show('assay', args)
    return ask(...args)
  }
  const finish = (line: string, { status, stdout, stderr }: Ran) => {
    tell(stdout + stderr, linesMax)
    // A record that is not accepted yet is recorded all the same.
    const isRecorded = status === 1 && /^assay record (?!adoption)/.test(line)
    if (status !== 0 && !isRecorded) throw new Error(`${line} ended with ${status}`)
  }
  return {
    folder,
    use(program) {
      main = program
    },
    run,
    ask,
    runOffline(place, ...args) {
      show('assay', args)
      const isApart = spawnSync('unshare', ['-rn', 'true']).status === 0
      const program = isApart ? 'unshare' : process.execPath
      const before = isApart ? ['-rn', process.execPath] : ['--import', NO_NETWORK]
      return spawnSync(program, [...before, main, ...args], {
        ...spawned(),
        cwd: join(folder, place),
      })
    },
    type(line) {
      process.stdout.write(`  $ ${line}\n`)
      const shell = 'node=$1 main=$2; assay() { "$node" "$main" "$@"; }; eval "$3"'
      const words = ['-c', shell, 'sh', process.execPath, main, line]
      finish(line, spawnSync('sh', words, spawned()))
    },
    runOther(program, ...args) {
      show(program, args)
      return runForeign(program, args, { cwd: folder })
    },
    prepare(...args) {
      const { status, stderr } = run(...args)
      if (status !== 0) throw new Error(`assay ${args.join(' ')} ended with ${status}: ${stderr}`)
    },
    assay(...args) {
      finish(`assay ${args.join(' ')}`, run(...args))
    },
    seconds: () => ((performance.now() - begun) / 1000).toFixed(0),
  }
}

/** What comes next. */
export function title(text: string): void {
  process.stdout.write(`\n${text}\n`)
}

/** Shows the lines, or the first of them. */
export function tell(text: string, linesMax = Number.POSITIVE_INFINITY): void {
  const lines = text
    .trimEnd()
    .split('\n')
    .flatMap((line) => foldLine(`    ${line}`))
  const shown = lines.length > linesMax ? [...lines.slice(0, linesMax - 1), '    …'] : lines
  process.stdout.write(`${shown.map((line) => line.trimEnd()).join('\n')}\n`)
}
