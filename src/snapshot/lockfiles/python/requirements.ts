// requirements.txt (pip documentation, Requirements File Format; Secure installs): a lockfile only where each line pins
// one version by its digests. Every other line is floating. Its digests name no file: each is of one archive.

import { judge, quote, type Result, refuse } from '../../../core/index.ts'
import { stripCredentials } from '../../address.ts'
import type {
  DependencySource,
  FloatingRequirement,
  LockedDigest,
  Lockfile,
  LockfileInput,
} from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, type LockedEntry } from '../assembly.ts'
import { parseNamedDigest } from '../digests.ts'
import { type Edge, PROJECT } from '../scopes.ts'
import { lineProblem } from '../text-lines.ts'
import { isAddress, parseAddress } from './python-address.ts'
import { normalizeName, parseRequirement, pinnedVersion } from './python-name.ts'
import { parseRequirementLines, type RequirementLine } from './requirements-lines.ts'

/** Files that may include each other, all together. */
const FILES_MAX = 100

/** One requirement of any of the files. */
interface Pin {
  readonly name: string
  readonly version?: string | undefined
  readonly source: DependencySource
  readonly digests: readonly LockedDigest[]
  readonly marker?: string | undefined
  readonly requirement: string
  readonly path: string
  readonly line: number
  /** Who asks for it, as the comments of pip-compile and uv say; empty where there are none. */
  readonly via: string[]
}

interface Reading {
  readonly input: LockfileInput
  readonly pins: Pin[]
  readonly constraints: Pin[]
  readonly floating: FloatingRequirement[]
  readonly problems: SnapshotProblem[]
  readonly filesRead: Set<string>
  registry?: string
}

/** Reads a requirements file and the files that it includes, as far as they lie beside it. */
export function parseRequirements(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
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
  const pins = mergePins(reading.pins.map((pin) => constrain(pin, reading.constraints)))
  const floating = [
    ...reading.floating,
    ...pins.filter(isOpen).map(({ name: open, requirement, line }) => ({
      name: open,
      requirement,
      line,
    })),
  ].toSorted((a, b) => a.line - b.line)
  const locked = pins.filter((pin) => pin.version !== undefined || pin.source.kind !== 'registry')
  const lockfile = assembleLockfile({
    path: input.path,
    kind: 'requirements',
    ecosystem: 'pypi',
    entries: locked.map((pin) => entryOf(pin, reading)),
    edges: listEdges(locked),
    floating,
  })
  if (lockfile.ok) return judge(lockfile.value, reading.problems)
  return refuse(...lockfile.problems, ...reading.problems)
}

function readFile(
  reading: Reading,
  { name, bytes, into }: { name: string; bytes: Uint8Array; into: Pin[] },
): void {
  const path = reading.input.path.replace(/[^/]*$/, () => name)
  reading.filesRead.add(name)
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
  const name = joinPath(place.name, target)
  if (reading.filesRead.has(name)) return
  const bytes = reading.filesRead.size < FILES_MAX ? reading.input.siblings(name) : undefined
  if (bytes === undefined) {
    reading.floating.push({ name: target, requirement: `-r ${target}`, line: place.line })
    return
  }
  readFile(reading, { name, bytes, into: place.into })
}

/** Relative to the file that includes; `./` is left out. */
function joinPath(from: string, target: string): string {
  const parts: string[] = from.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function readPin(
  { problems }: Reading,
  { options, line }: RequirementLine,
  { path, text, at }: Place & { readonly text: string; readonly at: string },
): Pin | undefined {
  const digests = options.flatMap(([option, value]) => {
    if (option !== 'hash') return []
    const digest = parseNamedDigest(value, at)
    if (!digest.ok) problems.push(...digest.problems)
    return digest.ok ? digest.value : []
  })
  const requirement = stripCredentials(text)
  const named = isAddress(text) ? undefined : parseRequirement(text)
  const [address, marker] = named === undefined ? splitMarker(text) : [named.url, named.marker]
  const target = address === undefined ? undefined : parseAddress(address)
  if (named === undefined && !isAddress(text)) {
    problems.push(lineProblem(`Expected a requirement, found ${quote(requirement)}`, at))
    return undefined
  }
  const fragment = target?.hash === undefined ? undefined : parseNamedDigest(target.hash, at)
  if (fragment?.ok === false) problems.push(...fragment.problems)
  return {
    name: named?.name ?? target?.name ?? requirement.replace(/^.*\/(?=[^/])/, ''),
    version: named === undefined ? target?.version : pinnedVersion(named.specifier),
    source: target?.source ?? { kind: 'registry' },
    digests: fragment?.ok === true ? [...digests, fragment.value] : digests,
    marker,
    requirement,
    path,
    line,
    via: [],
  }
}

/** After an address a marker needs a blank before its ";". */
function splitMarker(text: string): readonly [string, string | undefined] {
  const cut = text.indexOf(' ;')
  return cut < 0 ? [text, undefined] : [text.slice(0, cut).trimEnd(), text.slice(cut + 2).trim()]
}

/** A constraint says which version and which digests, where the requirement itself leaves it open. */
function constrain(pin: Pin, constraints: readonly Pin[]): Pin {
  const name = normalizeName(pin.name)
  const constraint = constraints.find((one) => normalizeName(one.name) === name)
  if (constraint === undefined || pin.source.kind !== 'registry') return pin
  const { version, digests } = constraint
  if (pin.version === undefined) return { ...pin, version, digests: [...pin.digests, ...digests] }
  return pin.version === version ? { ...pin, digests: [...pin.digests, ...digests] } : pin
}

/** The same version on two lines, for two platforms or from two files, is one entry. */
function mergePins(pins: readonly Pin[]): readonly Pin[] {
  const merged = new Map<string, Pin>()
  for (const pin of pins) {
    const id = idOf(pin)
    const known = merged.get(id)
    if (known === undefined) {
      merged.set(id, pin)
      continue
    }
    const fresh = pin.digests.filter(
      ({ value }) => !known.digests.some((digest) => digest.value === value),
    )
    const marker = known.marker === undefined ? undefined : pin.marker
    known.via.push(...pin.via)
    merged.set(id, { ...known, marker, digests: [...known.digests, ...fresh] })
  }
  return [...merged.values()]
}

function idOf({ name, version, source, requirement }: Pin): string {
  if (source.kind !== 'registry') return requirement
  return `${normalizeName(name)}==${version ?? requirement}`
}

function entryOf(pin: Pin, { input, registry }: Reading): LockedEntry {
  return {
    id: idOf(pin),
    name: pin.name,
    version: pin.version,
    digests: pin.digests,
    ...(pin.source.kind === 'registry' && { registry }),
    source: pin.source,
    line: pin.line,
    ...(pin.path !== input.path && { path: pin.path }),
    scope: {
      // Without the comments of the tool that wrote it, the file says only that somebody asks.
      ...(pin.via.length === 0 && { relationship: 'unknown' as const }),
      optional: pin.marker !== undefined,
    },
  }
}

/** From the comments: `-r file` or `name (pyproject.toml)` is the project, any other name a package. */
function listEdges(pins: readonly Pin[]): readonly Edge[] {
  const byName = Map.groupBy(pins, ({ name }) => normalizeName(name))
  return pins.flatMap((pin) =>
    pin.via.flatMap((asking): Edge | readonly Edge[] => {
      const to = idOf(pin)
      if (/^-r\s|\(.*\)$/.test(asking)) return { from: PROJECT, to, kind: 'prod' }
      const from = byName.get(normalizeName(asking.replace(/\[.*$/, ''))) ?? []
      return from.map((other) => ({ from: idOf(other), to, kind: 'prod' }))
    }),
  )
}

/** Another file can answer to it tomorrow; a folder beside the lockfile is the project's own. */
function isOpen({ source, version, digests }: Pin): boolean {
  if (source.kind === 'git') return source.commit === undefined
  if (source.kind === 'url') return digests.length === 0
  return source.kind === 'registry' && (version === undefined || digests.length === 0)
}
