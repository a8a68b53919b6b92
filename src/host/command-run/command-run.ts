// Runs a sequence of commands, one after the other, and tells what came of it.

import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { encodeTimestamp, judge, quote, type Result } from '../../core/index.ts'
import {
  type Command,
  type CommandRun,
  type CommandSequence,
  isSecretName,
  judgeCommandSequence,
  type ObservationProblem,
  type RanCommand,
} from '../../record/observation/index.ts'
import type { HostProblem } from '../problem.ts'
import { runChild, type SignalWatch, watchSignals } from './child.ts'
import { noteReports, readReport, type Report } from './reports.ts'

/** Where commands run, and by which clock. */
export interface CommandWorld {
  /** Absolute. */
  readonly workingFolder: string
  readonly now: () => number
}

/** A shorter value would be found in words that do not repeat it. */
const SECRET_MIN = 8

/**
 * Runs the commands.
 *
 * Nothing runs where a word of any command opens something: what is recorded is published.
 *
 * @returns what came of each, also where they failed; refused where a declared report is not of this run
 */
export async function runCommands(
  world: CommandWorld,
  sequence: CommandSequence,
): Promise<Result<CommandRun, HostProblem | ObservationProblem>> {
  const sound = judgeCommandSequence(sequence)
  if (!sound.ok) return sound
  const { commands, onFailure } = sequence
  const faults = [...findRepeatedSecrets(commands), ...findMissingFolders(world, commands)]
  const ready = judge(undefined, faults)
  if (!ready.ok) return ready
  const startedAt = encodeTimestamp(world.now())
  const signals = watchSignals()
  const ran: RanCommand[] = []
  const problems: HostProblem[] = []
  try {
    for (const command of commands) {
      const failed = ran.some(({ exitCode }) => exitCode !== 0)
      if (signals.received() !== undefined || (failed && onFailure === 'stop')) break
      const { result, refused } = await runCommand(world, command, signals)
      ran.push(result)
      problems.push(...refused)
    }
  } finally {
    signals.end()
  }
  const interruptedBy = signals.received()
  return judge(
    {
      startedAt,
      endedAt: encodeTimestamp(world.now()),
      commands: ran,
      notRun: commands.slice(ran.length).map(({ name }) => name),
      ...(interruptedBy !== undefined && { interruptedBy }),
    },
    problems,
  )
}

interface Ran {
  readonly result: RanCommand
  readonly refused: readonly HostProblem[]
}

async function runCommand(
  { workingFolder, now }: CommandWorld,
  { name, arguments: words, folder = '.', reports: declared }: Command,
  signals: SignalWatch,
): Promise<Ran> {
  const noted = noteReports(workingFolder, declared)
  const startedAt = encodeTimestamp(now())
  const begun = Date.now()
  const [program = '', ...rest] = words
  const place = { program, arguments: rest, folder: resolve(workingFolder, folder) }
  const { exitCode, signal } = await runChild(place, signals)
  const endedAt = encodeTimestamp(now())
  const reports: Report[] = []
  const missingReports: string[] = []
  const refused: HostProblem[] = []
  for (const each of noted) {
    const report = await readReport(workingFolder, each, begun)
    if (!report.ok) refused.push(...report.problems)
    else if (report.value === undefined) missingReports.push(each.path)
    else reports.push(report.value)
  }
  const result = {
    name,
    arguments: words,
    folder,
    startedAt,
    endedAt,
    exitCode,
    ...(signal !== undefined && { signal }),
    reports,
    missingReports,
  }
  return { result, refused }
}

/** A shell has put the value of a variable in the place of its name before we were called. */
function findRepeatedSecrets(commands: readonly Command[]): readonly ObservationProblem[] {
  const secrets = Object.entries(process.env).filter(
    ([name, value = '']) => isSecretName(name) && value.length >= SECRET_MIN,
  )
  return commands.flatMap(({ arguments: words }, index) =>
    secrets
      .filter(([, value = '']) => words.some((word) => word.includes(value)))
      .map(([name]) => ({
        code: 'record/command-secret' as const,
        message: `Expected nothing secret, found the value of the variable ${quote(name)}`,
        at: `/commands/${index}/arguments`,
        hint: 'Let the command read the variable itself',
      })),
  )
}

/** Else a missing folder would look like a missing program. */
function findMissingFolders(
  { workingFolder }: CommandWorld,
  commands: readonly Command[],
): readonly HostProblem[] {
  return commands.flatMap(({ folder = '.' }) => {
    const stats = statSync(resolve(workingFolder, folder), { throwIfNoEntry: false })
    if (stats?.isDirectory() === true) return []
    const message = `Cannot run a command in ${quote(folder)}: expected a folder`
    return [{ code: 'host/file-missing' as const, message }]
  })
}
