// Cargo.toml beside a Cargo.lock: which of a crate's own requests are for development, and which can be left out. The
// lockfile says neither (Cargo reference, Specifying Dependencies).

import * as posix from 'node:path/posix'
import * as z from 'zod/mini'
import { accept, type Result } from '../../../core/index.ts'
import type { LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { readShape } from '../document.ts'
import type { Edge } from '../scopes.ts'
import { readTomlSibling } from '../toml-tree.ts'

const REQUESTS = z.optional(z.record(z.string(), z.unknown()))
const SECTIONS = {
  dependencies: REQUESTS,
  'dev-dependencies': REQUESTS,
  'build-dependencies': REQUESTS,
}

const MANIFEST = z.object({
  ...SECTIONS,
  package: z.optional(z.object({ name: z.string() })),
  workspace: z.optional(
    z.object({
      members: z.optional(z.array(z.string())),
      exclude: z.optional(z.array(z.string())),
      dependencies: REQUESTS,
    }),
  ),
  target: z.optional(z.record(z.string(), z.object(SECTIONS))),
})

/** What a crate of this project says about its own requests. */
export interface CrateManifest {
  /** The crate's folder relative to the lockfile; `.` is the project's root. */
  readonly path: string
  /** By the crate's true name; the firmest request counts. */
  readonly kinds: ReadonlyMap<string, Edge['kind']>
}

/** More members than any workspace has. */
const MEMBERS_MAX = 1_000

/** The manifests of the root, of each workspace member, and of each folder that one of them names, by crate name. */
export function readCrateManifests(
  input: LockfileInput,
): Result<ReadonlyMap<string, CrateManifest>, SnapshotProblem> {
  const manifests = new Map<string, CrateManifest>()
  const paths = new Set(['.'])
  let shared: Requests
  // A set grows while it is walked: what is added is visited too.
  for (const path of paths) {
    if (paths.size > MEMBERS_MAX) break
    const document = readTomlSibling(input, posix.join(path, 'Cargo.toml'))
    if (!document.ok) return document
    if (document.value === undefined) continue
    const shaped = readShape(document.value, MANIFEST)
    if (!shaped.ok) return shaped
    const manifest = shaped.value
    if (path === '.') {
      shared = manifest.workspace?.dependencies
      for (const member of listMembers(input, manifest)) paths.add(member)
    }
    for (const folder of listFolders(manifest)) paths.add(posix.join(path, folder))
    if (manifest.package === undefined) continue
    manifests.set(manifest.package.name, { path, kinds: readKinds(manifest, shared) })
  }
  return accept(manifests)
}

/** Folders of the workspace: those that `members` names, and those that its patterns match and `exclude` does not name. */
function listMembers(
  input: LockfileInput,
  { workspace }: z.output<typeof MANIFEST>,
): readonly string[] {
  const { members = [], exclude = [] } = workspace ?? {}
  const excluded = exclude.map((folder) => posix.normalize(`${folder}/`))
  const isPattern = (member: string) => /[*?[]/.test(member)
  const files = members.filter(isPattern).map((pattern) => posix.join(pattern, 'Cargo.toml'))
  const matched = files.length === 0 ? [] : (input.findSiblings?.(files) ?? [])
  const folders = matched
    .filter((file) => !excluded.some((folder) => file.startsWith(folder)))
    .map(posix.dirname)
  const named = members.filter((member) => !isPattern(member))
  // `crates/a/` and `./crates/a` are one folder.
  return [...named, ...folders].map((folder) => posix.join(folder, '.').replace(/\/$/, ''))
}

/** Folders that a manifest's requests name with `path`. */
function listFolders({ target = {}, workspace, ...own }: z.output<typeof MANIFEST>): string[] {
  const sections = [own, ...Object.values(target)].flatMap((section) => [
    section.dependencies,
    section['build-dependencies'],
    section['dev-dependencies'],
  ])
  return [...sections, workspace?.dependencies].flatMap((requests) =>
    Object.values(requests ?? {}).flatMap((request) => {
      const path = member(request, 'path')
      return typeof path === 'string' && !posix.isAbsolute(path) ? path : []
    }),
  )
}

type Requests = z.output<typeof REQUESTS>

function readKinds(
  manifest: z.output<typeof MANIFEST>,
  shared: Requests,
): ReadonlyMap<string, Edge['kind']> {
  const kinds = new Map<string, Edge['kind']>()
  const note = (requests: Requests, kind: Edge['kind'] | undefined) => {
    for (const [key, request] of Object.entries(requests ?? {})) {
      const name = trueName(key, request, shared)
      const given = kind ?? (isOptional(request) ? 'optional' : 'prod')
      const known = kinds.get(name)
      if (known === undefined || FIRMNESS[given] > FIRMNESS[known]) kinds.set(name, given)
    }
  }
  note(manifest.dependencies, undefined)
  note(manifest['build-dependencies'], undefined)
  note(manifest['dev-dependencies'], 'dev')
  for (const target of Object.values(manifest.target ?? {})) {
    note(target.dependencies, 'optional')
    note(target['build-dependencies'], 'optional')
    note(target['dev-dependencies'], 'dev')
  }
  return kinds
}

const FIRMNESS: Readonly<Record<Edge['kind'], number>> = {
  prod: 2,
  optional: 1,
  peer: 0,
  'optional-peer': 0,
  dev: 0,
}

/** The key is the name in code; `package` is the crate's own, and `workspace = true` refers to the root's request. */
function trueName(key: string, request: unknown, shared: Requests): string {
  const inherited = member(request, 'workspace') === true ? shared?.[key] : undefined
  const name = member(inherited ?? request, 'package')
  return typeof name === 'string' ? name : key
}

function isOptional(request: unknown): boolean {
  return member(request, 'optional') === true
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined
}
