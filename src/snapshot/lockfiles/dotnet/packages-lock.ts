// packages.lock.json, versions 1 and 2 (NuGet documentation, Locking dependencies): a closed list for each framework.

import * as z from 'zod/mini'
import {
  type JsonValue,
  isJsonObject,
  judge,
  quote,
  type Result,
  refuse,
} from '../../../core/index.ts'
import type {
  FloatingRequirement,
  LockedDigest,
  Lockfile,
  LockfileInput,
} from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, entryProblem, type LockedEntry, shownVersion } from '../assembly.ts'
import { parseBase64Digest } from '../digests.ts'
import { type LockfileDocument, parseJsonDocument, readShape, unknownVersion } from '../document.ts'
import { type Edge, PROJECT } from '../scopes.ts'

const ENTRY = z.object({
  type: z.enum(['Direct', 'Transitive', 'CentralTransitive', 'Project']),
  resolved: z.optional(z.string()),
  contentHash: z.optional(z.string()),
  dependencies: z.optional(z.record(z.string(), z.string())),
})

const LOCKFILE = z.object({ dependencies: z.record(z.string(), z.record(z.string(), ENTRY)) })

/** Reads a lockfile of NuGet; version 2 is the one of projects whose versions are kept in one central file. */
export function parsePackagesLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseJsonDocument(input.path, input.bytes)
  if (!document.ok) return document
  const version = document.value.root['version']
  if (version !== 1 && version !== 2) {
    return unknownVersion(input.path, { found: shownVersion(version), known: '1 or 2' })
  }
  const shaped = readShape(document.value, LOCKFILE)
  if (!shaped.ok) return shaped
  const frameworks = Object.entries(shaped.value.dependencies)
  const { path } = input
  const problems: SnapshotProblem[] = []
  const floating: FloatingRequirement[] = []
  const entries = frameworks.flatMap(([framework, packages]) =>
    Object.entries(packages).map(([name, entry]): LockedEntry => {
      const line = lineOf(document.value, framework, name)
      const at = `${path} line ${line}`
      const isProject = entry.type === 'Project'
      if (!isProject && entry.resolved === undefined) {
        problems.push(entryProblem(`Expected the version of ${quote(name)}`, at))
      }
      const digests = digestsOf(entry.contentHash, at, problems)
      if (!isProject && digests.length === 0) {
        floating.push({ name, requirement: entry.resolved ?? '', line })
      }
      return {
        id: `${framework}/${name}`,
        name,
        version: entry.resolved,
        digests,
        source: isProject ? { kind: 'workspace' } : { kind: 'registry' },
        line,
      }
    }),
  )
  const edges = frameworks.flatMap(([framework, packages]) => listEdges(framework, packages))
  const kind = `nuget/${version}`
  const lockfile = assembleLockfile({ path, kind, ecosystem: 'nuget', entries, edges, floating })
  return lockfile.ok ? judge(lockfile.value, problems) : refuse(...lockfile.problems, ...problems)
}

function lineOf(document: LockfileDocument, framework: string, name: string): number {
  const member = (value: JsonValue | undefined, key: string) =>
    isJsonObject(value) ? value[key] : undefined
  return document.lineOf(member(member(document.root['dependencies'], framework), name))
}

/** The hash leaves the package's signature out, so it is not the one of the file that a registry serves. */
function digestsOf(
  contentHash: string | undefined,
  at: string,
  problems: SnapshotProblem[],
): readonly LockedDigest[] {
  if (contentHash === undefined) return []
  const digest = parseBase64Digest('sha512', contentHash, at)
  if (!digest.ok) problems.push(...digest.problems)
  return digest.ok ? [{ ...digest.value, of: 'unsigned package' }] : []
}

/** Names are equal without regard to case; a runtime's list (`net8.0/linux-x64`) adds to the framework's. */
function listEdges(
  framework: string,
  packages: Readonly<Record<string, z.output<typeof ENTRY>>>,
): readonly Edge[] {
  const ids = new Map(
    Object.keys(packages).map((name) => [name.toLowerCase(), `${framework}/${name}`]),
  )
  return Object.entries(packages).flatMap(([name, { type, dependencies = {} }]) => {
    const from = `${framework}/${name}`
    const direct: readonly Edge[] =
      type === 'Direct' || type === 'Project' ? [{ from: PROJECT, to: from, kind: 'prod' }] : []
    return [
      ...direct,
      ...Object.keys(dependencies).flatMap((asked): Edge | readonly [] => {
        const to = ids.get(asked.toLowerCase())
        return to === undefined ? [] : { from, to, kind: 'prod' }
      }),
    ]
  })
}
