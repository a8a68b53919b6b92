// The members of a record as a person gives them: in documents, by options, by digests of files; and where each of them stands.

import {
  accept,
  encodeJsonPointer,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  judge,
  LIMITS,
  quote,
  type Result,
  refuse,
} from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import { type DocumentForm, parseWritten } from '../../../yaml/index.ts'
import { atPath, readInput } from '../../file-input.ts'
import type { CliProblem } from '../../problem.ts'

/** Members, and the place of whatever a JSON Pointer into them names. */
export interface WrittenMembers {
  readonly members: JsonObject
  readonly place: (pointer: string) => string | undefined
}

/** One member, and what says it: an option, or a part of a document. */
export interface MemberSource {
  readonly name: string
  /** Absent where the option was not given: its place is told to those who miss it. */
  readonly value: JsonValue | undefined
  readonly place: (pointer: string) => string
  /** Of a document, in which members that nothing says could stand. */
  readonly isWritten?: true
}

/** What the core of a record says, whatever its family: options make it. */
const HEADER = ['release', 'evidence', 'policy']
const HEADER_NAMES: ReadonlySet<string> = new Set(HEADER.flatMap((name) => [name, `assay_${name}`]))

/** Reads documents of members, YAML or JSON by their names; each member stands in one of them. */
export async function readDocuments(
  host: Host,
  paths: readonly string[],
): Promise<Result<readonly MemberSource[]>> {
  const sources: MemberSource[] = []
  for (const path of paths) {
    const members = await readDocument(host, path)
    if (!members.ok) return members
    sources.push(...members.value)
  }
  return accept(sources)
}

async function readDocument(host: Host, path: string): Promise<Result<readonly MemberSource[]>> {
  const limit = { bytesMax: LIMITS.writtenBytesMax, pipes: true }
  const bytes = await readInput(host, path, limit)
  if (!bytes.ok) return bytes
  const written = atPath(parseWritten(bytes.value, formOf(path)), path)
  if (!written.ok) return written
  const { value, position } = written.value
  const place = (pointer = '') => `${quote(path)}, ${position(pointer)}`
  if (!isJsonObject(value)) {
    const message = 'Expected the members of a record, found a list or a single value'
    return refuse<CliProblem>({ code: 'cli/record-member', message, at: place() })
  }
  const sources = Object.entries(value).map(([name, member]) => {
    return { name, value: member, place, isWritten: true } as const
  })
  const breaches = sources
    .filter(({ name }) => HEADER_NAMES.has(name))
    .map(({ name }): CliProblem => {
      const message = `Expected the members of the family alone, found ${quote(name)}, which the options make`
      return { code: 'cli/record-member', message, at: place(encodeJsonPointer([name])) }
    })
  return judge(sources, breaches)
}

/** The name says it; JSON is read as YAML just as well, but for what only YAML could mean. */
function formOf(path: string): DocumentForm {
  return path.endsWith('.json') ? 'json' : 'yaml'
}

/**
 * The members that options give, or could have given.
 *
 * @param options those that are not called as their members
 */
export function membersOfFlags(
  values: Readonly<Record<string, JsonValue | undefined>>,
  options: Readonly<Record<string, string>> = {},
): readonly MemberSource[] {
  return Object.entries(values).map(([name, value]) => ({
    name,
    value,
    place: () => options[name] ?? flagOf(name),
  }))
}

function flagOf(member: string): string {
  return `--${member.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/**
 * Puts the members together.
 *
 * @param defaults what holds where nothing else is said
 */
export function joinMembers(
  sources: readonly MemberSource[],
  defaults: Readonly<Record<string, JsonValue | undefined>> = {},
): Result<WrittenMembers, CliProblem> {
  const members = new Map<string, JsonValue>()
  const known = new Map<string, MemberSource>()
  const problems: CliProblem[] = []
  for (const source of sources) {
    const { name, value, place } = source
    if (value === undefined) continue
    const other = known.get(name)
    known.set(name, source)
    members.set(name, value)
    if (other === undefined) continue
    const pointer = encodeJsonPointer([name])
    const message = `Expected the member ${quote(name)} once, found it at ${other.place(pointer)} too`
    problems.push({ code: 'cli/record-member', message, at: place(pointer) })
  }
  for (const [name, value] of Object.entries(defaults)) {
    if (value !== undefined && !members.has(name)) members.set(name, value)
  }
  const place = (pointer: string) => {
    const [, first = ''] = pointer.split('/')
    const name = first.replaceAll('~1', '/').replaceAll('~0', '~')
    // An option that was not given is where the member could stand.
    const source =
      known.get(name) ??
      sources.find((each) => each.name === name) ??
      sources.find(({ isWritten = false }) => isWritten)
    return source?.place(pointer)
  }
  return judge({ members: Object.fromEntries(members), place }, problems)
}
