// What this run has read, so that no `--out` replaces it: a private key lost that way is lost for good.

import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { accept, quote, type Result, refuse } from '../core/index.ts'
import type { ArtifactSetOptions } from './artifact-set/index.ts'
import { errorCode } from './world-fault.ts'
import type { HostProblem } from './problem.ts'

/** The files that one run has read. */
export interface Inputs {
  /** Notes a file that was read. */
  note(path: string): void
  /**
   * Notes the paths that a set was read from. Of files, the one that the run itself writes was left out of the set, and what it may
   * replace is judged elsewhere; an archive or a manifest is read whole, whatever it is called.
   */
  noteSet(paths: readonly string[], options: ArtifactSetOptions): void
  /** Notes a folder that is read: what is not in it yet would be read by the next run. */
  noteFolder(folder: string): void
  /** Where a file is written, by its own name, with the links above it resolved: two names of one file have the same. */
  placeOf(path: string): string
  /** Refuses a path that leads to a file that was read, or into a folder that is read. */
  judgeOutput(path: string): Result<void, HostProblem>
}

/** @param folder absolute; what relative paths count from */
export function createInputs(folder: string): Inputs {
  const read = new Set<string>()
  const folders = new Map<string, string>()
  const folderAbove = (path: string) =>
    [...folders].find(([place]) => path.startsWith(place.endsWith(sep) ? place : place + sep))?.[1]
  return {
    note(path) {
      read.add(realPath(resolve(folder, path)))
    },
    noteSet(paths, { form, manifest, bundles = [] }) {
      const place = (path: string) => placeOf(resolve(folder, path))
      const own = [...bundles, ...(manifest === undefined ? [] : [manifest])].map(place)
      const noted = form === 'file' ? paths.filter((path) => !own.includes(place(path))) : paths
      for (const path of noted) this.note(path)
    },
    noteFolder(path) {
      folders.set(realPath(resolve(folder, path)), path)
    },
    placeOf: (path) => placeOf(resolve(folder, path)),
    judgeOutput(path) {
      const target = realPath(resolve(folder, path))
      if (read.has(target)) {
        return refuse({
          code: 'host/file-is-input',
          message: `Cannot write ${quote(path)}: expected another file than those that were read, found one of them`,
          hint: 'Choose another name for --out',
        })
      }
      const above = folderAbove(placeOf(resolve(folder, path))) ?? folderAbove(target)
      if (above === undefined) return accept(undefined)
      return refuse({
        code: 'host/file-is-input',
        message: `Cannot write ${quote(path)}: expected a place outside of what is read, found one in ${quote(above)}`,
        hint: 'Choose another folder',
      })
    },
  }
}

/** Where a file lies, by its own name, with the links above it resolved. */
function placeOf(path: string): string {
  return join(realPath(dirname(path)), basename(path))
}

/** The path without links; the path itself where nothing is there. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause
    return path
  }
}
