// Cargo.toml beside a Cargo.lock: which of a crate's own requests are for development, and which can be left out. The
// lockfile says neither (Cargo reference, Specifying Dependencies).

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
    z.object({ members: z.optional(z.array(z.string())), dependencies: REQUESTS }),
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

/** More members than any workspace has; patterns such as `crates/*` name folders that can not be listed from here. */
const MEMBERS_MAX = 1_000

/** The manifests of the root and of each workspace member that is beside the lockfile, by crate name. */
export function readCrateManifests(
  input: LockfileInput,
): Result<ReadonlyMap<string, CrateManifest>, SnapshotProblem> {
  const manifests = new Map<string, CrateManifest>()
  const paths = new Set(['.'])
  let shared: Requests
  for (const path of paths) {
    const file = path === '.' ? 'Cargo.toml' : `${path}/Cargo.toml`
    const document = readTomlSibling(input, file)
    if (!document.ok) return document
    if (document.value === undefined) continue
    const shaped = readShape(document.value, MANIFEST)
    if (!shaped.ok) return shaped
    const manifest = shaped.value
    if (path === '.') {
      shared = manifest.workspace?.dependencies
      for (const member of (manifest.workspace?.members ?? []).slice(0, MEMBERS_MAX)) {
        if (!/[*?[]/.test(member)) paths.add(member)
      }
    }
    if (manifest.package === undefined) continue
    manifests.set(manifest.package.name, { path, kinds: readKinds(manifest, shared) })
  }
  return accept(manifests)
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
