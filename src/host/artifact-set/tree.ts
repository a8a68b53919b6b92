// The files below a folder, by one walk that follows no link and skips nothing.

import { isUtf8 } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'
import { type Dirent, lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs'
import { quote } from '../../core/index.ts'
import {
  type DigestProblem,
  linkRefused,
  parseArtifactPath,
  type LeftOut,
  type SymbolicLink,
} from '../../digest/index.ts'
import { problemOfFault } from './file-fault.ts'
import { type FileStamp, isUnchanged, stampOf } from './hashing/file-stamp.ts'
import { faultOf } from './hashing/hash-file.ts'

/** A regular file as the walk saw it. */
export interface TreeFile {
  /** Its path in the set. */
  readonly path: string
  /** Where it lies, absolute. */
  readonly location: string
  readonly stamp: FileStamp
}

/** What the walk takes in, and who hears of it. */
export interface TreeOptions {
  readonly symlinks: 'refuse' | 'list'
  readonly excludedBy: (path: string) => string | undefined
  /** Why a file belongs to no set although it lies there, if it does not. */
  readonly apart: (location: string, stamp: FileStamp) => LeftOut['reason'] | undefined
  /** Told of the files found so far, after each folder. */
  readonly onFiles: (files: readonly TreeFile[]) => void
}

/** What was found; a problem keeps the walk going, so that all are told. */
export interface Tree {
  readonly files: TreeFile[]
  readonly links: SymbolicLink[]
  readonly leftOut: LeftOut[]
  /** Every folder below the start, as paths of the set. */
  readonly folders: string[]
  /** Every folder that was listed, the start among them. */
  readonly visited: {
    readonly path: string
    readonly location: string
    readonly stamp: FileStamp
  }[]
  readonly problems: DigestProblem[]
}

/** A tree of nothing. */
export function createTree(): Tree {
  return { files: [], links: [], leftOut: [], folders: [], visited: [], problems: [] }
}

/**
 * Adds a file, a link or a whole folder to the tree.
 *
 * @param location absolute; a trailing slash follows a link, as everywhere
 * @param path in the set; empty for a folder whose own name does not count
 */
export async function walkInto(
  tree: Tree,
  location: string,
  path: string,
  options: TreeOptions,
): Promise<void> {
  const folders: Place[] = []
  const start = { location, path }
  const stats = attempt(tree, path || location, () => lstatSync(location))
  if (stats?.isDirectory()) folders.push(start)
  else if (stats !== undefined) addFile(tree, start, stats, options)

  let steps = 0
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const place of listFolder(tree, folder, options)) {
      const stats = attempt(tree, place.path, () => lstatSync(place.location))
      if (stats?.isDirectory()) folders.push(place)
      else if (stats !== undefined) addFile(tree, place, stats, options)
      if (++steps % STEPS_AT_A_TIME !== 0) continue
      options.onFiles(tree.files)
      await setImmediate()
    }
  }
  options.onFiles(tree.files)
}

interface Place {
  readonly location: string
  readonly path: string
}

/** Between so many files and folders, threads that wait for work are heard. */
const STEPS_AT_A_TIME = 256

/** The folders in which something was added, removed or renamed since the walk. */
export function findChangedFolders({ visited }: Tree): readonly DigestProblem[] {
  return visited.flatMap(({ path, location, stamp }) => {
    const now = lstatSync(location, { throwIfNoEntry: false })
    const same = now !== undefined && isUnchanged(stamp, stampOf(now))
    return same ? [] : [problemOfFault(path, 'changed')]
  })
}

/** What lies in a folder, but for what is excluded. */
function listFolder(tree: Tree, folder: Place, { excludedBy }: TreeOptions): readonly Place[] {
  const shown = folder.path || folder.location
  const before = attempt(tree, shown, () => lstatSync(folder.location))
  if (before === undefined) return []
  tree.visited.push({ path: shown, location: folder.location, stamp: stampOf(before) })
  if (folder.path !== '') tree.folders.push(folder.path)

  const location = folder.location.replace(/\/$/, '')
  const prefix = folder.path === '' ? '' : `${folder.path}/`
  const places: Place[] = []
  for (const child of readFolder(tree, folder.location, shown)) {
    const path = prefix + child.name
    if (excludedBy(path) === undefined) places.push({ location: `${location}/${child.name}`, path })
    else {
      tree.leftOut.push({ path: child.isDirectory() ? `${path}/` : path, reason: 'excluded' })
    }
  }
  return places
}

function readFolder(tree: Tree, location: string, shown: string): readonly Dirent[] {
  const children = attempt(tree, shown, () => readdirSync(location, { withFileTypes: true })) ?? []
  // Bytes that are not UTF-8 come as U+FFFD, which is also a character of its own.
  if (!children.some(({ name }) => name.includes('\ufffd'))) return children
  const raw = attempt(tree, shown, () => readdirSync(location, { encoding: 'buffer' })) ?? []
  const wrong = new Set(raw.filter((name) => !isUtf8(name)).map((name) => name.toString()))
  for (const name of wrong) {
    tree.problems.push({
      code: 'digest/path-utf8',
      message: `Expected a name of UTF-8 alone in ${quote(shown)}, found ${quote(name)}`,
    })
  }
  return children.filter(({ name }) => !wrong.has(name))
}

function addFile(
  tree: Tree,
  { location, path }: Place,
  stats: Stats,
  { symlinks, apart }: TreeOptions,
): void {
  const safe = parseArtifactPath(path)
  if (!safe.ok) tree.problems.push(...safe.problems)
  else if (stats.isSymbolicLink()) addLink(tree, location, path, symlinks)
  else if (!stats.isFile()) tree.problems.push(special(path, stats))
  else {
    const reason = apart(location, stats)
    if (reason === undefined) tree.files.push({ path, location, stamp: stampOf(stats) })
    else tree.leftOut.push({ path, reason })
  }
}

function addLink(tree: Tree, location: string, path: string, symlinks: 'refuse' | 'list'): void {
  const target = attempt(tree, path, () => readlinkSync(location))
  if (target === undefined) return
  if (symlinks === 'list') tree.links.push({ path, target })
  else tree.problems.push(linkRefused(path, target))
}

function special(path: string, stats: Stats): DigestProblem {
  const kind = stats.isFIFO()
    ? 'a named pipe'
    : stats.isSocket()
      ? 'a socket'
      : stats.isBlockDevice()
        ? 'a block device'
        : 'a character device'
  return {
    code: 'digest/file-special',
    message: `Expected regular files alone, found ${kind} ${quote(path)}`,
    hint: 'Leave it out with --exclude',
  }
}

function attempt<T>(tree: Tree, path: string, read: () => T): T | undefined {
  try {
    return read()
  } catch (cause) {
    tree.problems.push(problemOfFault(path, faultOf(cause)))
    return undefined
  }
}
