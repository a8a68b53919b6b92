// Files, one at a time: read whole within a limit, written whole or not at all.

import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, open, rename, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AssayError, accept, quote, type Result, refuse } from '../core/index.ts'
import type { HostProblem } from './problem.ts'

/** How a file is read. */
export interface ReadOptions {
  /** A larger file is refused before it is read. */
  readonly bytesMax: number
  /** The same run may write it again; other files that were read are never replaced. */
  readonly isReplaceable?: boolean
}

/** How a file is written. */
export interface WriteOptions {
  /** Permission bits; 0o666 less the umask by default. */
  readonly mode?: number
  /** Refuse to replace a file that is there. */
  readonly exclusive?: boolean
}

/** What the person who named the path can mend, by the name that Node gives it. */
const PERSONS_TO_MEND: ReadonlyMap<string, HostProblem['code']> = new Map([
  ['EACCES', 'host/file-unreadable'],
  ['EISDIR', 'host/file-not-regular'],
  ['ELOOP', 'host/file-unreadable'],
  ['ENAMETOOLONG', 'host/file-missing'],
  ['ENOENT', 'host/file-missing'],
  ['ENOTDIR', 'host/file-missing'],
  ['EPERM', 'host/file-unreadable'],
])

/** Reads a regular file, or says why it is none; throws {@link AssayError} when the disk fails. */
export async function readBytes(
  folder: string,
  path: string,
  { bytesMax }: ReadOptions,
): Promise<Result<Uint8Array, HostProblem>> {
  let file: FileHandle | undefined
  try {
    // Without O_NONBLOCK, opening a named pipe waits for its writer.
    file = await open(resolve(folder, path), constants.O_RDONLY | constants.O_NONBLOCK)
    const { size, isFile } = await file.stat().then((s) => ({ size: s.size, isFile: s.isFile() }))
    if (!isFile) {
      return refuse({
        code: 'host/file-not-regular',
        message: `Cannot read ${quote(path)}: expected a file, found a folder or a device`,
      })
    }
    if (size > bytesMax) return tooLarge(path, bytesMax)
    return await readAtMost(file, path, bytesMax)
  } catch (cause) {
    return refusedByWorld(`read ${quote(path)}`, cause)
  } finally {
    await file?.close()
  }
}

/** Reads until the end and one byte more than is allowed, in case the file grew. */
async function readAtMost(
  file: FileHandle,
  path: string,
  bytesMax: number,
): Promise<Result<Uint8Array, HostProblem>> {
  const parts: Uint8Array[] = []
  let total = 0
  const stream: AsyncIterable<Uint8Array> = file.createReadStream({
    autoClose: false,
    end: bytesMax,
  })
  for await (const part of stream) {
    total += part.length
    parts.push(part)
  }
  return total > bytesMax ? tooLarge(path, bytesMax) : accept(joinBytes(parts, total))
}

/** Standard input until it ends, within the limit. */
export async function readStandardInput(
  input: AsyncIterable<Uint8Array>,
  { bytesMax }: ReadOptions,
): Promise<Result<Uint8Array, HostProblem>> {
  const parts: Uint8Array[] = []
  let total = 0
  for await (const part of input) {
    total += part.length
    if (total > bytesMax) return tooLarge('-', bytesMax)
    parts.push(part)
  }
  return accept(joinBytes(parts, total))
}

/** Writes beside the path, flushes, and renames; whatever fails, no half-written file is left at the path. */
export async function writeBytes(
  folder: string,
  path: string,
  bytes: Uint8Array,
  { mode = 0o666, exclusive = false }: WriteOptions = {},
): Promise<Result<void, HostProblem>> {
  const target = resolve(folder, path)
  const beside = join(
    dirname(target),
    `.${basename(target)}.${randomBytes(6).toString('hex')}.partial`,
  )
  try {
    const found = await stat(target).catch(notThere)
    if (found !== undefined && !found.isFile()) return notAFile(path, found.isDirectory())
    await writeNew(beside, bytes, mode)
    // link() refuses a name that is taken, where rename() would replace it.
    await (exclusive ? link(beside, target) : rename(beside, target))
    await syncFolder(dirname(target))
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
  } finally {
    // Renamed away already, unless something failed or the name was linked.
    await unlink(beside).catch((cause) => {
      if (errorCode(cause) !== 'ENOENT' && errorCode(cause) !== 'ENOTDIR') throw cause
    })
  }
}

function notThere(cause: unknown): undefined {
  if (errorCode(cause) !== 'ENOENT') throw cause
}

/** Renaming over a device or a pipe would take it away from everybody. */
function notAFile(path: string, isFolder: boolean): Result<never, HostProblem> {
  return refuse({
    code: 'host/file-unwritable',
    message: `Cannot write ${quote(path)}: expected no file or a regular one, found a ${isFolder ? 'folder' : 'device or a pipe'}`,
    hint: 'Without --out, the result goes to standard output',
  })
}

async function writeNew(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the new name itself survive a crash; file systems that can not flush a folder say so. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } catch (cause) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP'].includes(errorCode(cause) ?? '')) throw cause
  } finally {
    await folder.close()
  }
}

/** Turns what a person can mend into a problem, and throws what only the world can. */
export function refusedByWorld(
  action: string,
  cause: unknown,
  code?: HostProblem['code'],
): Result<never, HostProblem> {
  const known = PERSONS_TO_MEND.get(errorCode(cause) ?? '')
  if (known === undefined) {
    throw new AssayError('host/input-output', `Cannot ${action}: ${errorText(cause)}`, { cause })
  }
  return refuse({ code: code ?? known, message: `Cannot ${action}: ${errorText(cause)}` })
}

/** The short name of a system error, such as `ENOENT`. */
export function errorCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined
  return typeof cause.code === 'string' ? cause.code : undefined
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EISDIR', 'expected a file, found a folder'],
  ['ELOOP', 'too many symbolic links'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ENOENT', 'no such file or folder'],
  ['ENOSPC', 'no space left'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['EPERM', 'not permitted'],
  ['EROFS', 'the file system is read-only'],
])

function errorText(cause: unknown): string {
  const code = errorCode(cause)
  return WORDS.get(code ?? '') ?? code ?? String(cause)
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
