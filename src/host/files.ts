// Files, one at a time: read whole within a limit, written whole or not at all.

import { randomBytes } from 'node:crypto'
import { linkSync, openSync, renameSync, statSync, unlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { accept, quote, type Result, refuse } from '../core/index.ts'
import { fillFile, flushFolder } from './writing/flush.ts'
import { type OpenFile, useFile } from './open-file.ts'
import type { HostProblem } from './problem.ts'
import { errorCode, refusedByWorld } from './world-fault.ts'

/** How a file is read. */
export interface ReadOptions {
  /** A larger file is refused before it is read. */
  readonly bytesMax: number
  /** The same run may write it again; other files that were read are never replaced. */
  readonly isReplaceable?: boolean
  /** A pipe is read as well, until its writer ends: `<(command)` of a shell is one. */
  readonly pipes?: boolean
}

/** How a file is written. */
export interface WriteOptions {
  /** Permission bits; 0o666 less the umask by default. */
  readonly mode?: number
  /** Refuse to replace a file that is there. */
  readonly exclusive?: boolean
}

/** Reads a regular file, or says why it is none; throws `AssayError` when the disk fails. */
export async function readBytes(
  folder: string,
  path: string,
  { bytesMax, pipes = false }: ReadOptions,
): Promise<Result<Uint8Array, HostProblem>> {
  return useFile({ location: resolve(folder, path), path, action: 'read', pipes }, (file) =>
    readWhole(file, path, bytesMax),
  )
}

/** Reads until the end and one byte more than is allowed: a file may grow, a pipe has no size. */
export async function readWhole(
  { size, read }: OpenFile,
  path: string,
  bytesMax: number,
): Promise<Result<Uint8Array, HostProblem>> {
  return size > bytesMax ? tooLarge(path, bytesMax) : readAtMost(read(), path, bytesMax)
}

async function readAtMost(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  path: string,
  bytesMax: number,
): Promise<Result<Uint8Array, HostProblem>> {
  const parts: Uint8Array[] = []
  let total = 0
  for await (const part of input) {
    total += part.length
    if (total > bytesMax) return tooLarge(path, bytesMax)
    parts.push(part)
  }
  return accept(joinBytes(parts, total))
}

/** Standard input until it ends, within the limit. */
export async function readStandardInput(
  input: AsyncIterable<Uint8Array>,
  { bytesMax }: ReadOptions,
): Promise<Result<Uint8Array, HostProblem>> {
  return readAtMost(input, '-', bytesMax)
}

/** Writes beside the path, flushes, and renames; whatever fails, no half-written file is left at the path. */
export async function writeBytes(
  folder: string,
  path: string,
  bytes: Uint8Array,
  { mode = 0o666, exclusive = false }: WriteOptions = {},
): Promise<Result<void, HostProblem>> {
  const target = resolve(folder, path)
  return attemptWrite({ path, target, bytes, mode }, (beside) => {
    // A link refuses a name that is taken, where a rename would replace it.
    if (exclusive) linkSync(beside, target)
    else renameSync(beside, target)
    flushFolder(dirname(target))
  })
}

/** Tries all of {@link writeBytes} that leaves the path as it is: for whoever does first what can not be undone. */
export async function judgeWritable(
  folder: string,
  path: string,
): Promise<Result<void, HostProblem>> {
  const attempt = { path, target: resolve(folder, path), bytes: new Uint8Array(0), mode: 0o600 }
  return attemptWrite(attempt, () => undefined)
}

interface Attempt {
  /** As the person named it. */
  readonly path: string
  /** Absolute. */
  readonly target: string
  readonly bytes: Uint8Array
  readonly mode: number
}

/** @param place puts the file that was written beside the target where it belongs */
function attemptWrite(
  { path, target, bytes, mode }: Attempt,
  place: (beside: string) => void,
): Result<void, HostProblem> {
  // Not of the target's own name, which may be as long as a name can be.
  const beside = join(dirname(target), `.assay-${randomBytes(6).toString('hex')}.partial`)
  try {
    const found = statSync(target, { throwIfNoEntry: false })
    if (found !== undefined && !found.isFile()) return notAFile(path, found.isDirectory())
    const file = openSync(beside, 'wx', mode)
    try {
      fillFile(file, bytes)
      place(beside)
    } finally {
      removeLeftover(beside)
    }
    return accept(undefined)
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') {
      return refuse({
        code: 'host/file-exists',
        message: `Cannot write ${quote(path)}: expected no file of that name, found one`,
        hint: 'Choose another name, or move the file away',
      })
    }
    return refusedByWorld(`write ${quote(path)}`, cause, 'host/file-unwritable')
  }
}

/** Renamed away already, unless something failed or the name was linked. */
function removeLeftover(path: string): void {
  try {
    unlinkSync(path)
  } catch (cause) {
    if (errorCode(cause) !== 'ENOENT') throw cause
  }
}

/** Renaming over a device or a pipe would take it away from everybody. */
function notAFile(path: string, isFolder: boolean): Result<never, HostProblem> {
  return refuse({
    code: 'host/file-unwritable',
    message: `Cannot write ${quote(path)}: expected no file or a regular one, found a ${isFolder ? 'folder' : 'device or a pipe'}`,
    hint: 'Give the name of a file',
  })
}

function tooLarge(path: string, bytesMax: number): Result<never, HostProblem> {
  return refuse({
    code: 'host/file-too-large',
    message: `Cannot read ${quote(path)}: expected at most ${bytesMax} bytes, found more`,
  })
}

function joinBytes(parts: readonly Uint8Array[], total: number): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) {
    // A plain view: what follows must not depend on the methods of Buffer.
    return new Uint8Array(only.buffer, only.byteOffset, only.byteLength)
  }
  const whole = new Uint8Array(total)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
