// From a folder's files to its snapshot: choose what counts, read it, follow what it uses, and judge the pins.

import * as posix from 'node:path/posix'
import { accept, compareCodePoints, judge, type Problem, type Result } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { type Baseline, buildSelector, membershipOfKind } from '../baseline/baseline.ts'
import { buildEntryStates, type Membership } from '../baseline/entry-state.ts'
import { matchPath } from '../baseline/path-pattern.ts'
import type {
  BuildInput,
  InputContent,
  InputKind,
  LocalUse,
  UnreadableReason,
} from '../build-input.ts'
import { INPUT_READERS } from '../build-inputs/readers.ts'
import type { Lockfile } from '../dependency.ts'
import { pinStateOfInput } from './input-pin.ts'
import { type LockfileReading, readLockfile } from './lockfile-reading.ts'
import { asksForNothing, lockfileOfManifest } from './manifest.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Source } from '../source.ts'

/** A folder as the collection sees it. */
export interface Project<P extends Problem = Problem> {
  /** Every file that may count, from the snapshot's root, with forward slashes. */
  readonly paths: readonly string[]
  /** Symbolic links: never followed, and listed as left out where a file of that name would count. */
  readonly links?: readonly string[]
  read(path: string): Promise<Result<Uint8Array, P>>
  readonly source: Source
}

/** Collects the snapshot, or tells every file that can not be read or understood. */
export async function collectSnapshot<P extends Problem>(
  project: Project<P>,
  baseline: Baseline,
): Promise<Result<Snapshot>> {
  const { paths, links } = sortOutLinks(project)
  const work: Work = {
    paths: new Set(paths),
    memberships: new Map(),
    read: new Map(),
    problems: [],
  }
  const leftOut = [...choose(paths, baseline, work), ...linksLeftOut(links, baseline)]
  // Reading a file can show that another one counts; a round reads what the round before found.
  for (let round = [...work.memberships.keys()]; round.length > 0; ) {
    const found: string[] = []
    for (const path of round) found.push(...(await readInput(path, project, baseline, work)))
    round = found
  }
  const lockfiles = [...work.read.values()]
    .flatMap(({ lockfile }) => lockfile ?? [])
    .toSorted((a, b) => compareCodePoints(a.path, b.path))
  const lockers = new Map(
    lockfiles.flatMap(({ path }) =>
      (work.read.get(path)?.uses ?? []).map((used) => [used, path] as const),
    ),
  )
  const inputs = [...work.read.values()]
    .map((file) => buildInput(file, lockfiles, lockers))
    .toSorted((a, b) => compareCodePoints(a.path, b.path))
  const memberships = new Map([...work.memberships].map(([path, { member }]) => [path, member]))
  return judge(
    {
      source: project.source,
      baselineSha256: baseline.sha256,
      inputs,
      lockfiles,
      entries: buildEntryStates(baseline, inputs, memberships),
      leftOut: leftOut.toSorted(compareCodePoints),
    },
    work.problems,
  )
}

interface Work {
  readonly paths: ReadonlySet<string>
  readonly memberships: Map<string, { readonly kind: InputKind; readonly member: Membership }>
  readonly read: Map<string, ReadFile>
  readonly problems: Problem[]
}

interface ReadFile {
  readonly path: string
  readonly kind: InputKind
  readonly sha256: string
  readonly size: number
  readonly content: InputContent
  readonly uses: readonly string[]
  readonly missing: readonly string[]
  readonly asksForNothing: boolean
  readonly lockfile?: Lockfile
  readonly unreadable?: readonly UnreadableReason[]
}

/** Puts what counts into the work, and returns what would count but is left out. */
function choose(paths: readonly string[], baseline: Baseline, work: Work): string[] {
  const select = buildSelector(baseline)
  return paths.filter((path) => {
    const selection = select(path)
    if (selection.state === 'counts') {
      work.memberships.set(path, { kind: selection.kind, member: selection.membership })
    }
    return selection.state === 'left-out'
  })
}

/** What lies behind a link is no file of the project, even where a listing names it. */
function sortOutLinks({ paths, links = [] }: Project): Required<Pick<Project, 'paths' | 'links'>> {
  const known = new Set(links)
  const isBehind = (path: string): boolean => {
    const folder = posix.dirname(path)
    return folder !== '.' && (known.has(folder) || isBehind(folder))
  }
  if (known.size === 0) return { paths, links }
  const { true: behind = [], false: own = [] } = Object.groupBy(
    paths,
    (path) => `${isBehind(path)}`,
  )
  return { paths: own, links: [...links, ...behind] }
}

function linksLeftOut(links: readonly string[], baseline: Baseline): string[] {
  const select = buildSelector(baseline)
  return links.filter((path) => select(path).state !== 'unknown')
}

/** Reads one file and returns the paths that it makes count. */
async function readInput(
  path: string,
  project: Project,
  baseline: Baseline,
  work: Work,
): Promise<string[]> {
  const kind = work.memberships.get(path)?.kind
  const bytes = await project.read(path)
  if (kind === undefined || !bytes.ok) {
    work.problems.push(...(bytes.ok ? [] : bytes.problems))
    return []
  }
  const content = await readContent(kind, { path, bytes: bytes.value }, project, work)
  if (!content.ok) {
    work.problems.push(...content.problems.map((problem) => locate(problem, path)))
    return []
  }
  const { used, missing } = followUses(content.value.uses, work.paths)
  for (const companion of content.value.companions ?? []) used.set(companion, 'manifest')
  work.read.set(path, {
    path,
    kind,
    sha256: digestBytes('sha256', bytes.value),
    size: bytes.value.length,
    content: content.value,
    uses: [...used.keys()].toSorted(compareCodePoints),
    missing: missing.toSorted(compareCodePoints),
    asksForNothing: kind === 'manifest' && asksForNothing(path, bytes.value),
    ...(content.value.lockfile && { lockfile: content.value.lockfile }),
    ...(content.value.unreadable && { unreadable: content.value.unreadable }),
  })
  return [...used].flatMap(([target, targetKind]) => {
    const member = membershipOfKind(baseline, targetKind) ?? work.memberships.get(path)?.member
    if (member === undefined || work.memberships.has(target)) return []
    work.memberships.set(target, { kind: targetKind, member })
    return [target]
  })
}

const NOTHING: InputContent = { references: [], uses: [] }

type FileContent = InputContent & Partial<LockfileReading> & Pick<ReadFile, 'unreadable'>

/** What stands in a file. A lockfile is understood or refused; any other file that is not understood says so and floats. */
async function readContent(
  kind: InputKind,
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
  project: Project,
  { paths }: Work,
): Promise<Result<FileContent>> {
  if (kind === 'manifest') return accept(NOTHING)
  if (kind !== 'lockfile') {
    const content = INPUT_READERS[kind]({ path, bytes })
    return content.ok
      ? content
      : accept({
          ...NOTHING,
          unreadable: content.problems.map((problem) => reasonOf(problem, path)),
        })
  }
  const read = (companion: string) => project.read(companion)
  const reading = await readLockfile({ path, bytes }, { paths, read })
  if (!reading.ok) return reading
  return accept({ ...NOTHING, ...reading.value })
}

function reasonOf(problem: Problem, path: string): UnreadableReason {
  const { code, message, at = path } = locate(problem, path)
  return { code, message, at }
}

/** The files that are used, with their kinds, and the names of those that are not there. */
function followUses(
  uses: readonly LocalUse[],
  paths: ReadonlySet<string>,
): { used: Map<string, InputKind>; missing: string[] } {
  const used = new Map<string, InputKind>()
  const missing = new Set<string>()
  for (const { name, candidates, isPattern, kind } of uses) {
    const matches = isPattern === true ? matchPath(candidates) : undefined
    const found =
      matches === undefined
        ? candidates.filter((candidate) => paths.has(candidate)).slice(0, 1)
        : [...paths].filter(matches)
    if (found.length === 0) missing.add(name)
    for (const path of found) used.set(path, kind)
  }
  return { used, missing: [...missing] }
}

function buildInput(
  file: ReadFile,
  lockfiles: readonly Lockfile[],
  lockers: ReadonlyMap<string, string>,
): BuildInput {
  const { path, kind, sha256, size, content, uses, missing, lockfile, unreadable } = file
  const lockedBy =
    kind === 'manifest' ? (lockfileOfManifest(path, lockfiles) ?? lockers.get(path)) : undefined
  const input = {
    path,
    kind,
    sha256,
    size,
    references: content.references,
    ...(uses.length > 0 && { uses }),
    ...(missing.length > 0 && { missing }),
    ...(unreadable && { unreadable }),
    ...(content.names && { names: content.names }),
    ...(lockedBy !== undefined && { lockedBy }),
    ...(file.asksForNothing && { asksForNothing: true as const }),
  }
  return { ...input, pinState: pinStateOfInput(input, lockfile) }
}

/** Puts the path before the place in the file. */
function locate<P extends Problem>(problem: P, path: string): P {
  const { at } = problem
  if (at?.includes(path) === true) return problem
  return { ...problem, at: at === undefined ? path : `${path}, ${at}` }
}
