// One change of one file at a time: read, changed and renamed while a lock file lies beside it.

import { open, realpath, stat, unlink } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { AssayError, accept, quote, type Problem, type Result, refuse } from '../core/index.ts'
import { readBytes, type ReadOptions, writeBytes } from './files.ts'
import { errorCode, refusedByWorld } from './world-fault.ts'
import type { HostProblem } from './problem.ts'

/** An edit takes milliseconds; whoever waits longer meets a lock that a killed process left. */
const WAIT_MS = { total: 5_000, between: 25 } as const

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
  const place = await findPlace(resolve(folder, path))
  if (!place.ok) return place
  const { target, mode } = place.value
  const lock = `${target}.lock`
  const locked = await takeLock(path, lock)
  if (!locked.ok) return locked
  try {
    const before = await readBytes(folder, target, options)
    if (!before.ok) return before
    const after = edit(before.value)
    if (!after.ok) return after
    const written = await writeBytes(folder, target, after.value, { mode })
    return written.ok ? after : written
  } finally {
    await releaseLock(path, lock)
  }
}

/** Through links to the document itself: an edit of a copy would leave the one that others read as it was. */
async function findPlace(
  path: string,
): Promise<Result<{ readonly target: string; readonly mode: number }, HostProblem>> {
  try {
    const target = await realpath(path)
    const { mode } = await stat(target)
    return accept({ target, mode: mode & 0o777 })
  } catch (cause) {
    return refusedByWorld(`read ${quote(path)}`, cause)
  }
}

async function takeLock(path: string, lock: string): Promise<Result<void, HostProblem>> {
  const attempts = WAIT_MS.total / WAIT_MS.between
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const file = await open(lock, 'wx')
      await file.close()
      return { ok: true, value: undefined }
    } catch (cause) {
      if (errorCode(cause) !== 'EEXIST') {
        return refusedByWorld(`lock ${quote(path)}`, cause, 'host/file-unwritable')
      }
    }
    await wait(WAIT_MS.between)
  }
  return refuse({
    code: 'host/file-locked',
    message: `Cannot change ${quote(path)}: expected no other change at the same time, found its lock for ${WAIT_MS.total / 1_000} seconds`,
    hint: `Remove ${path}.lock if no other assay is at work here`,
  })
}

async function releaseLock(path: string, lock: string): Promise<void> {
  try {
    await unlink(lock)
  } catch (cause) {
    // Somebody took it away, which is what the hint below asks for.
    if (errorCode(cause) === 'ENOENT') return
    throw new AssayError('host/input-output', `Cannot unlock ${quote(path)}`, { cause })
  }
}
