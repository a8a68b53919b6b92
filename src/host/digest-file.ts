// One file's digests, read once and piece by piece: for a file of any size and any name.

import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { accept, quote, type Result, refuse } from '../core/index.ts'
import { refusedByWorld } from './files.ts'
import type { HostProblem } from './problem.ts'

/** Lower-case hexadecimal, by every algorithm that a statement may name. */
export interface ContentDigests {
  readonly sha256: string
  readonly sha384: string
  readonly sha512: string
}

const PART_BYTES = 1024 * 1024

/** Digests a regular file. */
export async function digestFile(
  folder: string,
  path: string,
): Promise<Result<ContentDigests, HostProblem>> {
  let file: FileHandle | undefined
  try {
    // Without O_NONBLOCK, opening a named pipe waits for its writer.
    file = await open(resolve(folder, path), constants.O_RDONLY | constants.O_NONBLOCK)
    if (!(await file.stat()).isFile()) {
      return refuse({
        code: 'host/file-not-regular',
        message: `Cannot digest ${quote(path)}: expected a file, found a folder or a device`,
        hint: 'A folder is a set: --set',
      })
    }
    const hashes = [createHash('sha256'), createHash('sha384'), createHash('sha512')] as const
    const parts: AsyncIterable<Uint8Array> = file.createReadStream({
      autoClose: false,
      highWaterMark: PART_BYTES,
    })
    for await (const part of parts) for (const hash of hashes) hash.update(part)
    const [sha256, sha384, sha512] = hashes
    return accept({
      sha256: sha256.digest('hex'),
      sha384: sha384.digest('hex'),
      sha512: sha512.digest('hex'),
    })
  } catch (cause) {
    return refusedByWorld(`digest ${quote(path)}`, cause)
  } finally {
    await file?.close()
  }
}
