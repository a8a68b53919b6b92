// Secrets: files that nobody but their owner can read (attack A-121), or pipes, which lie nowhere.

import { resolve } from 'node:path'
import { quote, type Result, refuse, shellWord } from '../core/index.ts'
import { type ReadOptions, readWhole } from './files.ts'
import { useFile } from './open-file.ts'
import type { HostProblem } from './problem.ts'

/**
 * Reads a private key or a passphrase, whole; also from a pipe, such as `<(command)` of a shell.
 *
 * @returns `host/key-file-exposed` where the group or others may read or write it; Windows has no such bits
 */
export async function readKeyFile(
  folder: string,
  path: string,
  { bytesMax }: ReadOptions,
): Promise<Result<Uint8Array, HostProblem>> {
  const opening = { location: resolve(folder, path), path, action: 'read', pipes: true } as const
  return useFile(opening, async (file) => {
    // The pipe of a shell has the bits 0600; one with a name has those of its name.
    const isExposed = process.platform !== 'win32' && (file.mode & 0o077) !== 0
    return isExposed ? exposed(path, file.mode) : readWhole(file, path, bytesMax)
  })
}

function exposed(path: string, mode: number): Result<never, HostProblem> {
  const word = shellWord(path.startsWith('-') ? `./${path}` : path)
  const found = (mode & 0o777).toString(8).padStart(4, '0')
  return refuse({
    code: 'host/key-file-exposed',
    message: `Cannot use ${quote(path)}: expected a file that only its owner can read, found mode ${found}`,
    ...(word !== undefined && { hint: `chmod 600 ${word}` }),
  })
}
