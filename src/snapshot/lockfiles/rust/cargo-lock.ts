// Cargo.lock, versions 1 to 4 (Cargo book, Cargo.toml vs Cargo.lock; cargo's `core/resolver/encode`): what cargo will build.

import * as z from 'zod/mini'
import { judge, quote, type Result } from '../../../core/index.ts'
import { isCommit, stripCredentials } from '../../address.ts'
import type { DependencySource, Lockfile, LockfileInput, LockedDigest } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, entryProblem, type LockedEntry, shownVersion } from '../assembly.ts'
import { parseHexDigest } from '../digests.ts'
import { itemLines, type LockfileDocument, readShape, unknownVersion } from '../document.ts'
import { type Edge, PROJECT } from '../scopes.ts'
import { parseTomlDocument } from '../toml-tree.ts'
import { type CrateManifest, readCrateManifests } from './cargo-manifest.ts'

const PACKAGE = z.object({
  name: z.string(),
  version: z.string(),
  source: z.optional(z.string()),
  checksum: z.optional(z.string()),
  dependencies: z.optional(z.array(z.string())),
  replace: z.optional(z.string()),
})

const LOCKFILE = z.object({
  package: z.optional(z.array(PACKAGE)),
  // Before 2017 the project itself stood apart.
  root: z.optional(PACKAGE),
  metadata: z.optional(z.record(z.string(), z.string())),
})

type LockedCrate = z.output<typeof PACKAGE> & { readonly id: string; readonly line: number }

/** Reads a lockfile of cargo; a crate without a source is one of this project's own folders. */
export function parseCargoLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseTomlDocument(input.path, input.bytes)
  if (!document.ok) return document
  const version = document.value.root['version']
  if (version !== undefined && version !== 3 && version !== 4) {
    return unknownVersion(input.path, { found: shownVersion(version), known: '1, 2, 3 or 4' })
  }
  const shaped = readShape(document.value, LOCKFILE)
  if (!shaped.ok) return shaped
  const crates = listCrates(document.value, shaped.value)
  const manifests = readCrateManifests(input)
  if (!manifests.ok) return manifests
  // Version 1 kept all checksums in [metadata]; the first checksum beside its package made it version 2.
  const kind = version ?? (crates.some(({ checksum }) => checksum !== undefined) ? 2 : 1)
  return readGraph({
    path: input.path,
    kind: `cargo/${kind}`,
    crates,
    checksums: new Map(Object.entries(shaped.value.metadata ?? {})),
    manifests: manifests.value,
  })
}

interface CrateGraph {
  readonly path: string
  readonly kind: string
  readonly crates: readonly LockedCrate[]
  /** Of version 1, by `checksum <id>`. */
  readonly checksums: ReadonlyMap<string, string>
  /** Of this project's own crates, by name. */
  readonly manifests: ReadonlyMap<string, CrateManifest>
}

function listCrates(
  document: LockfileDocument,
  { package: packages = [], root }: z.output<typeof LOCKFILE>,
): readonly LockedCrate[] {
  const lineOf = itemLines(document, 'package')
  const crates = packages.map((crate, index) => ({ crate, line: lineOf(index) }))
  if (root !== undefined) {
    crates.push({ crate: root, line: document.lineOf(document.root['root']) })
  }
  return crates.map(({ crate, line }) => ({ ...crate, line, id: packageId(crate) }))
}

function packageId({ name, version, source }: z.output<typeof PACKAGE>): string {
  return `${name} ${version}${source === undefined ? '' : ` (${source})`}`
}

function readGraph(graph: CrateGraph): Result<Lockfile, SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const isRoot = ({ name, source }: LockedCrate) =>
    source === undefined && graph.manifests.get(name)?.path === '.'
  const entries = graph.crates
    .filter((crate) => !isRoot(crate))
    .map((crate): LockedEntry => {
      const at = `${graph.path} line ${crate.line}`
      const source = sourceOf(crate.source, graph.manifests.get(crate.name)?.path)
      if (source === undefined) {
        const shown = quote(stripCredentials(crate.source ?? ''))
        problems.push(entryProblem(`Expected a registry or a git source, found ${shown}`, at))
      }
      const digests = digestsOf(crate, graph.checksums, at)
      if (!digests.ok) problems.push(...digests.problems)
      return {
        id: crate.id,
        name: crate.name,
        version: crate.version,
        digests: digests.ok ? digests.value : [],
        ...(source?.kind === 'registry' && { registry: registryOf(crate.source ?? '') }),
        source: source ?? { kind: 'registry' },
        line: crate.line,
      }
    })
  const edges = listEdges(graph, isRoot, problems)
  const { path, kind } = graph
  const assembled = assembleLockfile({ path, kind, ecosystem: 'cargo', entries, edges })
  if (problems.length === 0) return assembled
  return judge({ path, kind, dependencies: [], floating: [] }, [
    ...problems,
    ...(assembled.ok ? [] : assembled.problems),
  ])
}

/** `registry+URL`, `sparse+URL` or `git+URL?tag=…#commit`; version 4 encodes the reference, which is not read here. */
function sourceOf(
  text: string | undefined,
  path: string | undefined,
): DependencySource | undefined {
  if (text === undefined) return { kind: 'workspace', ...(path !== undefined && { path }) }
  if (/^(?:registry|sparse)\+/.test(text)) return { kind: 'registry' }
  if (!text.startsWith('git+')) return undefined
  const [url = '', commit] = text.slice('git+'.length).split('#')
  const address = stripCredentials(url).replace(/\?.*$/, '')
  return { kind: 'git', url: address, ...(isCommit(commit) && { commit }) }
}

function registryOf(source: string): string {
  return stripCredentials(source.slice(source.indexOf('+') + 1))
}

function digestsOf(
  crate: LockedCrate,
  checksums: ReadonlyMap<string, string>,
  at: string,
): Result<readonly LockedDigest[], SnapshotProblem> {
  const checksum = crate.checksum ?? checksums.get(`checksum ${crate.id}`)
  // Version 1 writes "<none>" for what has no archive, a git checkout for instance.
  if (checksum === undefined || checksum === '<none>') return judge([], [])
  const digest = parseHexDigest('sha256', checksum, at)
  return digest.ok ? judge([digest.value], []) : digest
}

function listEdges(
  { path, crates, manifests }: CrateGraph,
  isRoot: (crate: LockedCrate) => boolean,
  problems: SnapshotProblem[],
): readonly Edge[] {
  const find = indexRequests(crates)
  return crates.flatMap((crate) => {
    const manifest = crate.source === undefined ? manifests.get(crate.name) : undefined
    const from = isRoot(crate) ? PROJECT : crate.id
    const own = crate.source === undefined && from !== PROJECT
    const member: readonly Edge[] = own ? [{ from: PROJECT, to: crate.id, kind: 'prod' }] : []
    const asked = crate.dependencies ?? []
    const requests = (crate.replace === undefined ? asked : [crate.replace]).flatMap(
      (request): Edge | readonly [] => {
        const found = find(request)
        if (found === undefined) {
          const shown = quote(stripCredentials(request))
          const message = `Expected ${shown} to name one package of the lockfile`
          problems.push(entryProblem(message, `${path} line ${crate.line}`))
          return []
        }
        const to = isRoot(found) ? PROJECT : found.id
        return { from, to, kind: manifest?.kinds.get(found.name) ?? 'prod' }
      },
    )
    return [...member, ...requests]
  })
}

/**
 * Finds the one crate of a request. Cargo writes as much of `name version (source)` as it takes to tell it from others,
 * and leaves the commit of a git source out.
 */
function indexRequests(
  crates: readonly LockedCrate[],
): (request: string) => LockedCrate | undefined {
  const byId = new Map(crates.map((crate) => [crate.id, crate]))
  const byKey = new Map<string, LockedCrate[]>()
  for (const crate of crates) {
    const { id, name, version } = crate
    for (const key of new Set([id.replace(/#[^#)]*\)$/, ')'), `${name} ${version}`, name])) {
      byKey.set(key, byKey.get(key) ?? [])
      byKey.get(key)?.push(crate)
    }
  }
  return (request) => {
    const [found, other] = byKey.get(request) ?? []
    // A folder's whole id is name and version, which may begin another one's id too.
    return byId.get(request) ?? (other === undefined ? found : undefined)
  }
}
