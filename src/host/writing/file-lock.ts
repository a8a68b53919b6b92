// One at a time, by a lock that the kernel holds for a process and drops with it, however it ends: nothing is left to be broken.
//
// Node offers no such lock by itself; SQLite, which comes with Node, takes one (fcntl, LockFileEx) on the file that it opens. The file
// stays empty, and that it is there means nothing.

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  type Stats,
  unlinkSync,
} from 'node:fs'
import type * as sqlite from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { AssayError, quote, type Problem, type Result, refuse } from '../../core/index.ts'
import { errorCode, refusedByWorld } from '../world-fault.ts'
import type { HostProblem } from '../problem.ts'

/** What is locked, and how. */
export interface LockOptions {
  /** What is changed, as the person named it. */
  readonly path: string
  /** The lock file, absolute. Nothing but this module ever opens it. */
  readonly lock: string
  readonly waitMs: number
  /** The file stays, for a folder that is not looked into. */
  readonly isKept?: boolean
}

const BETWEEN_MS = 10

/**
 * Waits until nobody else holds the lock, and holds it meanwhile.
 *
 * @returns `host/file-locked` where somebody holds it for longer than is waited
 */
export async function withLock<T, P extends Problem>(
  options: LockOptions,
  use: () => Promise<Result<T, P>>,
): Promise<Result<T, P | HostProblem>> {
  return takeTurn(options.lock, async () => {
    const taken = await takeLock(options)
    if (!taken.ok) return taken
    try {
      return await use()
    } finally {
      taken.value(options.isKept !== true)
    }
  })
}

/** Locks of the kernel do not keep apart what one process does, and closing a file in one place drops its lock in the other. */
const turns = new Map<string, Promise<unknown>>()

async function takeTurn<T>(lock: string, use: () => Promise<T>): Promise<T> {
  const before = turns.get(lock)
  const turn = (before ?? Promise.resolve()).then(use, use)
  turns.set(lock, turn)
  try {
    return await turn
  } finally {
    if (turns.get(lock) === turn) turns.delete(lock)
  }
}

type Release = (isRemoved: boolean) => void

async function takeLock({
  path,
  lock,
  waitMs,
}: LockOptions): Promise<Result<Release, HostProblem>> {
  for (let waited = 0; waited < waitMs; waited += BETWEEN_MS) {
    try {
      const release = tryLock(lock)
      if (release !== undefined) return { ok: true, value: release }
    } catch (cause) {
      if (cause instanceof LockFault)
        throw new AssayError('host/input-output', `Cannot lock ${quote(path)}: ${cause.message}`, {
          cause,
        })
      return refusedByWorld(`lock ${quote(path)}`, cause, 'host/file-unwritable')
    }
    await wait(BETWEEN_MS)
  }
  return refuse({
    code: 'host/file-locked',
    message: `Cannot change ${quote(path)}: expected no other change at the same time, found its lock for ${waitMs / 1_000} seconds`,
    hint: `Wait for the other assay; should ${quote(lock)} be something else than an empty file, remove it`,
  })
}

/** Without O_NONBLOCK, opening a named pipe waits for its writer. */
const FLAGS =
  constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** @returns undefined where somebody holds it, or something lies there that is no lock of ours */
function tryLock(lock: string): Release | undefined {
  const file = openLock(lock)
  if (file === undefined) return undefined
  const database = lockDatabase(lock, file)
  const release = (isRemoved: boolean): void => {
    try {
      if (isRemoved) removeLock(lock)
    } finally {
      database?.close()
      closeSync(file)
    }
  }
  // Who held it before may have removed it: then this is the lock of a file that others do not see. As long as it is open here,
  // no other file has its number.
  if (database !== undefined && isSameFile(fstatSync(file), lock)) return release
  release(false)
  return undefined
}

function openLock(lock: string): number | undefined {
  try {
    const file = openSync(lock, FLAGS, 0o666)
    const stats = fstatSync(file)
    // Only what is empty: SQLite reads what is in the file.
    if (stats.isFile() && stats.size === 0) return file
    closeSync(file)
    return undefined
  } catch (cause) {
    // A link, or a folder.
    if (['ELOOP', 'EISDIR'].includes(errorCode(cause) ?? '')) return undefined
    throw cause
  }
}

/** What SQLite says where a file is locked; a file system without locks says something else. */
const SQLITE_BUSY = 5

class LockFault extends Error {}

function lockDatabase(lock: string, file: number): sqlite.DatabaseSync | undefined {
  let database: sqlite.DatabaseSync | undefined
  try {
    database = new (loadSqlite().DatabaseSync)(lock, { timeout: 0 })
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (cause) {
    database?.close()
    // SQLite fails in one way or another where who held it removes the file at that moment: then it is the lock of nobody.
    if (isBusy(cause) || !isSameFile(fstatSync(file), lock)) return undefined
    closeSync(file)
    throw new LockFault(cause instanceof Error ? cause.message : String(cause))
  }
}

/** Extended codes have the plain one in their last byte. */
function isBusy(cause: unknown): boolean {
  const code = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) : 0
  return code % 256 === SQLITE_BUSY
}

function isSameFile({ dev, ino }: Stats, lock: string): boolean {
  const found = lstatSync(lock, { throwIfNoEntry: false })
  return found !== undefined && found.dev === dev && found.ino === ino
}

/** Windows does not let go of a file that is open: there it stays. */
function removeLock(lock: string): void {
  try {
    unlinkSync(lock)
  } catch (cause) {
    if (!['ENOENT', 'EBUSY', 'EPERM', 'EACCES'].includes(errorCode(cause) ?? '')) throw cause
  }
}

/** Node says of its SQLite that it may change; what is used of it here is SQLite's own, and a person can do nothing about it. */
function loadSqlite(): Pick<typeof sqlite, 'DatabaseSync'> {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return process.getBuiltinModule('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
}
