// How the blocks of a berry lockfile hang together: requests are descriptors, and `resolutions` and
// patches change them.

import type { FloatingRequirement } from '../../../dependency.ts'
import { type LockedEntry } from '../../assembly.ts'
import type { Manifest } from '../manifest.ts'
import { type Edge, PROJECT } from '../../scopes.ts'
import { type ResolutionRule, readResolutions } from './yarn-syntax.ts'

/** One block, read. */
export interface BerryBlock {
  /** `name@npm:^1.0.0`, each of which this block answers. */
  readonly descriptors: readonly string[]
  readonly entry: LockedEntry
  readonly dependencies: Readonly<Record<string, string>>
  readonly optional: ReadonlySet<string>
}

/** What the requests of all blocks lead to. */
interface Index {
  readonly byDescriptor: ReadonlyMap<string, BerryBlock>
  /** Patches that Yarn itself puts on a package, by the descriptor under the patch. */
  readonly patches: ReadonlyMap<string, BerryBlock>
  readonly byName: ReadonlyMap<string, readonly BerryBlock[]>
  readonly rules: readonly ResolutionRule[]
}

/**
 * Connects the blocks. A block lists the development dependencies of a member among all others;
 * `package.json` beside the lockfile tells them apart for the root alone, so those of the other
 * members count as needed.
 */
export function connectBlocks(
  blocks: readonly BerryBlock[],
  manifest: Manifest | undefined,
): { readonly edges: readonly Edge[]; readonly floating: readonly FloatingRequirement[] } {
  const index = indexBlocks(blocks, manifest)
  const edges: Edge[] = []
  const floating: FloatingRequirement[] = []
  for (const block of blocks) {
    const { entry, dependencies, optional } = block
    if (entry.source.kind === 'workspace' && entry.id !== PROJECT) {
      edges.push({ from: PROJECT, to: entry.id, kind: 'prod' })
    }
    for (const [name, requirement] of Object.entries(dependencies)) {
      const answer = answerTo(index, entry, { name, requirement })
      const dev = entry.id === PROJECT && isDevelopment(manifest, name)
      const kind = dev ? 'dev' : optional.has(name) ? 'optional' : 'prod'
      if (answer !== undefined) edges.push({ from: entry.id, to: answer.entry.id, kind })
      else if (kind !== 'optional') floating.push({ name, requirement, line: entry.line })
    }
    const under = underPatch(entry.id)
    const patched = under === undefined ? undefined : blockOf(blocks, under)
    if (patched !== undefined) edges.push({ from: entry.id, to: patched.entry.id, kind: 'prod' })
    if (entry.source.kind === 'git' && entry.source.commit === undefined) {
      floating.push({ name: entry.name, requirement: entry.source.url, line: entry.line })
    }
  }
  return { edges, floating: floating.toSorted((a, b) => a.line - b.line) }
}

function indexBlocks(blocks: readonly BerryBlock[], manifest: Manifest | undefined): Index {
  const pairs = blocks.flatMap((block) => block.descriptors.map((key) => [key, block] as const))
  const patches = pairs.flatMap(([key, block]) => {
    const under = key.includes('builtin<') ? underPatch(key) : undefined
    return under === undefined ? [] : [[normalise(under), block] as const]
  })
  return {
    byDescriptor: new Map(pairs),
    patches: new Map(patches),
    byName: Map.groupBy(blocks, ({ descriptors: [first = ''] }) => nameOf(first)),
    rules: readResolutions(manifest?.resolutions ?? {}),
  }
}

function answerTo(
  index: Index,
  asking: LockedEntry,
  { name, requirement }: { readonly name: string; readonly requirement: string },
): BerryBlock | undefined {
  const rule = index.rules.find(({ from, descriptor }) => {
    const wanted = [undefined, requirement, `npm:${requirement}`, requirement.replace(/^npm:/, '')]
    return (
      descriptor.fullName === name &&
      wanted.includes(descriptor.description) &&
      (from === undefined || from.fullName === asking.name)
    )
  })
  const descriptor = `${name}@${rule?.reference ?? requirement}`
  const exact = [descriptor, normalise(descriptor)]
  const [patched] = exact.flatMap((key) => index.patches.get(key) ?? [])
  // A patch asks for what is under it by the same descriptor, and must not lead to itself.
  if (patched !== undefined && patched.entry.id !== asking.id) return patched
  const [found] = exact.flatMap((key) => index.byDescriptor.get(key) ?? [])
  const named = index.byName.get(name) ?? []
  return found ?? (named.length === 1 ? named[0] : undefined)
}

function blockOf(blocks: readonly BerryBlock[], locator: string): BerryBlock | undefined {
  return blocks.find(({ entry }) => entry.id === locator || entry.id.startsWith(`${locator}::`))
}

/** `a@patch:a@npm%3A1.0.0#…` is a patch on `a@npm:1.0.0`. */
function underPatch(text: string): string | undefined {
  const under = /^(?:@[^/]+\/)?[^@]+@patch:([^#]+)#/.exec(text)?.[1]
  return under?.replace(/%3A/gi, ':').replace(/%40/g, '@').replace(/%2F/gi, '/')
}

/** Versions 5 and 6 leave the protocol of the registry out. */
function normalise(descriptor: string): string {
  const name = nameOf(descriptor)
  const range = descriptor.slice(name.length + 1)
  return /^[a-z][a-z+.-]*:/.test(range) ? descriptor : `${name}@npm:${range}`
}

function nameOf(descriptor: string): string {
  const at = descriptor.indexOf('@', 1)
  return at < 0 ? descriptor : descriptor.slice(0, at)
}

function isDevelopment(manifest: Manifest | undefined, name: string): boolean {
  const { devDependencies = {}, dependencies = {}, optionalDependencies = {} } = manifest ?? {}
  const needed = Object.hasOwn(dependencies, name) || Object.hasOwn(optionalDependencies, name)
  return Object.hasOwn(devDependencies, name) && !needed
}
