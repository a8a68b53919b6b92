// The repository that a folder is in.

import { lstatSync, type Stats } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findGit, type GitRepository } from './git-program.ts'

/** The repository that the folder is in, or why there is none. */
export async function findRepository(
  folder: string,
  searchPath: string | undefined,
): Promise<GitRepository | string> {
  const start = await realpath(folder)
  const owners = new Set([0, process.getuid?.(), lstatSync(start).uid])
  for (let top = start; ; top = dirname(top)) {
    const found = lstatSync(join(top, '.git'), { throwIfNoEntry: false })
    if (found !== undefined && isRepository(found)) {
      // Somebody else's repository above the folder must not speak for it (git, safe.directory).
      if (!owners.has(found.uid)) return 'the repository above it belongs to somebody else'
      const program = await findGit(searchPath, top)
      return program === undefined ? 'git was not found on PATH' : { program, top }
    }
    if (dirname(top) === top) return 'it is not a git checkout'
  }
}

/** A folder, or the file that work trees and submodules have instead; a link could lead anywhere. */
export function isRepository(found: Stats): boolean {
  return found.isDirectory() || found.isFile()
}
