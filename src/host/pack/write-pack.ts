// A pack on disk: a folder that people can look into, and the one file of it that is handed on. Both are there, or neither.

import { randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { accept, quote, type Result, refuse } from '../../core/index.ts'
import { fillFile, flushFolder } from '../writing/flush.ts'
import type { HostProblem } from '../problem.ts'
import { refusedByWorld } from '../world-fault.ts'
import { encodeArchive, type PackFiles } from './pack-archive.ts'

/**
 * Writes the folder and its archive, `<folder>.tar`, neither of which may be there.
 *
 * @param folder as the person named it
 * @returns the bytes of the archive
 */
export function writePack(
  workingFolder: string,
  folder: string,
  files: PackFiles,
): Result<Uint8Array, HostProblem> {
  const target = resolve(workingFolder, folder)
  const archive = encodeArchive(files)
  const mark = randomBytes(6).toString('hex')
  const beside = join(dirname(target), `.assay-${mark}.partial`)
  const besideTar = `${beside}.tar`
  let isBegun = false
  try {
    const taken = [target, `${target}.tar`].find((path) => isThere(path))
    if (taken !== undefined)
      return refuse(alreadyThere(taken === target ? folder : `${folder}.tar`))
    mkdirSync(dirname(target), { recursive: true })
    isBegun = true
    for (const [path, bytes] of files) writeFile(join(beside, path), bytes)
    writeFile(besideTar, archive)
    renameSync(beside, target)
    placeArchive(besideTar, target)
    flushFolder(dirname(target))
    return accept(archive)
  } catch (cause) {
    return refusedByWorld(`write ${quote(folder)}`, cause, 'host/file-unwritable')
  } finally {
    if (isBegun)
      for (const path of [beside, besideTar]) rmSync(path, { recursive: true, force: true })
  }
}

/** The folder has its place; where the archive gets none, neither has it. */
function placeArchive(from: string, target: string): void {
  try {
    renameSync(from, `${target}.tar`)
  } catch (cause) {
    rmSync(target, { recursive: true, force: true })
    throw cause
  }
}

function writeFile(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  fillFile(openSync(path, 'wx', 0o644), bytes)
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

function alreadyThere(path: string): HostProblem {
  return {
    code: 'host/file-exists',
    message: `Cannot write ${quote(path)}: expected nothing of that name, found something`,
    hint: 'Give another --out, or move it away',
  }
}
