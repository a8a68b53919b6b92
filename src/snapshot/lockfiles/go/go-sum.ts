// go.sum and go.mod, read together (Go Modules Reference, go.sum files): go.mod says which versions are meant, go.sum
// holds the digests of their trees. An `h1:` is the dirHash of the module's zip, or of its go.mod alone.

import { judge, quote, type Result } from '../../../core/index.ts'
import type { DependencySource, LockedDigest, Lockfile, LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, entryProblem, type LockedEntry } from '../assembly.ts'
import { parseBase64Digest } from '../digests.ts'
import { syntaxProblem } from '../document.ts'
import { parseLines } from '../text-lines.ts'
import { type GoModule, type GoReplacement, type GoRequirement, readGoModule } from './go-mod.ts'
import { compareGoVersions } from './go-version.ts'

/** One module version of go.sum, with the digests of its tree and of its go.mod. */
interface SummedModule {
  readonly path: string
  readonly version: string
  readonly digests: readonly LockedDigest[]
  readonly line: number
}

const LINE = /^(?<path>\S+) (?<version>[^\s/]+)(?<mod>\/go\.mod)? h1:(?<base64>\S+)$/

/** From go 1.17 on, go.mod itself lists every module that the build needs (Go Modules Reference, graph pruning). */
const COMPLETE_SINCE = 'v1.17'

/**
 * Reads go.sum with the go.mod beside it. Without one, every version whose tree is locked is listed, because which of
 * them is built can not be known.
 */
export function parseGoSum(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const sums = readSums(input)
  if (!sums.ok) return sums
  const module = readGoModule(input)
  if (!module.ok) return module
  const all = [...sums.value.values()]
  const entries =
    module.value === undefined
      ? all.filter(hasTree).map((sum) => entryOf(sum, 'unknown'))
      : selectModules(module.value, sums.value)
  const { path } = input
  return assembleLockfile({ path, kind: 'go', ecosystem: 'golang', entries, edges: [] })
}

function readSums(
  input: LockfileInput,
): Result<ReadonlyMap<string, SummedModule>, SnapshotProblem> {
  const lines = parseLines(input.path, input.bytes)
  if (!lines.ok) return lines
  const problems: SnapshotProblem[] = []
  const sums = new Map<string, SummedModule>()
  for (const { text, line } of lines.value) {
    if (text.trim() === '') continue
    const at = `${input.path} line ${line}`
    const { path, version, mod, base64 } = LINE.exec(text)?.groups ?? {}
    if (path === undefined || version === undefined || base64 === undefined) {
      const message = `Expected a module, a version and an h1: digest, found ${quote(text)}`
      problems.push(syntaxProblem(message, at))
      continue
    }
    const digest = parseBase64Digest('dirHash', base64, at)
    if (!digest.ok) {
      problems.push(...digest.problems)
      continue
    }
    const locked = mod === undefined ? digest.value : { ...digest.value, of: 'go.mod' }
    const key = `${path}@${version}`
    const known = sums.get(key) ?? { path, version, digests: [], line }
    const twin = known.digests.find(({ of }) => of === locked.of)
    if (twin === undefined) {
      sums.set(key, { ...known, digests: [...known.digests, locked] })
    } else if (twin.value !== locked.value) {
      problems.push(entryProblem(`Expected one digest of ${quote(key)}, found two`, at))
    }
  }
  return judge(sums, problems)
}

/** The versions that minimal version selection arrives at, as far as both files tell. */
function selectModules(
  module: GoModule,
  sums: ReadonlyMap<string, SummedModule>,
): readonly LockedEntry[] {
  const required = new Map(module.requires.map((require) => [require.path, require]))
  const replacements = new Map(
    module.replaces.map(({ path, version, by }) => [
      version === undefined ? path : `${path}@${version}`,
      by,
    ]),
  )
  const selection = { file: module.file, sums, replacements }
  const entries = module.requires.map((require) => requiredEntry(require, selection))
  if (module.toolchain !== undefined) entries.push(toolchainEntry(module, module.toolchain))
  if (module.go !== undefined && compareGoVersions(`v${module.go}`, COMPLETE_SINCE) >= 0) {
    return entries
  }
  // An older go.mod names direct requests only. go.sum has every version of the graph, and the highest is selected.
  const replacing = new Set(module.replaces.map(({ by }) => by.path))
  const others = [...sums.values()].filter(
    (sum) => hasTree(sum) && !required.has(sum.path) && !replacing.has(sum.path),
  )
  for (const versions of Map.groupBy(others, (sum) => sum.path).values()) {
    const [selected] = versions.toSorted((a, b) => compareGoVersions(b.version, a.version))
    if (selected !== undefined) entries.push(entryOf(selected, 'transitive'))
  }
  return entries
}

interface Selection {
  /** The path of go.mod. */
  readonly file: string
  readonly sums: ReadonlyMap<string, SummedModule>
  /** By `path@version`, or by the path alone for every version of it. */
  readonly replacements: ReadonlyMap<string, GoReplacement['by']>
}

function requiredEntry(
  { path, version, indirect, line }: GoRequirement,
  { file, sums, replacements }: Selection,
): LockedEntry {
  // A replacement of this one version comes before one of every version.
  const target = replacements.get(`${path}@${version}`) ??
    replacements.get(path) ?? { path, version }
  const source: DependencySource =
    target.version === undefined ? { kind: 'link', path: target.path } : { kind: 'registry' }
  const name = source.kind === 'link' ? path : target.path
  const locked = source.kind === 'link' ? version : (target.version ?? version)
  const sum = sums.get(`${name}@${locked}`)
  return {
    id: `${path}@${version}`,
    name,
    version: locked,
    digests: source.kind === 'link' ? [] : (sum?.digests ?? []),
    source,
    line: sum?.line ?? line,
    ...(sum === undefined && { path: file }),
    scope: { relationship: indirect ? 'transitive' : 'direct' },
  }
}

/** The toolchain is a module of the graph with a name of its own (Go Toolchains); go.sum does not lock its bytes. */
function toolchainEntry({ file, toolchainLine }: GoModule, version: string): LockedEntry {
  return {
    id: `toolchain@${version}`,
    name: 'toolchain',
    version,
    digests: [],
    source: { kind: 'registry' },
    line: toolchainLine,
    path: file,
    scope: { relationship: 'direct' },
  }
}

function entryOf(sum: SummedModule, relationship: 'transitive' | 'unknown'): LockedEntry {
  return {
    id: `${sum.path}@${sum.version}`,
    name: sum.path,
    version: sum.version,
    digests: sum.digests,
    source: { kind: 'registry' },
    line: sum.line,
    scope: { relationship },
  }
}

function hasTree({ digests }: SummedModule): boolean {
  return digests.some(({ of }) => of === undefined)
}
