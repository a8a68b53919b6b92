// yarn.lock of Yarn 1 (`# yarn lockfile v1`): each block answers one or more patterns,
// `name@range`.

import * as z from 'zod/mini'
import { judge, quote, type Result } from '../../../../core/index.ts'
import { stripCredentials } from '../../../address.ts'
import type { FloatingRequirement, Lockfile, LockfileInput } from '../../../dependency.ts'
import type { SnapshotProblem } from '../../../problem.ts'
import { assembleLockfile, entryProblem, type LockedEntry } from '../../assembly.ts'
import { parseHexDigest, parseIntegrity } from '../../digests.ts'
import { type Manifest, readManifest } from '../manifest.ts'
import { type Edge, PROJECT } from '../../scopes.ts'
import { isRepository, registrySource, sourceOf } from '../source.ts'
import { parseYarnBlocks } from './yarn-syntax.ts'

const TEXTS = z.optional(z.record(z.string(), z.string()))

const BLOCK = z.object({
  version: z.string(),
  resolved: z.optional(z.string()),
  integrity: z.optional(z.string()),
  dependencies: TEXTS,
  optionalDependencies: TEXTS,
})

interface Block {
  readonly patterns: readonly string[]
  readonly value: z.output<typeof BLOCK>
  readonly entry: LockedEntry
}

/**
 * Reads version 1. The lockfile does not say what the project asks for: `package.json` beside it
 * does. Where that is missing, or has workspaces, what nobody else asks for counts as the
 * project's, and as needed.
 */
export function parseYarnLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const manifest = readManifest(input)
  if (!manifest.ok) return manifest
  const read = parseYarnBlocks(input.path, input.bytes)
  if (!read.ok) return read
  const problems: SnapshotProblem[] = []
  const blocks = read.value.blocks.flatMap(({ patterns, line }): Block | readonly [] => {
    const at = `${input.path} line ${line}`
    const value = BLOCK.safeParse(read.value.values[patterns[0] ?? ''])
    if (!value.success) {
      const shown = quote(stripCredentials(patterns[0] ?? ''))
      problems.push(entryProblem(`Expected "version" and lists of requirements in ${shown}`, at))
      return []
    }
    const entry = readBlock(patterns, value.data, { line, at })
    if (!entry.ok) problems.push(...entry.problems)
    return entry.ok ? { patterns, value: value.data, entry: entry.value } : []
  })
  const entries = blocks.map(({ entry }) => entry)
  const lockfile = assembleLockfile({
    path: input.path,
    kind: 'yarn/1',
    ecosystem: 'npm',
    entries,
    ...connect(blocks, manifest.value),
  })
  return lockfile.ok ? judge(lockfile.value, problems) : lockfile
}

function readBlock(
  patterns: readonly string[],
  { version, resolved, integrity }: Block['value'],
  { line, at }: { readonly line: number; readonly at: string },
): Result<LockedEntry, SnapshotProblem> {
  const [id = ''] = patterns
  const { name, range } = splitPattern(id)
  const sri = parseIntegrity(integrity ?? '', at)
  if (!sri.ok) return sri
  // Yarn 1 puts the archive's SHA-1 behind the address.
  const [, hash] = /\.(?:tgz|tar\.gz)(?:\?[^#]*)?#([^#]+)$/.exec(resolved ?? '') ?? []
  const sha1 = hash === undefined ? undefined : parseHexDigest('sha1', hash, at)
  if (sha1?.ok === false) return sha1
  const known = sha1 === undefined || sri.value.some((digest) => digest.value === sha1.value.value)
  const digests = known ? sri.value : [...sri.value, sha1.value]
  const [, alias, aliased] = /^npm:((?:@[^/]+\/)?[^@]+)(?:@(.*))?$/.exec(range) ?? []
  const foreign = alias === undefined && (/^(?:https?:|file:)/.test(range) || isRepository(range))
  const trueName = alias ?? name
  const place = foreign
    ? { source: sourceOf(resolved ?? range) }
    : placeOf(trueName, resolved, aliased ?? range)
  return judge({ id, name: trueName, version, digests, line, ...place }, [])
}

function placeOf(name: string, resolved: string | undefined, range: string) {
  if (resolved === undefined || /^https?:/.test(resolved)) {
    return range.startsWith('file:') ? { source: sourceOf(range) } : registrySource(name, resolved)
  }
  return { source: sourceOf(resolved) }
}

function connect(
  blocks: readonly Block[],
  manifest: Manifest | undefined,
): { readonly edges: readonly Edge[]; readonly floating: readonly FloatingRequirement[] } {
  const byPattern = new Map(blocks.flatMap((block) => block.patterns.map((key) => [key, block])))
  const byName = Map.groupBy(blocks, (block) => splitPattern(block.entry.id).name)
  const edges: Edge[] = []
  const floating: FloatingRequirement[] = []
  const ask = (
    from: string,
    list: Readonly<Record<string, string>> = {},
    kind: Edge['kind'],
    line: number,
  ) => {
    for (const [name, requirement] of Object.entries(list)) {
      // `resolutions` answer a request by another pattern; one block of the name can only be the
      // one.
      const named = byName.get(name) ?? []
      const block =
        byPattern.get(`${name}@${requirement}`) ?? (named.length === 1 ? named[0] : undefined)
      if (block !== undefined) edges.push({ from, to: block.entry.id, kind })
      else if (kind !== 'optional' && !mayBeMember(from, requirement)) {
        floating.push({ name, requirement, line })
      }
    }
  }
  // Members are not in the lockfile: what the project asks for by a name that is nowhere may be one
  // of them.
  const mayBeMember = (from: string, requirement: string) =>
    /^(?:link|workspace):/.test(requirement) ||
    (from === PROJECT && manifest?.workspaces !== undefined)
  for (const { entry, value } of blocks) {
    const { optionalDependencies = {} } = value
    const required = Object.entries(value.dependencies ?? {}).filter(
      ([name]) => !Object.hasOwn(optionalDependencies, name),
    )
    ask(entry.id, Object.fromEntries(required), 'prod', entry.line)
    ask(entry.id, optionalDependencies, 'optional', entry.line)
    if (entry.source.kind === 'git' && entry.source.commit === undefined) {
      floating.push({ name: entry.name, requirement: entry.source.url, line: entry.line })
    }
  }
  ask(PROJECT, manifest?.devDependencies, 'dev', 1)
  ask(PROJECT, manifest?.dependencies, 'prod', 1)
  ask(PROJECT, manifest?.optionalDependencies, 'optional', 1)
  if (manifest === undefined || manifest.workspaces !== undefined) {
    const asked = new Set(edges.map((edge) => edge.to))
    for (const { entry } of blocks) {
      if (!asked.has(entry.id)) edges.push({ from: PROJECT, to: entry.id, kind: 'prod' })
    }
  }
  return { edges, floating: floating.toSorted((a, b) => a.line - b.line) }
}

/** `@scope/name@range` at the first "@" that is not the scope's. */
function splitPattern(pattern: string): { readonly name: string; readonly range: string } {
  const at = pattern.indexOf('@', 1)
  return at < 0
    ? { name: pattern, range: '' }
    : { name: pattern.slice(0, at), range: pattern.slice(at + 1) }
}
