// requirements.txt (pip documentation, Requirements File Format; Secure installs): a lockfile only where each line pins
// one version by its digests. Every other line is floating. Its digests name no file: each is of one archive.

import { accept, judge, type Result, refuse } from '../../../core/index.ts'
import type { Lockfile, LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, indexByName, type LockedEntry } from '../assembly.ts'
import { type Edge, PROJECT } from '../scopes.ts'
import { normalizeName } from './python-name.ts'
import { type Pin, type Reading, readPins } from './requirements-pins.ts'

/** Reads a requirements file and the files that it includes, as far as they lie beside it. */
export function parseRequirements(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const reading = readPins(input)
  // The first constraint of a name counts.
  const constraints = new Map(
    reading.constraints.toReversed().map((pin) => [normalizeName(pin.name), pin]),
  )
  const pins = mergePins(reading.pins.map((pin) => constrain(pin, constraints)))
  const floating = [
    ...reading.floating,
    ...pins.filter(isOpen).map(({ name: open, requirement, rootLine }) => ({
      name: open,
      requirement,
      line: rootLine,
    })),
  ].toSorted((a, b) => a.line - b.line)
  const locked = pins.filter((pin) => pin.version !== undefined || pin.source.kind !== 'registry')
  const edges = listEdges(input.path, locked)
  if (!edges.ok) return edges
  const lockfile = assembleLockfile({
    path: input.path,
    kind: 'requirements',
    ecosystem: 'pypi',
    entries: locked.map((pin) => entryOf(pin, reading)),
    edges: edges.value,
    floating,
  })
  if (lockfile.ok) return judge(lockfile.value, reading.problems)
  return refuse(...lockfile.problems, ...reading.problems)
}

/** A constraint says which version and which digests, where the requirement itself leaves it open. */
function constrain(pin: Pin, constraints: ReadonlyMap<string, Pin>): Pin {
  const constraint = constraints.get(normalizeName(pin.name))
  if (constraint === undefined || pin.source.kind !== 'registry') return pin
  const { version, digests } = constraint
  if (pin.version !== undefined && pin.version !== version) return pin
  return { ...pin, version, digests: [...pin.digests, ...digests] }
}

/** The same version on several lines, for several platforms or from several files, is one entry. */
function mergePins(pins: readonly Pin[]): readonly Pin[] {
  return [...Map.groupBy(pins, idOf).values()].flatMap((group): Pin | readonly [] => {
    const [first] = group
    if (first === undefined) return []
    const digests = new Map(group.flatMap((pin) => pin.digests).map((one) => [one.value, one]))
    const isConditional = group.every(({ marker }) => marker !== undefined)
    return {
      ...first,
      marker: isConditional ? first.marker : undefined,
      digests: [...digests.values()],
      via: group.flatMap(({ via }) => via),
    }
  })
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
function listEdges(path: string, pins: readonly Pin[]): Result<readonly Edge[], SnapshotProblem> {
  const byName = indexByName(path, pins, ({ name }) => normalizeName(name))
  if (!byName.ok) return byName
  const edges = pins.flatMap((pin) =>
    pin.via.flatMap((asking): Edge | readonly Edge[] => {
      const to = idOf(pin)
      const isProject = asking.startsWith('-r ') || asking.endsWith(')')
      if (isProject) return { from: PROJECT, to, kind: 'prod' }
      const from = byName.value.get(normalizeName(asking.split('[', 1)[0] ?? '')) ?? []
      return from.map((other) => ({ from: idOf(other), to, kind: 'prod' }))
    }),
  )
  return accept(edges)
}

/** Another file can answer to it tomorrow; a folder beside the lockfile is the project's own. */
function isOpen({ source, version, digests }: Pin): boolean {
  if (source.kind === 'git') return source.commit === undefined
  if (source.kind === 'url') return digests.length === 0
  return source.kind === 'registry' && (version === undefined || digests.length === 0)
}
