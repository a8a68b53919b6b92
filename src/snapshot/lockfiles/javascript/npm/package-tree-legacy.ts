// Version 1 of npm's lockfile (npm 5 and 6): a tree of names, brought into the form of the later
// versions.

import * as z from 'zod/mini'
import {
  accept,
  isJsonObject,
  type JsonValue,
  type Result,
  membersOf,
} from '../../../../core/index.ts'
import type { Lockfile, LockfileInput } from '../../../dependency.ts'
import type { SnapshotProblem } from '../../../problem.ts'
import { type LockfileDocument, readShape } from '../../document.ts'
import { readManifest } from '../manifest.ts'
import { type PackageEntry, readPackageTree } from './package-tree.ts'
import { PROJECT } from '../../scopes.ts'
import { isAddress } from '../source.ts'

const FLAG = z.optional(z.boolean())

const ENTRY = z.object({
  version: z.string(),
  resolved: z.optional(z.union([z.string(), z.boolean()])),
  integrity: z.optional(z.string()),
  dev: FLAG,
  optional: FLAG,
  bundled: FLAG,
  requires: z.optional(z.union([z.boolean(), z.record(z.string(), z.string())])),
  get dependencies() {
    return z.optional(z.record(z.string(), ENTRY))
  },
})

const LOCKFILE = z.object({ dependencies: z.optional(z.record(z.string(), ENTRY)) })

/**
 * Reads version 1. What the project itself asks for stands only in `package.json`; without that
 * file, what no other package asks for counts as the project's.
 */
export function readLegacyTree(
  document: LockfileDocument,
  input: LockfileInput,
): Result<Lockfile, SnapshotProblem> {
  const entries = readLegacyEntries(document)
  if (!entries.ok) return entries
  const manifest = readManifest(input)
  if (!manifest.ok) return manifest
  const project = manifest.value ?? { dependencies: unrequested(entries.value) }
  entries.value.set(PROJECT, { ...project, name: undefined, version: undefined, line: 1 })
  return readPackageTree({ path: document.path, kind: 'npm/1', entries: entries.value })
}

/** The entries of version 1 by location; version 2 repeats them for npm 6. */
export function readLegacyEntries(
  document: LockfileDocument,
): Result<Map<string, PackageEntry>, SnapshotProblem> {
  const shaped = readShape(document, LOCKFILE)
  return shaped.ok ? accept(flatten(document, shaped.value.dependencies ?? {})) : shaped
}

/** Each entry at its place under `node_modules`. */
function flatten(
  document: LockfileDocument,
  dependencies: Readonly<Record<string, z.output<typeof ENTRY>>>,
): Map<string, PackageEntry> {
  const entries = new Map<string, PackageEntry>()
  const walk = (folder: string, tree: typeof dependencies, source: JsonValue | undefined) => {
    const lines = membersOf(source)
    for (const [name, entry] of Object.entries(tree)) {
      const location = `${folder}node_modules/${name}`
      const raw = lines[name]
      entries.set(location, legacyEntry(entry, document.lineOf(raw)))
      const inner = isJsonObject(raw) ? raw['dependencies'] : undefined
      walk(`${location}/`, entry.dependencies ?? {}, inner)
    }
  }
  walk('', dependencies, document.root['dependencies'])
  return entries
}

/**
 * `version` holds an alias (`npm:name@1.0.0`) or an address where the package is no plain version
 * of the registry.
 */
function legacyEntry(entry: z.output<typeof ENTRY>, line: number): PackageEntry {
  const { version, integrity, dev, optional, bundled, requires } = entry
  const resolved = typeof entry.resolved === 'string' ? entry.resolved : undefined
  const [, name, aliased] = /^npm:(.+)@([^@]+)$/.exec(version) ?? []
  const address = name === undefined && isAddress(version)
  return {
    name,
    version: address ? undefined : (aliased ?? version),
    resolved: address ? version : resolved,
    integrity,
    dev,
    optional,
    inBundle: bundled,
    // A required package may be one that was optional to its dependant: version 1 does not tell
    // them apart.
    optionalDependencies: typeof requires === 'object' ? requires : undefined,
    line,
  }
}

/** The packages at the top that no package asks for. */
function unrequested(entries: ReadonlyMap<string, PackageEntry>): Record<string, string> {
  const asked = new Set<string>()
  for (const { optionalDependencies = {} } of entries.values()) {
    for (const name of Object.keys(optionalDependencies)) asked.add(name)
  }
  const top = [...entries].filter(([location]) => !location.includes('/node_modules/'))
  return Object.fromEntries(
    top.flatMap(([location, { version = '' }]) => {
      const name = location.slice('node_modules/'.length)
      return asked.has(name) ? [] : [[name, version]]
    }),
  )
}
