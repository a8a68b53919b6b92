// One lockfile with the files that its parser asks for: what it asked for and did not get is read where the project has
// it, and the lockfile is parsed again, until nothing new is asked.

import * as posix from 'node:path/posix'
import { accept, type Problem, quote, type Result, refuse } from '../../core/index.ts'
import { matchPath } from '../baseline/path-pattern.ts'
import type { Lockfile, LockfileInput, LockfileParser } from '../dependency.ts'
import { findLockfileParser } from '../lockfiles/index.ts'

/** Where the files are: those of the project's listing, which holds no link and nothing outside of the folder. */
export interface LockfileSurroundings<P extends Problem = Problem> {
  readonly paths: ReadonlySet<string>
  read(path: string): Promise<Result<Uint8Array, P>>
}

/** A lockfile, and the files that were read to understand it. */
export interface LockfileReading {
  readonly lockfile: Lockfile
  /** Paths from the snapshot's root. */
  readonly companions: readonly string[]
}

/** Every parser's first wishes, read before it asks for them: so most lockfiles are parsed once. */
const FIRST_NAMES = [
  'Cargo.toml',
  'Pipfile',
  'composer.json',
  'go.mod',
  'package.json',
  'pyproject.toml',
]

/** Includes of includes are never this deep; what is deeper counts as not there. */
const ROUNDS_MAX = 16

/** Files that one lockfile may have read; further ones count as not there. */
const COMPANIONS_MAX = 2_000

/** In all of them together; a file that is included or a manifest has some kilobytes. */
const COMPANION_BYTES_MAX = 8 * 1024 * 1024

/** Reads a lockfile; what its parser asks for and the project does not have, the parser does without. */
export async function readLockfile(
  { path, bytes }: Pick<LockfileInput, 'path' | 'bytes'>,
  project: LockfileSurroundings,
): Promise<Result<LockfileReading>> {
  const parse = findLockfileParser(path)
  if (parse === undefined) {
    return refuse({
      code: 'snapshot/lockfile-version',
      message: `Cannot read ${quote(path)}: expected a lockfile of a known format`,
    })
  }
  const held = new Map<string, Uint8Array>()
  const folder = posix.dirname(path)
  let wanted: ReadonlySet<string> = new Set(FIRST_NAMES.map((name) => posix.join(folder, name)))
  for (let round = 0; ; round++) {
    const companions = await readCompanions(wanted, held, project)
    if (!companions.ok) return companions
    const { lockfile, asked, used } = parseOnce(parse, { path, bytes }, { held, project })
    const isNew = [...asked].some((name) => project.paths.has(name))
    if (!isNew || round === ROUNDS_MAX || held.size >= COMPANIONS_MAX) {
      return lockfile.ok ? accept({ lockfile: lockfile.value, companions: [...used] }) : lockfile
    }
    wanted = asked
  }
}

/** Adds what is there to what is held; refuses more bytes than so many files have. */
async function readCompanions(
  wanted: ReadonlySet<string>,
  held: Map<string, Uint8Array>,
  project: LockfileSurroundings,
): Promise<Result<void>> {
  let bytesLeft = COMPANION_BYTES_MAX
  for (const { length } of held.values()) bytesLeft -= length
  for (const path of wanted) {
    if (!project.paths.has(path) || held.size >= COMPANIONS_MAX) continue
    const bytes = await project.read(path)
    if (!bytes.ok) return bytes
    bytesLeft -= bytes.value.length
    if (bytesLeft < 0) {
      return refuse({
        code: 'snapshot/lockfile-syntax',
        message: `Cannot read ${quote(path)}: expected at most ${COMPANION_BYTES_MAX} bytes in all files that one lockfile refers to`,
        at: path,
      })
    }
    held.set(path, bytes.value)
  }
  return accept(undefined)
}

/** Parses with what is held, and notes what the parser was given and what it went without. */
function parseOnce(
  parse: LockfileParser,
  { path, bytes }: Pick<LockfileInput, 'path' | 'bytes'>,
  { held, project }: { held: ReadonlyMap<string, Uint8Array>; project: LockfileSurroundings },
): {
  lockfile: ReturnType<LockfileParser>
  asked: ReadonlySet<string>
  used: ReadonlySet<string>
} {
  const folder = posix.dirname(path)
  const asked = new Set<string>()
  const used = new Set<string>()
  const lockfile = parse({
    path,
    bytes,
    siblings: (name) => {
      if (posix.isAbsolute(name)) return undefined
      const place = posix.join(folder, name)
      const found = held.get(place)
      ;(found === undefined ? asked : used).add(place)
      return found
    },
    findSiblings: (patterns) => {
      const matches = matchPath(patterns)
      const names = [...project.paths].flatMap((place) => nameWithin(folder, place) ?? [])
      return names.filter(matches).slice(0, COMPANIONS_MAX)
    },
  })
  return { lockfile, asked, used }
}

function nameWithin(folder: string, place: string): string | undefined {
  if (folder === '.') return place
  return place.startsWith(`${folder}/`) ? place.slice(folder.length + 1) : undefined
}
