// npm's package-lock.json and npm-shrinkwrap.json, lockfile versions 1, 2 and 3 (npm docs,
// package-lock.json).

import * as z from 'zod/mini'
import { accept, type JsonValue, judge, quote, type Result } from '../../../../core/index.ts'
import { stripCredentials } from '../../../address.ts'
import type { Lockfile, LockfileInput } from '../../../dependency.ts'
import type { SnapshotProblem } from '../../../problem.ts'
import {
  type LockfileDocument,
  parseJsonDocument,
  readShape,
  unknownVersion,
} from '../../document.ts'
import { entryProblem } from '../../assembly.ts'
import { type PackageEntry, readPackageTree } from './package-tree.ts'
import { readLegacyEntries, readLegacyTree } from './package-tree-legacy.ts'

const TEXTS = z.optional(z.record(z.string(), z.string()))
const FLAG = z.optional(z.boolean())

const ENTRY = z.object({
  name: z.optional(z.string()),
  version: z.optional(z.string()),
  resolved: z.optional(z.union([z.string(), z.boolean()])),
  integrity: z.optional(z.string()),
  link: FLAG,
  dev: FLAG,
  optional: FLAG,
  devOptional: FLAG,
  peer: FLAG,
  inBundle: FLAG,
  dependencies: TEXTS,
  devDependencies: TEXTS,
  optionalDependencies: TEXTS,
  peerDependencies: TEXTS,
  peerDependenciesMeta: z.optional(z.record(z.string(), z.object({ optional: FLAG }))),
})

/** `packages`: the key is where npm puts the package; the project itself is at `""`. */
const LOCKFILE = z.object({ packages: z.record(z.string(), ENTRY) })

/**
 * Reads a lockfile of npm 5 and later. Version 2 says everything twice, for npm 6 and for npm 7:
 * both readings must lock the same digests.
 */
export function parsePackageLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseJsonDocument(input.path, input.bytes)
  if (!document.ok) return document
  const version = document.value.root['lockfileVersion']
  switch (version) {
    case 1:
      return readLegacyTree(document.value, input)
    case 2:
    case 3:
      return readPackages(document.value, version)
    default:
      return unknownVersion(input.path, {
        found: typeof version === 'number' ? String(version) : 'none',
        known: '1, 2 or 3',
      })
  }
}

function readPackages(
  document: LockfileDocument,
  version: 2 | 3,
): Result<Lockfile, SnapshotProblem> {
  const shaped = readShape(document, LOCKFILE)
  if (!shaped.ok) return shaped
  const lines = document.root['packages'] as Readonly<Record<string, JsonValue>>
  const entries = new Map<string, PackageEntry>()
  for (const [location, { resolved, ...entry }] of Object.entries(shaped.value.packages)) {
    const line = document.lineOf(lines[location])
    entries.set(location, { ...entry, line, ...(typeof resolved === 'string' && { resolved }) })
  }
  const differing = version === 2 ? findDiffering(document, entries) : accept(undefined)
  if (!differing.ok) return differing
  return readPackageTree({ path: document.path, kind: `npm/${version}`, entries })
}

/**
 * Where npm 6 would read another digest than npm 7 does: one of the two would install what nobody
 * looked at.
 */
function findDiffering(
  document: LockfileDocument,
  entries: ReadonlyMap<string, PackageEntry>,
): Result<undefined, SnapshotProblem> {
  const legacy = readLegacyEntries(document)
  if (!legacy.ok) return legacy
  const problems = [...legacy.value].flatMap(([location, { integrity, line }]) => {
    const other = entries.get(location)?.integrity
    if (integrity === undefined || other === undefined || integrity === other) return []
    const shown = quote(stripCredentials(location))
    const message = `Expected one digest of ${shown} in "packages" and "dependencies", found two`
    return [entryProblem(message, `${document.path} line ${line}`)]
  })
  return judge(undefined, problems)
}
