// One file's digests, read once and piece by piece: for a file of any size and any name.

import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { accept, type Result } from '../core/index.ts'
import { useFile } from './open-file.ts'
import type { HostProblem } from './problem.ts'

/** Lower-case hexadecimal, by every algorithm that a statement may name. */
export interface ContentDigests {
  readonly sha256: string
  readonly sha384: string
  readonly sha512: string
}

/** Digests bytes that come in parts, by each of them. */
export function createDigester(): {
  readonly update: (part: Uint8Array) => void
  readonly end: () => ContentDigests
} {
  const hashes = [createHash('sha256'), createHash('sha384'), createHash('sha512')] as const
  return {
    update: (part) => {
      for (const hash of hashes) hash.update(part)
    },
    end: () => {
      const [sha256, sha384, sha512] = hashes
      return {
        sha256: sha256.digest('hex'),
        sha384: sha384.digest('hex'),
        sha512: sha512.digest('hex'),
      }
    },
  }
}

/** Digests a regular file. */
export async function digestFile(
  folder: string,
  path: string,
): Promise<Result<ContentDigests, HostProblem>> {
  const hint = 'A folder is a set: --set'
  const location = resolve(folder, path)
  return useFile({ location, path, action: 'digest', hint }, async ({ read }) => {
    const digester = createDigester()
    for await (const part of read()) digester.update(part)
    return accept(digester.end())
  })
}
