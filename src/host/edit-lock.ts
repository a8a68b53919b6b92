// The lock file of an edit: who holds it stands in it, so that the lock of a killed process is broken and no other.

import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { AssayError, accept, quote, type Result, refuse } from '../core/index.ts'
import { errorCode, refusedByWorld } from './world-fault.ts'
import type { HostProblem } from './problem.ts'

/** An edit takes milliseconds; whoever waits longer meets a lock of which nobody here can say that it was left. */
const WAIT_MS = { total: 5_000, between: 25 } as const

/**
 * Waits for the lock and takes it.
 *
 * @param path the file that is edited, for messages
 * @param lock the lock file
 */
export async function takeLock(path: string, lock: string): Promise<Result<void, HostProblem>> {
  const attempts = WAIT_MS.total / WAIT_MS.between
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      if (createLock(lock)) return accept(undefined)
      breakLeftLock(lock)
    } catch (cause) {
      return refusedByWorld(`lock ${quote(path)}`, cause, 'host/file-unwritable')
    }
    await wait(WAIT_MS.between)
  }
  return refuse({
    code: 'host/file-locked',
    message: `Cannot change ${quote(path)}: expected no other change at the same time, found its lock for ${WAIT_MS.total / 1_000} seconds`,
    hint: `Remove ${quote(`${path}.lock`)}, and ${quote(`${path}.lock.break`)} if it is there, if no other assay is at work here`,
  })
}

/** Gives the lock back. */
export function releaseLock(path: string, lock: string): void {
  try {
    removeLock(lock)
  } catch (cause) {
    throw new AssayError('host/input-output', `Cannot unlock ${quote(path)}`, { cause })
  }
}

/** @returns false where somebody holds it */
function createLock(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid} ${describePlace()}\n`, { flag: 'wx' })
    return true
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false
    throw cause
  }
}

/**
 * Removes the lock of a process that is gone.
 *
 * Between the look at a lock and its removal another process could remove it, too, and take it anew: what is removed then is a lock
 * that is held. So who breaks a lock holds a second one meanwhile, and looks again under it.
 */
function breakLeftLock(lock: string): void {
  const breaking = `${lock}.break`
  if (!isLeft(lock) || !createLock(breaking)) return
  try {
    if (isLeft(lock)) removeLock(lock)
  } finally {
    removeLock(breaking)
  }
}

/** True where the holder ran here and runs no more; a lock that does not say so may be held. */
function isLeft(lock: string): boolean {
  const [, pid, place] = /^([1-9]\d{0,9}) ([^\n]+)\n$/.exec(readLock(lock)) ?? []
  return place === describePlace() && !isRunning(Number(pid))
}

/** Longer than what is written there. */
const LOCK_BYTES_MAX = 4_096
/** Without O_NONBLOCK, opening a named pipe waits for its writer. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK

function readLock(lock: string): string {
  let file: number | undefined
  try {
    file = openSync(lock, FLAGS)
    if (!fstatSync(file).isFile()) return ''
    const bytes = Buffer.alloc(LOCK_BYTES_MAX)
    return bytes.toString('utf8', 0, readSync(file, bytes))
  } catch {
    // It was given back a moment ago, or is somebody's who does not show it: then it may be held.
    return ''
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    return errorCode(cause) !== 'ESRCH'
  }
}

/** Where a process id means one process: a machine since its start, and on Linux a container of it. */
function describePlace(): string {
  const boot = readOrNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
  const namespace = readOrNothing(() => readlinkSync('/proc/self/ns/pid'))
  return [hostname(), boot, namespace].join(' ').trim()
}

/** Empty where the system has no such file. */
function readOrNothing(read: () => string): string {
  try {
    return read()
  } catch {
    // Not Linux; then the name of the machine is all that there is.
    return ''
  }
}

function removeLock(lock: string): void {
  try {
    unlinkSync(lock)
  } catch (cause) {
    // Somebody took it away, which is what the hint asks for.
    if (errorCode(cause) !== 'ENOENT') throw cause
  }
}
