// What a demo runs in: a folder of its own that goes with it, and commands that are shown as they can be typed.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../checkout.ts'

/** More lines than this of what a command says are left out: the summary comes at the end. */
const LINES_MAX = 16

/** What a command said. */
export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Session {
  readonly folder: string
  /** Runs the command line of this checkout, as a person would call it. */
  run(...args: readonly string[]): Ran
  /** Runs a program of others. */
  runOther(program: string, ...args: readonly string[]): Ran
  /** Runs the command line, and shows what it said. Its failure ends the demo. */
  assay(...args: readonly string[]): Ran
  /** Since the demo began. */
  seconds(): string
}

/**
 * Opens the session; it ends with the process.
 *
 * @param options.variables are shown by their names where a command has their values
 */
export function openSession(options: {
  readonly secrets?: Readonly<Record<string, string>>
  readonly variables?: Readonly<Record<string, string>>
}): Session {
  const { secrets = {}, variables = {} } = options
  const folder = mkdtempSync(join(tmpdir(), 'assay-demo-'))
  const begun = performance.now()
  // However the demo ends, with Ctrl-C too.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

  const names = new Map(Object.entries(variables).map(([name, value]) => [value, `$${name}`]))
  const show = (program: string, args: readonly string[]) => {
    const shown = args.map((arg) => names.get(arg) ?? arg)
    process.stdout.write(`  $ ${program} ${shown.join(' ')}\n`)
  }
  const main = join(ROOT, 'src/cli/main.ts')
  const spawn = (program: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
    spawnSync(program, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } })

  const run: Session['run'] = (...args) => {
    show('assay', args)
    return spawn(process.execPath, [main, ...args], secrets)
  }
  return {
    folder,
    run,
    runOther(program, ...args) {
      show(program, args)
      // Whatever the program keeps at home goes with the folder.
      const ran = spawn(program, args, { HOME: folder })
      if (ran.error !== undefined) throw ran.error
      return ran
    },
    assay(...args) {
      const ran = run(...args)
      tell(ran.stdout + ran.stderr, LINES_MAX)
      if (ran.status !== 0) throw new Error(`assay ${args.join(' ')} ended with ${ran.status}`)
      return ran
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
  const lines = text.trimEnd().split('\n')
  const shown = lines.length > linesMax ? [...lines.slice(0, linesMax - 1), '…'] : lines
  process.stdout.write(`${shown.map((line) => `    ${line}`.trimEnd()).join('\n')}\n`)
}
