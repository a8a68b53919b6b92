// Files that hold secrets: read only when nobody but their owner can (attack A-121).

import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { accept, quote, type Result, refuse } from '../core/index.ts'
import { type ReadOptions, refusedByWorld } from './files.ts'
import type { HostProblem } from './problem.ts'

/**
 * Reads a private key or a passphrase, whole.
 *
 * @returns `host/key-file-exposed` where the group or others may read or write it; Windows has no such bits
 */
export async function readKeyFile(
  folder: string,
  path: string,
  { bytesMax }: ReadOptions,
): Promise<Result<Uint8Array, HostProblem>> {
  let file: FileHandle | undefined
  try {
    // Without O_NONBLOCK, opening a named pipe waits for its writer.
    file = await open(resolve(folder, path), constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = await file.stat()
    if (!stats.isFile()) {
      return refuse({
        code: 'host/file-not-regular',
        message: `Cannot read ${quote(path)}: expected a file, found a folder or a device`,
      })
    }
    // The file that is open is the one that is judged: its name could lead elsewhere in a moment.
    if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0) return exposed(path, stats.mode)
    if (stats.size > bytesMax) {
      return refuse({
        code: 'host/file-too-large',
        message: `Cannot read ${quote(path)}: expected at most ${bytesMax} bytes, found more`,
      })
    }
    const bytes = new Uint8Array(stats.size)
    const { bytesRead } = await file.read(bytes, 0, stats.size, 0)
    return accept(bytes.subarray(0, bytesRead))
  } catch (cause) {
    return refusedByWorld(`read ${quote(path)}`, cause)
  } finally {
    await file?.close()
  }
}

function exposed(path: string, mode: number): Result<never, HostProblem> {
  const found = (mode & 0o777).toString(8).padStart(4, '0')
  return refuse({
    code: 'host/key-file-exposed',
    message: `Cannot use ${quote(path)}: expected a file that only its owner can read, found mode ${found}`,
    hint: `chmod 600 ${path}`,
  })
}
