// Locked packages of two snapshots, name by name: versions, then for each version that stayed, its digests and its place.

import { compareCodePoints } from '../../core/index.ts'
import type { Change } from './difference.ts'
import type { InventoryDependency } from './inventory.ts'

/** All differences between two lists of locked packages. */
export function compareVersions(
  before: readonly InventoryDependency[],
  after: readonly InventoryDependency[],
): readonly Change[] {
  const old = groupByName(before)
  const now = groupByName(after)
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    comparePackage(old.get(key) ?? [], now.get(key) ?? []),
  )
}

function groupByName(
  dependencies: readonly InventoryDependency[],
): ReadonlyMap<string, readonly InventoryDependency[]> {
  return Map.groupBy(
    dependencies,
    ({ place, ecosystem, name }) => `${place}\n${ecosystem}\n${name}`,
  )
}

function comparePackage(
  before: readonly InventoryDependency[],
  after: readonly InventoryDependency[],
): Change[] {
  const some = before[0] ?? after[0]
  if (some === undefined) return []
  const title = { place: some.place, name: `${some.ecosystem} ${some.name}` }
  const old = Map.groupBy(before, ({ version }) => version)
  const now = Map.groupBy(after, ({ version }) => version)
  const stayed = [...now.keys()].filter((version) => old.has(version))
  const gone = listVersions([...old.keys()].filter((version) => !now.has(version)))
  const come = listVersions([...now.keys()].filter((version) => !old.has(version)))
  const changes: Change[] = []
  if (gone !== undefined && come !== undefined) {
    changes.push({ kind: 'version-changed', ...title, before: gone, after: come })
  } else if (gone !== undefined) changes.push({ kind: 'removed', ...title, before: gone })
  else if (come !== undefined) changes.push({ kind: 'added', ...title, after: come })
  let held = stayed.length > 0 && come === undefined
  for (const version of stayed) {
    const integrity = compareIntegrity(old.get(version) ?? [], now.get(version) ?? [])
    held &&= integrity.isHeld
    if (integrity.change !== undefined) {
      changes.push({ ...title, name: `${title.name}@${version}`, ...integrity.change })
    }
  }
  return [...changes, ...compareOrigins(before, after, held).map((c) => ({ ...title, ...c }))]
}

interface IntegrityResult {
  /** A digest that both have says that the bytes are the same. */
  readonly isHeld: boolean
  readonly change?: Pick<Change, 'kind' | 'before' | 'after'>
}

/** The digests of one version. Digests are comparable within an algorithm and a thing that they are of. */
function compareIntegrity(
  before: readonly InventoryDependency[],
  after: readonly InventoryDependency[],
): IntegrityResult {
  const old = groupDigests(before)
  const now = groupDigests(after)
  if (old.size === 0 && now.size === 0) return { isHeld: false }
  const texts = { before: renderGroups(old), after: renderGroups(now) }
  if (old.size === 0)
    return { isHeld: false, change: { kind: 'integrity-added', after: texts.after } }
  if (now.size === 0)
    return { isHeld: false, change: { kind: 'integrity-lost', before: texts.before } }
  const common = [...now.keys()].filter((key) => old.has(key))
  if (common.length === 0 || common.some((key) => now.get(key) !== old.get(key))) {
    return { isHeld: false, change: { kind: 'integrity-changed', ...texts } }
  }
  if (now.size > old.size) return { isHeld: true, change: { kind: 'integrity-added', ...texts } }
  return { isHeld: true }
}

/**
 * By algorithm and what it is of, the sorted values. Files of a PyPI version are alternatives for one another, and so stand
 * together: a file more is a change of what can be installed.
 */
function groupDigests(dependencies: readonly InventoryDependency[]): ReadonlyMap<string, string> {
  const groups = new Map<string, Set<string>>()
  for (const { ecosystem, digests } of dependencies) {
    for (const digest of digests) {
      const [, algorithm = '', , of = ''] = /^([^:]+):(\S+) ?(.*)$/s.exec(digest) ?? []
      const key = ecosystem === 'pypi' ? algorithm : `${algorithm} ${of}`
      const values = groups.get(key) ?? new Set()
      groups.set(key, values.add(digest))
    }
  }
  return new Map([...groups].map(([key, values]) => [key, [...values].toSorted().join(', ')]))
}

function renderGroups(groups: ReadonlyMap<string, string>): string {
  return [...groups.values()].toSorted(compareCodePoints).join(', ')
}

/** Another place is a failure unless a digest holds every version that there is now. */
function compareOrigins(
  before: readonly InventoryDependency[],
  after: readonly InventoryDependency[],
  isHeld: boolean,
): Pick<Change, 'kind' | 'before' | 'after'>[] {
  const old = listOrigins(before)
  const now = listOrigins(after)
  // A lockfile that names no registry leaves it to the configuration, before and after.
  if (old.length === 0 || now.every((origin) => old.includes(origin))) return []
  return [
    {
      kind: isHeld ? 'registry-moved' : 'registry-changed',
      before: old.join(', '),
      after: now.join(', '),
    },
  ]
}

function listOrigins(dependencies: readonly InventoryDependency[]): string[] {
  const origins = dependencies.flatMap(({ origin }) => origin ?? [])
  return [...new Set(origins)].toSorted(compareCodePoints)
}

function listVersions(versions: readonly string[]): string | undefined {
  if (versions.length === 0) return undefined
  return versions
    .map((version) => (version === '' ? 'no version' : version))
    .toSorted()
    .join(', ')
}
