// One change of one file at a time: read, changed and renamed under a lock.

import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { accept, quote, type Problem, type Result } from '../../core/index.ts'
import { withLock } from './file-lock.ts'
import { readBytes, type ReadOptions, writeBytes } from '../files.ts'
import { refusedByWorld } from '../world-fault.ts'
import type { HostProblem } from '../problem.ts'

/** An edit takes milliseconds. */
const WAIT_MS = 5_000

/**
 * Replaces a file by what `edit` makes of its bytes; two edits at once happen one after the other.
 *
 * @param edit must not wait for a person: others wait for it
 * @returns what was written, or the problems of reading, of the edit, or of writing; then the file is as it was
 */
export async function editBytes<P extends Problem>(
  folder: string,
  path: string,
  edit: (bytes: Uint8Array) => Result<Uint8Array, P>,
  options: ReadOptions,
): Promise<Result<Uint8Array, P | HostProblem>> {
  const place = findPlace(resolve(folder, path))
  if (!place.ok) return place
  const { target, mode } = place.value
  return withLock<Uint8Array, P | HostProblem>(
    { path, lock: `${target}.lock`, waitMs: WAIT_MS },
    async () => {
      const before = await readBytes(folder, target, options)
      if (!before.ok) return before
      const after = edit(before.value)
      if (!after.ok) return after
      const written = await writeBytes(folder, target, after.value, { mode })
      return written.ok ? after : written
    },
  )
}

/** Through links to the document itself: an edit of a copy would leave the one that others read as it was. */
function findPlace(
  path: string,
): Result<{ readonly target: string; readonly mode: number }, HostProblem> {
  try {
    const target = realpathSync(path)
    const { mode } = statSync(target)
    return accept({ target, mode: mode & 0o777 })
  } catch (cause) {
    return refusedByWorld(`read ${quote(path)}`, cause)
  }
}
