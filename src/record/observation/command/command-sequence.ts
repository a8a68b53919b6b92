// A sequence of commands that is to be run and recorded. What is recorded is published: arguments that open something are refused
// before anything runs, since a value that was taken out of them would leave another command behind.

import { judge, LIMITS, quote, type Result } from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'
import { findOpeners, findOpenersInName } from './command-secrets.ts'

/** One command of a sequence. */
export interface Command {
  /** What the sequence calls it. */
  readonly name: string
  /** The program and its arguments; no shell reads them. */
  readonly arguments: readonly string[]
  /** Where it runs, from the working folder; there itself where it is not said. */
  readonly folder?: string
  /** Files that it writes, from the working folder. */
  readonly reports?: readonly string[]
}

/**
 * Commands, in their order.
 *
 * @example { commands: [{ name: 'test', arguments: ['npm', 'test'], reports: ['junit.xml'] }], onFailure: 'stop' }
 */
export interface CommandSequence {
  readonly commands: readonly Command[]
  /** Whether what follows a command that failed is run. */
  readonly onFailure: 'stop' | 'go-on'
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9 ._/:@+-]*[A-Za-z0-9])?$/

/** A path below a folder, with one spelling. */
const INSIDE = /^(?!.*(?:^|\/)(?:\.{0,2})(?:\/|$))[^\\]+$/

/** Every reason why a sequence is not run, and not recorded. */
export function judgeCommandSequence({
  commands,
}: CommandSequence): Result<void, ObservationProblem> {
  if (commands.length === 0 || commands.length > LIMITS.commandsMax) {
    const message = `Expected from 1 to ${LIMITS.commandsMax} commands, found ${commands.length}`
    return judge(undefined, [{ code: 'record/command', message }])
  }
  const names = commands.map(({ name }) => name)
  const problems = commands.flatMap((command, index) => {
    const at = `/commands/${index}`
    const repeated = names.indexOf(command.name) < index
    return [
      ...(repeated ? [wrong(`Expected ${quote(command.name)} once, found it twice`, at)] : []),
      ...findFaults(command, at),
      ...findOpenersInName(command.name, `${at}/name`),
      ...findOpeners(command.arguments, `${at}/arguments`),
    ]
  })
  return judge(undefined, problems)
}

function findFaults(command: Command, at: string): readonly ObservationProblem[] {
  const { name, arguments: words, folder = '.', reports = [] } = command
  const isNamed = NAME.test(name) && name.length <= LIMITS.recordNameMax
  const isRunnable = words.length <= LIMITS.commandWordsMax && (words[0] ?? '') !== ''
  const isTold = words.every(
    (word) => word.length <= LIMITS.recordTextMax && word.isWellFormed() && !word.includes('\0'),
  )
  const places = [...(folder === '.' ? [] : [folder]), ...reports]
  const isRepeated = new Set(reports).size < reports.length
  return [
    ...(isNamed ? [] : [wrong(`Expected a name for the command, found ${quote(name)}`, at)]),
    ...(isRunnable
      ? []
      : [wrong(`Expected a program and at most ${LIMITS.commandWordsMax} words`, at)]),
    ...(isTold
      ? []
      : [wrong(`Expected words of text, at most ${LIMITS.recordTextMax} characters each`, at)]),
    ...(reports.length <= LIMITS.commandWordsMax && !isRepeated
      ? []
      : [wrong(`Expected at most ${LIMITS.commandWordsMax} reports, each once`, at)]),
    ...places.flatMap((path) =>
      INSIDE.test(path) && path.length <= LIMITS.pathBytesMax
        ? []
        : [wrong(`Expected a path inside the working folder, found ${quote(path)}`, at)],
    ),
  ]
}

function wrong(message: string, at: string): ObservationProblem {
  return { code: 'record/command', message, at }
}
