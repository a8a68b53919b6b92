// The files of one ledger, by their paths below its folder. Nothing outside of the folder is reached, through no link.

import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  type Stats,
  unlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Problem, quote, type Result } from '../../core/index.ts'
import { TileRefusal } from '../../ledger/index.ts'
import { withLock } from '../writing/file-lock.ts'
import { fillFile, flushFolder } from '../writing/flush.ts'
import type { HostProblem } from '../problem.ts'
import { errorCode, refusedByWorld } from '../world-fault.ts'

/** What is in a folder. */
export interface DiskEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'other'
}

/** Every effect that a ledger has on its folder; tests let the Nth fail. What a person can mend is thrown as {@link DiskRefusal}. */
export interface LedgerDisk {
  /** Undefined where there is no such file; one that is larger is refused. */
  read(path: string, bytesMax: number): Uint8Array | undefined
  /** What is there, if anything is. */
  look(path: string): DiskEntry['kind'] | undefined
  /** Empty where there is no such folder. */
  list(folder: string): readonly DiskEntry[]
  /** A new file, flushed; one that is there is removed first. */
  write(path: string, bytes: Uint8Array): void
  /** A folder with all above it, each flushed into the one above. */
  makeFolder(folder: string): void
  /** Replaces what is there; false where there is nothing to move. */
  move(from: string, to: string): boolean
  /** A file, or an empty folder; what is not there is removed already. */
  remove(path: string): void
  /** What tells this folder from every copy of it, and nobody can choose; the same as long as it stays where it is. */
  identify(): string
  /** Makes the names in a folder survive a crash. */
  flush(folder: string): void
  /** One at a time. */
  lock<T, P extends Problem>(use: () => Promise<Result<T, P>>): Promise<Result<T, P | HostProblem>>
}

/** Why a person has to look at the folder; becomes a problem in the store, and of a tile in whoever reads it. */
export class DiskRefusal extends TileRefusal<HostProblem> {}

/** What git never sees: the lock, what is written before it has its place, what is computed from the entries. */
export const WORK_FOLDER = '.work'

const LOCK = `${WORK_FOLDER}/lock`

/** A merge reads all of both ledgers. */
const LOCK_MS = 120_000

const NOFOLLOW = constants.O_NOFOLLOW ?? 0
const NONBLOCK = constants.O_NONBLOCK ?? 0

/**
 * The folder on the disk of this machine.
 *
 * @param root absolute
 * @param path the same as the person named it
 */
export function createDisk(root: string, path: string): LedgerDisk {
  const named = (below: string): string => quote(join(path, below))

  /** Runs one call; `undefined` for what is not there. */
  const attempt = <T>(action: string, below: string, call: (at: string) => T): T | undefined => {
    try {
      refuseLinks(root, below)
      return call(join(root, below))
    } catch (cause) {
      if (cause instanceof DiskRefusal) throw cause
      if (cause instanceof LinkFound) throw new DiskRefusal(linkProblem(named(cause.below)))
      if (errorCode(cause) === 'ENOENT') return undefined
      if (['ENOTDIR', 'EEXIST'].includes(errorCode(cause) ?? '')) {
        throw new DiskRefusal(foreign(named(below), 'folders all the way'))
      }
      const code = action === 'read' ? 'host/file-unreadable' : 'host/file-unwritable'
      const refused = refusedByWorld(`${action} ${named(below)}`, cause, code)
      throw refused.ok ? cause : new DiskRefusal(refused.problems[0])
    }
  }

  const disk: LedgerDisk = {
    read: (below, bytesMax) =>
      attempt('read', below, (at) => {
        const read = readRegular(at, below, bytesMax)
        if (read !== 'too-large') return read
        throw new DiskRefusal(tooLarge(named(below), bytesMax))
      }),
    look: (below) => attempt('read', below, (at) => kindOf(lstatSync(at))),
    list: (below) =>
      attempt('read', below, (at) =>
        readdirSync(at, { withFileTypes: true }).map((entry) => {
          return { name: entry.name, kind: kindOf(entry) }
        }),
      ) ?? [],
    write: (below, bytes) => {
      const isWritten = attempt('write', below, (at) => writeNew(at, bytes))
      if (isWritten === undefined) throw new DiskRefusal(missing(named(below)))
    },
    makeFolder(below) {
      if (below === '.') {
        makeRoot(root, path)
        return
      }
      if (attempt('write', below, (at) => lstatSync(at).isDirectory()) === true) return
      const above = dirname(below)
      disk.makeFolder(above)
      attempt('write', below, (at) => mkdirSync(at))
      disk.flush(above)
    },
    move: (from, to) => {
      refuseMoved(root, from)
      return (
        attempt('write', to, (at) => {
          renameSync(join(root, from), at)
          return true
        }) ?? isGone(root, from, named(to))
      )
    },
    remove: (below) => attempt('remove', below, removeOne),
    identify: () => attempt('read', LOCK, identityOf) ?? '',
    flush: (below) => attempt('write', below, flushFolder),
    lock: (use) => {
      disk.makeFolder(WORK_FOLDER)
      refuseOtherLock(join(root, LOCK), named(LOCK))
      return withLock({ path, lock: join(root, LOCK), waitMs: LOCK_MS, isKept: true }, use)
    },
  }
  return disk
}

function makeRoot(root: string, path: string): void {
  try {
    mkdirSync(root, { recursive: true })
  } catch (cause) {
    const refused = refusedByWorld(`make ${quote(path)}`, cause, 'host/file-unwritable')
    throw refused.ok ? cause : new DiskRefusal(refused.problems[0])
  }
}

/** Thrown on the way to a file, and told by the path that the person knows. */
class LinkFound extends Error {
  readonly below: string

  constructor(below: string) {
    super(below)
    this.below = below
  }
}

/** Every folder on the way, and what is at its end, as far as it is there. */
function refuseLinks(root: string, below: string): void {
  // The folder itself is named by a person, who may name a link.
  const parts = below === '.' ? [] : below.split('/')
  for (let end = 1; end <= parts.length; end++) {
    const part = parts.slice(0, end).join('/')
    const stats = lstatSync(join(root, part), { throwIfNoEntry: false })
    if (stats === undefined) return
    if (stats.isSymbolicLink()) throw new LinkFound(part)
  }
}

function refuseMoved(root: string, from: string): void {
  try {
    refuseLinks(root, from)
  } catch (cause) {
    throw cause instanceof LinkFound ? new DiskRefusal(linkProblem(quote(cause.below))) : cause
  }
}

/** Nothing to move; where it is there, what is not there is the place for it. */
function isGone(root: string, from: string, to: string): false {
  if (lstatSync(join(root, from), { throwIfNoEntry: false }) === undefined) return false
  throw new DiskRefusal(missing(to))
}

/** The file that was opened is the one that is judged. */
function readRegular(
  at: string,
  below: string,
  bytesMax: number,
): Uint8Array | 'too-large' | undefined {
  const file = openFile(at, below)
  try {
    const stats = fstatSync(file)
    // A folder where a file is looked for is no file.
    if (!stats.isFile()) return undefined
    return stats.size > bytesMax ? 'too-large' : readFileSync(file)
  } finally {
    closeSync(file)
  }
}

function openFile(at: string, below: string): number {
  try {
    return openSync(at, constants.O_RDONLY | NOFOLLOW | NONBLOCK)
  } catch (cause) {
    throw errorCode(cause) === 'ELOOP' ? new LinkFound(below) : cause
  }
}

/** A lock is an empty file from its first moment on: nobody waits for anything else to become one. */
function refuseOtherLock(at: string, named: string): void {
  const stats = lstatSync(at, { throwIfNoEntry: false })
  if (stats === undefined || (stats.isFile() && stats.size === 0)) return
  throw new DiskRefusal(foreign(named, 'an empty file'))
}

/** The lock is made once and never written to: its number and the time of its last change are given by the system. */
function identityOf(at: string): string {
  const { dev, ino, ctimeNs } = lstatSync(at, { bigint: true })
  return `${dev} ${ino} ${ctimeNs}`
}

function writeNew(at: string, bytes: Uint8Array): true {
  removeOne(at)
  fillFile(openSync(at, 'wx'), bytes)
  return true
}

function removeOne(at: string): void {
  const stats = lstatSync(at, { throwIfNoEntry: false })
  if (stats === undefined) return
  try {
    if (stats.isDirectory()) rmdirSync(at)
    else unlinkSync(at)
  } catch (cause) {
    // A folder with something in it stays.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(cause) ?? '')) throw cause
  }
}

function kindOf(entry: Dirent | Stats): DiskEntry['kind'] {
  if (entry.isFile()) return 'file'
  return entry.isDirectory() ? 'folder' : 'other'
}

function linkProblem(named: string): HostProblem {
  return {
    code: 'host/ledger-link',
    message: `Cannot use ${named}: expected a file or folder of the ledger, found a link`,
    hint: 'A ledger has no links: remove it',
  }
}

function foreign(named: string, expected: string): HostProblem {
  return {
    code: 'host/ledger-foreign',
    message: `Cannot use ${named}: expected ${expected}, found something else`,
    hint: 'No Assay made it: remove it',
  }
}

function tooLarge(named: string, bytesMax: number): HostProblem {
  return {
    code: 'host/file-too-large',
    message: `Cannot read ${named}: expected at most ${bytesMax} bytes, found more`,
    hint: 'No ledger has such a file: restore it as git has it, or remove it',
  }
}

function missing(named: string): HostProblem {
  return {
    code: 'host/file-missing',
    message: `Cannot write ${named}: its folder is not there any more`,
  }
}
