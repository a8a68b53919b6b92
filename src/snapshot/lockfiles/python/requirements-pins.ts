// The requirements of a file and of the files that it includes, each as one pin (pip documentation, Requirements File
// Format); a file that is included is read where the project has it.

import * as posix from 'node:path/posix'
import { quote } from '../../../core/index.ts'
import { stripCredentials } from '../../address.ts'
import type {
  DependencySource,
  FloatingRequirement,
  LockedDigest,
  LockfileInput,
} from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { parseNamedDigest } from '../digests.ts'
import { syntaxProblem } from '../document.ts'
import { isAddress, parseAddress } from './python-address.ts'
import { parseRequirement, pinnedVersion } from './python-name.ts'
import { parseRequirementLines, type RequirementLine } from './requirements-lines.ts'

/** Files that may include each other, all together. */
const FILES_MAX = 100

/** One requirement of any of the files. */
export interface Pin {
  readonly name: string
  readonly version?: string | undefined
  readonly source: DependencySource
  readonly digests: readonly LockedDigest[]
  readonly marker?: string | undefined
  readonly requirement: string
  readonly path: string
  readonly line: number
  /** The line of the lockfile itself that it stands on, or that includes its file. */
  readonly rootLine: number
  /** Who asks for it, as the comments of pip-compile and uv say; empty where there are none. */
  readonly via: string[]
}

/** What the files hold, all together. */
export interface Reading {
  readonly input: LockfileInput
  readonly pins: Pin[]
  readonly constraints: Pin[]
  readonly floating: FloatingRequirement[]
  readonly problems: SnapshotProblem[]
  readonly filesRead: Set<string>
  /** Where the lockfile includes the file that is being read; absent in the lockfile itself. */
  rootLine?: number | undefined
  registry?: string
}

/** Reads the file and whatever it includes; what is wrong is among the problems. */
export function readPins(input: LockfileInput): Reading {
  const reading: Reading = {
    input,
    pins: [],
    constraints: [],
    floating: [],
    problems: [],
    filesRead: new Set(),
  }
  const name = input.path.replace(/^.*\//, '')
  readFile(reading, { name, bytes: input.bytes, into: reading.pins })
  return reading
}

function readFile(
  reading: Reading,
  { name, bytes, into }: { name: string; bytes: Uint8Array; into: Pin[] },
): void {
  const path = pathOf(reading, name)
  reading.filesRead.add(path)
  const lines = parseRequirementLines(path, bytes)
  if (!lines.ok) {
    reading.problems.push(...lines.problems)
    return
  }
  let via: string[] | undefined
  for (const line of lines.value) {
    if (line.text === '' && line.options.length === 0) {
      via = readVia(line.comment, into.at(-1), via)
      continue
    }
    via = undefined
    const pin = readLine(reading, line, { name, path, into })
    if (pin === undefined) continue
    into.push(pin)
    via = readVia(line.comment, pin, undefined)
  }
}

/** `via a, b`, or `via` and a name on each comment line after it; gives the list that a next line may go on with. */
function readVia(
  comment: string,
  pin: Pin | undefined,
  open: string[] | undefined,
): string[] | undefined {
  const begins = /^\s*via(?:\s(.*))?$/.exec(comment)
  if (begins !== null && pin !== undefined) {
    pin.via.push(...names(begins[1] ?? ''))
    return pin.via
  }
  // The names stand deeper than "via".
  if (open === undefined || !/^\s{2,}\S/.test(comment)) return undefined
  open.push(...names(comment))
  return open
}

function names(text: string): readonly string[] {
  return text.split(',').flatMap((name) => name.trim() || [])
}

interface Place {
  readonly name: string
  readonly path: string
  readonly into: Pin[]
}

function readLine(reading: Reading, line: RequirementLine, place: Place): Pin | undefined {
  const at = `${place.path} line ${line.line}`
  if (line.text !== '') return readPin(reading, line, { ...place, text: line.text, at })
  let pin: Pin | undefined
  for (const [option, value] of line.options) {
    if (option === 'requirement') include(reading, value, { ...place, line: line.line })
    if (option === 'constraint') {
      include(reading, value, { ...place, into: reading.constraints, line: line.line })
    }
    if (option === 'index-url') reading.registry = stripCredentials(value)
    if (option === 'editable') {
      pin = readPin(reading, line, { ...place, text: value, at })
    }
  }
  return pin
}

/** A file that can not be had here leaves open whatever it asks for. */
function include(reading: Reading, target: string, place: Place & { readonly line: number }): void {
  const name = posix.join(posix.dirname(place.name), target)
  if (reading.filesRead.has(pathOf(reading, name))) return
  const isFound = !ELSEWHERE.test(target) && reading.filesRead.size < FILES_MAX
  const bytes = isFound ? reading.input.siblings(name) : undefined
  if (bytes === undefined) {
    const line = reading.rootLine ?? place.line
    reading.floating.push({ name: target, requirement: `-r ${target}`, line })
    return
  }
  const outer = reading.rootLine
  reading.rootLine ??= place.line
  readFile(reading, { name, bytes, into: place.into })
  reading.rootLine = outer
}

/** An absolute path or a URL: pip reads them, but they are no file of the project. */
const ELSEWHERE = /^(?:\/|[a-z][\w+.-]*:)/i

/** Names count from the lockfile's folder. */
function pathOf({ input }: Reading, name: string): string {
  return posix.join(posix.dirname(input.path), name)
}

function readPin(
  { problems, rootLine }: Reading,
  { options, line }: RequirementLine,
  { path, text, at }: Place & { readonly text: string; readonly at: string },
): Pin | undefined {
  const requirement = stripCredentials(text)
  const target = readTarget(text)
  if (target === undefined) {
    problems.push(syntaxProblem(`Expected a requirement, found ${quote(requirement)}`, at))
  }
  const hashes = options.flatMap(([option, value]) => (option === 'hash' ? value : []))
  if (target?.hash !== undefined) hashes.push(target.hash)
  const digests = hashes.flatMap((hash) => {
    const digest = parseNamedDigest(hash, at)
    if (!digest.ok) problems.push(...digest.problems)
    return digest.ok ? digest.value : []
  })
  const pinned = { requirement, path, line, rootLine: rootLine ?? line, digests, via: [] }
  const name = target?.name ?? requirement.replace(/^.*\/(?=[^/])/, '')
  return target === undefined ? undefined : { ...pinned, ...target, name }
}

type Target = Pick<Pin, 'version' | 'source' | 'marker'> & {
  readonly name?: string | undefined
  readonly hash?: string | undefined
}

/** What a line asks for: a project by name, a project at an address, or an address alone. */
function readTarget(text: string): Target | undefined {
  if (isAddress(text)) {
    const [address, marker] = splitMarker(text)
    return { ...parseAddress(address), marker }
  }
  const named = parseRequirement(text)
  if (named === undefined) return undefined
  const { name, marker } = named
  if (named.url !== undefined) return { ...parseAddress(named.url), name, marker }
  return { name, version: pinnedVersion(named.specifier), source: { kind: 'registry' }, marker }
}

/** After an address a marker needs a blank before its ";". */
function splitMarker(text: string): readonly [string, string | undefined] {
  const cut = text.indexOf(' ;')
  return cut < 0 ? [text, undefined] : [text.slice(0, cut).trimEnd(), text.slice(cut + 2).trim()]
}
