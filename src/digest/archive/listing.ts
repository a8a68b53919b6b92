// From the entries of an archive to the paths of an artifact set: names judged, leading parts dropped, nothing skipped silently.

import { accept, judge, quote, type Result, refuse } from '../../core/index.ts'
import { findEmptyFolders, type LeftOut, type SymbolicLink } from '../artifact.ts'
import { parseArtifactPath } from '../artifact-path.ts'
import { findPathCollisions, findUnportablePaths, pathCollision } from '../path-collision.ts'
import type { DigestProblem } from '../problem.ts'
import type { ArchiveEntry } from './tar.ts'

/** How an archive's names become paths. */
export interface ListingOptions {
  /** Leading parts of every name to drop. */
  readonly strip: number
  /** Refuse symbolic links, or list them. */
  readonly symlinks: 'refuse' | 'list'
  /** The path itself or the folder above it that is to be left out, if any. */
  readonly excludedBy: (path: string) => string | undefined
}

/** What an archive holds, by the paths of the set. */
export interface ArchiveListing {
  /** The path of each file that belongs to the set, by the name of its entry, in the archive's order. */
  readonly files: ReadonlyMap<string, string>
  readonly links: readonly SymbolicLink[]
  readonly leftOut: readonly LeftOut[]
}

/** Judges the names of an archive all together. What {@link findUnportablePaths} finds is an error here. */
export function listArchive(
  entries: readonly ArchiveEntry[],
  { strip, symlinks, excludedBy }: ListingOptions,
): Result<ArchiveListing, DigestProblem> {
  const problems: DigestProblem[] = []
  const files = new Map<string, string>()
  const links: SymbolicLink[] = []
  const folders: string[] = []
  const excluded = new Set<string>()
  for (const entry of entries) {
    const path = parseEntryName(entry, strip)
    if (!path.ok) {
      problems.push(...path.problems)
      continue
    }
    const exclusion = excludedBy(path.value)
    if (exclusion !== undefined) {
      excluded.add(
        exclusion === path.value && entry.kind === 'folder' ? `${exclusion}/` : exclusion,
      )
      continue
    }
    if (entry.kind === 'file') files.set(entry.name, path.value)
    else if (entry.kind === 'folder') folders.push(...(path.value === '' ? [] : [path.value]))
    else if (symlinks === 'list') links.push({ path: path.value, target: entry.target })
    else problems.push(linkRefused(entry.name, entry.target))
  }
  const listed = [...files.values().map((path) => ({ path })), ...links]
  const paths = listed.map(({ path }) => path)
  const together = [collisions(listed, folders), findUnportablePaths(paths, folders)]
  const leftOut: LeftOut[] = [
    ...[...excluded].map((path) => ({ path, reason: 'excluded' as const })),
    ...findEmptyFolders(folders, paths),
  ]
  return judge({ files, links, leftOut }, [problems, ...together].flat())
}

/** A symbolic link where none is wanted. */
export function linkRefused(path: string, target: string): DigestProblem {
  return {
    code: 'digest/file-link',
    message: `Expected regular files alone, found a symbolic link ${quote(path)} to ${quote(target)}`,
    hint: 'Leave it out with --exclude, or list links with --symlinks list; they are never followed',
  }
}

/** The path below the dropped parts: empty for a folder that was dropped whole. */
function parseEntryName(entry: ArchiveEntry, strip: number): Result<string, DigestProblem> {
  // `tar -C folder .` writes the folder itself as `./` and everything in it as `./name`.
  const name = entry.name.replace(/^\.\//, '')
  const bare = entry.kind === 'folder' ? name.replace(/\/$/, '') : name
  if (entry.kind === 'folder' && (bare === '' || bare === '.')) return accept('')
  const safe = parseArtifactPath(bare)
  if (!safe.ok) return safe
  const parts = safe.value.split('/')
  if (parts.length > strip || entry.kind === 'folder') return accept(parts.slice(strip).join('/'))
  return refuse({
    code: 'digest/archive-strip',
    message: `Expected a name of more parts than the ${strip} to strip, found ${quote(entry.name)}`,
  })
}

/** Files and links against each other, and against the folders that have entries of their own. */
function collisions(
  listed: readonly { readonly path: string }[],
  folders: readonly string[],
): readonly DigestProblem[] {
  const named = new Set(folders)
  const taken = listed.filter(({ path }) => named.has(path))
  return [
    ...findPathCollisions(listed).map(([first, second]) => pathCollision(first.path, second.path)),
    ...taken.map(({ path }) => pathCollision(path, `${path}/`)),
  ]
}
