// Paths that are fine alone and not together: what a system that folds case or normalises would take for one.

import { quote } from '../core/index.ts'
import { collisionKey } from './artifact-path.ts'
import type { DigestProblem } from './problem.ts'

/**
 * Whole paths that are equal after case folding and normalisation, and files that another path takes for a folder.
 *
 * @param entries with safe paths, in any order
 * @returns both entries of each collision, the later one second
 */
export function findPathCollisions<T extends { readonly path: string }>(
  entries: readonly T[],
): readonly (readonly [first: T, second: T])[] {
  const collisions: [T, T][] = []
  const byKey = new Map<string, T>()
  const inFolder = new Map<string, T>()
  for (const entry of entries) {
    const key = collisionKey(entry.path)
    const first = byKey.get(key)
    if (first === undefined) byKey.set(key, entry)
    else collisions.push([first, entry])
    for (const folder of foldersAbove(entry.path)) {
      // What lies above a folder that is known is known as well.
      if (inFolder.has(folder)) break
      inFolder.set(folder, entry)
    }
  }
  for (const entry of entries) {
    const inner = inFolder.get(entry.path)
    if (inner !== undefined) collisions.push([entry, inner])
  }
  return collisions
}

/** The collision in words that name both paths. */
export function pathCollision(first: string, second: string): DigestProblem {
  return {
    code: 'digest/path-collision',
    message: `Expected paths that differ on every file system, found ${quote(first)} and ${quote(second)}`,
  }
}

/**
 * What other systems could not hold although this one does: a warning for a folder on disk, an error inside an archive.
 *
 * @param paths of files and links
 * @param folders those that hold no file, so that no path names them
 */
export function findUnportablePaths(
  paths: readonly string[],
  folders: readonly string[] = [],
): readonly DigestProblem[] {
  const above = new Set<string>()
  for (const path of [...folders, ...paths]) {
    for (const folder of foldersAbove(path)) {
      if (above.has(folder)) break
      above.add(folder)
    }
  }
  const byKey = new Map<string, string>()
  const problems: DigestProblem[] = []
  for (const folder of above.union(new Set(folders))) {
    const key = collisionKey(folder)
    const other = byKey.get(key)
    if (other === undefined) byKey.set(key, folder)
    else problems.push(folderCase(other, folder))
    problems.push(...windowsProblem(folder))
  }
  for (const path of paths) {
    const folder = byKey.get(collisionKey(path))
    // The same spelling is a collision everywhere, and told as one.
    if (folder !== undefined && folder !== path) problems.push(folderCase(folder, path))
    problems.push(...windowsProblem(path))
  }
  return problems
}

/** The folders above a path, the nearest first. */
function* foldersAbove(path: string): Generator<string> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    yield path.slice(0, end)
  }
}

function folderCase(first: string, second: string): DigestProblem {
  return {
    code: 'digest/path-folder-case',
    message: `Expected folders that differ on every file system, found ${quote(first)} and ${quote(second)}`,
    hint: 'On macOS and Windows both become one folder',
  }
}

/** Characters that Windows forbids, or reads as a stream or a wildcard; blanks and dots that it drops from the end. */
const WINDOWS_FORBIDS = /[<>:"|?*]|[ .]$/
/** Names of devices, with any extension. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[ .].*)?$/iu
/** One part of a path on NTFS, in UTF-16 units. */
const WINDOWS_PART_MAX = 255

/** Judges the last part alone: the folders above it are judged for themselves. */
function windowsProblem(path: string): readonly DigestProblem[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const holds =
    !WINDOWS_FORBIDS.test(name) && !WINDOWS_DEVICE.test(name) && name.length <= WINDOWS_PART_MAX
  if (holds) return []
  return [
    {
      code: 'digest/path-windows',
      message: `Expected a name that Windows can hold, found ${quote(path)}`,
    },
  ]
}
