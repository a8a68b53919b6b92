// The files below a folder, by one walk that follows no link and skips nothing.

import { isUtf8 } from 'node:buffer'
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

export interface TreeOptions {
  readonly symlinks: 'refuse' | 'list'
  readonly excludedBy: (path: string) => string | undefined
  /** True for the manifest that is being written or checked. */
  readonly isManifest: (location: string, stamp: FileStamp) => boolean
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

export function createTree(): Tree {
  return { files: [], links: [], leftOut: [], folders: [], visited: [], problems: [] }
}

/**
 * Adds a file, a link or a whole folder to the tree.
 *
 * @param location absolute; a trailing slash follows a link, as everywhere
 * @param path in the set; empty for a folder whose own name does not count
 */
export function walkInto(tree: Tree, location: string, path: string, options: TreeOptions): void {
  const open = [{ location, path }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const stats = attempt(tree, next.path || next.location, () => lstatSync(next.location))
    if (stats === undefined) continue
    if (!stats.isDirectory()) {
      addFile(tree, next.location, next.path, stats, options)
      continue
    }
    const shown = next.path === '' ? next.location : next.path
    tree.visited.push({ path: shown, location: next.location, stamp: stampOf(stats) })
    if (next.path !== '') tree.folders.push(next.path)
    for (const child of listFolder(tree, next.location, shown)) {
      const below = {
        location: next.location.endsWith('/')
          ? next.location + child.name
          : `${next.location}/${child.name}`,
        path: next.path === '' ? child.name : `${next.path}/${child.name}`,
      }
      if (isLeftOut(tree, below.path, child.isDirectory(), options)) continue
      if (child.isDirectory()) open.push(below)
      else {
        const stats = attempt(tree, below.path, () => lstatSync(below.location))
        if (stats !== undefined) addFile(tree, below.location, below.path, stats, options)
      }
    }
  }
}

/** The folders in which something was added, removed or renamed since the walk. */
export function findChangedFolders({ visited }: Tree): readonly DigestProblem[] {
  return visited.flatMap(({ path, location, stamp }) => {
    const now = lstatSync(location, { throwIfNoEntry: false })
    const same = now !== undefined && isUnchanged(stamp, stampOf(now))
    return same ? [] : [problemOfFault(path, 'changed')]
  })
}

function listFolder(tree: Tree, location: string, shown: string): readonly Dirent[] {
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

function isLeftOut(tree: Tree, path: string, isFolder: boolean, options: TreeOptions): boolean {
  if (options.excludedBy(path) === undefined) return false
  tree.leftOut.push({ path: isFolder ? `${path}/` : path, reason: 'excluded' })
  return true
}

function addFile(
  tree: Tree,
  location: string,
  path: string,
  stats: Stats,
  { symlinks, isManifest }: TreeOptions,
): void {
  const safe = parseArtifactPath(path)
  if (!safe.ok) tree.problems.push(...safe.problems)
  else if (stats.isSymbolicLink()) addLink(tree, location, path, symlinks)
  else if (!stats.isFile()) tree.problems.push(special(path, stats))
  else if (isManifest(location, stats)) tree.leftOut.push({ path, reason: 'manifest' })
  else tree.files.push({ path, location, stamp: stampOf(stats) })
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
