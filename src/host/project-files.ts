// Every file of a folder that may count for a snapshot: in a git checkout what is tracked or untracked and not ignored,
// elsewhere everything but installed packages. Links are listed apart and never followed.

import { lstatSync, readdirSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { dirname } from 'node:path/posix'
import { accept, compareCodePoints, quote, type Result, refuse } from '../core/index.ts'
import { refusedByWorld } from './world-fault.ts'
import { askGit, GitRefusal } from './git/git-program.ts'
import { findRepository } from './git/find-repository.ts'
import { splitNul } from './git/git-tree.ts'
import type { HostProblem } from './problem.ts'

/** Paths from the folder, with forward slashes, sorted by code points. */
export interface ProjectFiles {
  readonly files: readonly string[]
  /** Symbolic links, and what git tracks under a folder that is one by now. */
  readonly links: readonly string[]
}

/** Lists the folder; `host/file-missing` where there is none. */
export async function listProjectFiles(
  folder: string,
  searchPath: string | undefined,
): Promise<Result<ProjectFiles, HostProblem>> {
  try {
    if (!(await stat(folder)).isDirectory()) {
      return refuse({
        code: 'host/file-not-regular',
        message: `Cannot read ${quote(folder)}: expected a folder, found a file`,
      })
    }
    const root = await realpath(folder)
    return accept(sortOut(root, (await listByGit(root, searchPath)) ?? walk(root)))
  } catch (cause) {
    return refusedByWorld(`read ${quote(folder)}`, cause)
  }
}

async function listByGit(
  root: string,
  searchPath: string | undefined,
): Promise<string[] | undefined> {
  const repository = await findRepository(root, searchPath)
  if (typeof repository === 'string') return undefined
  const args = ['ls-files', '--cached', '--others', '--exclude-per-directory=.gitignore', '-z']
  const within = relative(repository.top, root).split(sep).join('/')
  const prefix = within === '' ? '' : `${within}/`
  try {
    const listing = await askGit(repository, [
      ...args,
      '--',
      ...(prefix === '' ? [] : [`:(literal)${prefix}`]),
    ])
    return [...new Set(splitNul(listing).map((path) => path.toString().slice(prefix.length)))]
  } catch (thrown) {
    // A repository that git can not read is refused when its source is read; its files are still there.
    if (thrown instanceof GitRefusal) return undefined
    throw thrown
  }
}

/** Folders that hold what was installed or is git's own. */
const NOT_ENTERED = new Set(['.git', 'node_modules'])

function walk(root: string): string[] {
  const paths: string[] = []
  const open = ['']
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder + entry.name
      if (!entry.isDirectory()) paths.push(path)
      else if (!NOT_ENTERED.has(entry.name)) open.push(`${path}/`)
    }
  }
  return paths
}

function sortOut(root: string, paths: readonly string[]): ProjectFiles {
  const files: string[] = []
  const links: string[] = []
  const isOwn = ownFolders(root)
  for (const path of paths.toSorted(compareCodePoints)) {
    if (!isOwn(dirname(path))) {
      links.push(path)
      continue
    }
    const found = lstatSync(join(root, path), { throwIfNoEntry: false })
    if (found?.isFile() === true) files.push(path)
    else if (found?.isSymbolicLink() === true) links.push(path)
  }
  return { files, links }
}

/** Tells of a folder that there is no link on the way to it; each is looked at once. */
function ownFolders(root: string): (folder: string) => boolean {
  const known = new Map([['.', true]])
  const isOwn = (folder: string): boolean => {
    const answer =
      known.get(folder) ??
      (isOwn(dirname(folder)) &&
        lstatSync(join(root, folder), { throwIfNoEntry: false })?.isSymbolicLink() !== true)
    known.set(folder, answer)
    return answer
  }
  return isOwn
}
