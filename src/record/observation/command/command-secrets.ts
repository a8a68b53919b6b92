// What opens something among the words of a command: by its form, by the name that stands before it, or as the option of a well-known
// program. What is recorded is published; no value is ever shown. docs/predicates/command.md says what is not found.

import { parseBase64, parseUtf8, quote } from '../../../core/index.ts'
import { findSecrets } from '../../../statement/index.ts'
import type { ObservationProblem } from '../problem.ts'
import {
  isSecretName,
  isSecretValue,
  PASSWORD_OPTIONS,
  type PasswordOption,
} from './secret-names.ts'

const HINT = 'Hand it over in a file or a variable of the environment, which no record holds'

/** Every reason why these words are not recorded. */
export function findOpeners(words: readonly string[], at: string): readonly ObservationProblem[] {
  const options = findPasswordOptions(words)
  return words.flatMap((word, index) => {
    const place = `${at}/${index}`
    const told = [word, ...decodedParts(word)].flatMap((text) => findSecrets(text, place))
    if (told.length > 0) return told.map(asOpener)
    const name =
      findHeader(word) ??
      findNamed(word, words[index + 1]) ??
      findInScript(word) ??
      options.get(index)
    if (name === undefined) return []
    const message = `Expected nothing secret, found a value of ${quote(name)}`
    return [asOpener({ message, at: place })]
  })
}

/** In the name of a command. */
export function findOpenersInName(name: string, at: string): readonly ObservationProblem[] {
  return findSecrets(name, at).map(asOpener)
}

function asOpener(problem: Pick<ObservationProblem, 'message' | 'at'>): ObservationProblem {
  return { ...problem, code: 'record/command-secret', hint: HINT }
}

const OPTION = /^--?(?<name>[A-Za-z][\w.-]*)(?:=(?<value>.*))?$/s
/** Of a variable, a setting, or a registry of npm: `//registry.example/:_authToken=…`. */
const ASSIGNMENT = /^(?<name>[\w./:@-]*\w)=(?<value>.+)$/s

/** `--token=value`, `--token value`, `TOKEN=value`: the name, where there is a value. */
function findNamed(word: string, next: string | undefined): string | undefined {
  const option = OPTION.exec(word)?.groups
  const { name = '', value } = option ?? ASSIGNMENT.exec(word)?.groups ?? {}
  if (!isSecretName(name)) return undefined
  const told = value ?? (next?.startsWith('-') ? undefined : next)
  return isSecretValue(told) ? name : undefined
}

/** A header of HTTP, alone, behind an option in the same word, or in a script. */
const HEADER = /(?:^|^-H|[\s"'=])(?<name>[A-Za-z][\w-]*)[ \t]*:[ \t]*(?<value>[^\s"'][^"']*)/g
const OPENING_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'set-cookie',
])
const SCHEME = /^(?:basic|bearer|digest|token)\s+/i

/** Names with a hyphen, for `auth: …` is how many a commit message begins. */
function findHeader(word: string): string | undefined {
  for (const [, name = '', value = ''] of word.matchAll(HEADER)) {
    const isOpening =
      OPENING_HEADERS.has(name.toLowerCase()) || (name.includes('-') && isSecretName(name))
    if (isOpening && isSecretValue(value.replace(SCHEME, ''))) return name
  }
  return undefined
}

/** Between the words of a script that is one word here, as `sh -c` takes it. */
const SEPARATORS = /(?:(?<!\$)\(|[\s;&|)"'`])+/

function findInScript(word: string): string | undefined {
  if (!SEPARATORS.test(word)) return undefined
  const parts = word.split(SEPARATORS).filter((part) => part !== '')
  for (const [index, part] of parts.entries()) {
    const name = findNamed(part, parts[index + 1])
    if (name !== undefined) return name
  }
  const [option] = findPasswordOptions(parts).values()
  return option
}

/** The options of well-known programs, by the places of their words; a program may stand behind others, such as `env` or `sudo`. */
function findPasswordOptions(words: readonly string[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  const names = words.map((word) => word.slice(word.lastIndexOf('/') + 1))
  for (const option of PASSWORD_OPTIONS) {
    const start = names.findIndex((name) => option.programs.includes(name))
    if (start < 0) continue
    const from = option.command === undefined ? start : words.indexOf(option.command, start)
    if (from < 0) continue
    for (const [at, word] of words.entries()) {
      const name = at > from ? optionWithPassword(option, word, words[at + 1]) : undefined
      if (name !== undefined) found.set(at, name)
    }
  }
  return found
}

function optionWithPassword(
  { options, isAttached = false, value: form }: PasswordOption,
  word: string,
  next: string | undefined,
): string | undefined {
  return options.find((option) => {
    if (!word.startsWith(option)) return false
    const attached = word.slice(option.length).replace(/^=/, '')
    // A long option of which this is the beginning.
    if (attached !== '' && option.startsWith('--') && !word.startsWith(`${option}=`)) return false
    const value = attached === '' && !isAttached ? next : attached
    return isSecretValue(value) && (form === undefined || form.test(value))
  })
}

/** Long enough for what is known by its form. */
const ENCODED = /[\w+/-]{24,}/g

/** What is behind base64, in either alphabet, as far as it is text. */
function decodedParts(word: string): readonly string[] {
  return (word.match(ENCODED) ?? []).flatMap((run) => {
    const whole = run.slice(0, run.length - (run.length % 4))
    const bytes = parseBase64(whole, 'base64', 'base64url')
    const text = bytes.ok ? parseUtf8(bytes.value) : bytes
    return text.ok ? [text.value] : []
  })
}
