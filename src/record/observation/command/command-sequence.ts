// A sequence of commands that is to be run and recorded. What is recorded is published: arguments that open something are refused
// before anything runs, since a value that was taken out of them would leave another command behind.

import { judge, type JsonValue, LIMITS, quote, type Result } from '../../../core/index.ts'
import { findSecrets } from '../../../statement/index.ts'
import type { ObservationProblem } from '../problem.ts'

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

/** A name that stands for something secret, at the end of an option or variable: `--api-key`, `NPM_TOKEN`. */
const SECRET_NAME =
  /(?:^|[^a-z])(?:api[-_]?key|auth|credentials?|passphrase|passwd|password|private[-_]?key|secret|token)$/i

const OPTION = /^--?(?<name>[A-Za-z][\w-]*)(?:=(?<value>.*))?$/s
const ASSIGNMENT = /^(?<name>[A-Za-z_]\w*)=(?<value>.+)$/s

/** True for the name of an option or variable that holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}

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
      ...findOpeners(command, at),
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

/** What opens something, by its form or by the name that stands before it. The value is never shown. */
function findOpeners(
  { arguments: words, name }: Command,
  at: string,
): readonly ObservationProblem[] {
  const found = [
    ...findSecrets(name, `${at}/name`),
    ...findSecrets(words as JsonValue, `${at}/arguments`),
  ].map((problem) => ({ ...problem, code: 'record/command-secret' as const, hint: HINT }))
  const named = words.flatMap((word, index) => {
    const secret = nameOfSecret(word, words[index + 1])
    if (secret === undefined) return []
    const message = `Expected nothing secret, found a value of ${quote(secret)}`
    const place = `${at}/arguments/${index}`
    return [{ code: 'record/command-secret' as const, message, at: place, hint: HINT }]
  })
  return [...found, ...named]
}

const HINT = 'Hand it over in a file or a variable of the environment, which no record holds'

/** `--token=value`, `--token value`, `TOKEN=value`: the name, where there is a value. */
function nameOfSecret(word: string, next: string | undefined): string | undefined {
  const option = OPTION.exec(word)?.groups
  const { name = '', value } = option ?? ASSIGNMENT.exec(word)?.groups ?? {}
  if (!isSecretName(name)) return undefined
  const told = value ?? (next?.startsWith('-') ? undefined : next)
  return told === undefined || told === '' ? undefined : name
}
