// How files of a ledger change: all that is new is written and flushed beside them, one rename makes it count, and then every file is
// moved to its place. Whoever is stopped before that rename has changed nothing; what was stopped after it is finished by the next.

import { dirname } from 'node:path/posix'
import { encodeUtf8, isJsonObject, LIMITS, parseJson, quote } from '../../core/index.ts'
import { parseTilePath, type PlannedFile } from '../../ledger/index.ts'
import { DiskRefusal, type LedgerDisk, WORK_FOLDER } from './disk.ts'
import { isLedgerPath } from './layout.ts'

/** One change of a ledger. */
export interface LedgerChangeSet {
  /** In the order in which they are moved to their places. */
  readonly files: readonly PlannedFile[]
  /** Tiles that nobody needs after it. */
  readonly remove: readonly string[]
}

/** Where the new files are until they are all there, and where they count. */
const NEXT = `${WORK_FOLDER}/next`
const READY = `${WORK_FOLDER}/ready`
const PLAN = 'plan'

/** Makes the change; the lock is held. */
export function commitChange(disk: LedgerDisk, { files, remove }: LedgerChangeSet): void {
  const paths = files.map(({ path }) => path)
  removeAll(disk, NEXT)
  for (const path of paths) refuseForeign(disk, path)
  try {
    for (const folder of foldersOf(paths)) disk.makeFolder(folder)
    disk.makeFolder(NEXT)
    for (const [at, { bytes }] of files.entries()) disk.write(`${NEXT}/${at}`, bytes)
    disk.write(`${NEXT}/${PLAN}`, encodeUtf8(`${JSON.stringify({ paths, remove })}\n`))
    disk.flush(NEXT)
  } catch (cause) {
    discard(disk)
    throw cause
  }
  // From here on it is made.
  disk.move(NEXT, READY)
  disk.flush(WORK_FOLDER)
  applyChange(disk, { paths, remove })
}

/** A change that counts has to come to its end: where a file can not be moved to its place, nothing is begun. */
function refuseForeign(disk: LedgerDisk, path: string): void {
  const found = disk.look(path)
  if (found === undefined || found === 'file') return
  throw new DiskRefusal({
    code: 'host/ledger-foreign',
    message: `Cannot write ${quote(path)}: expected a file of the ledger, found ${found === 'folder' ? 'a folder' : 'something else'}`,
    hint: 'No Assay made it: remove it',
  })
}

/** Finishes the change of a process that was stopped; the lock is held. */
export function finishChange(disk: LedgerDisk): void {
  if (!isChangeReady(disk)) return
  const bytes = disk.read(`${READY}/${PLAN}`, LIMITS.ledgerWorkBytesMax)
  // The plan goes last: without it all is done.
  if (bytes === undefined) removeAll(disk, READY)
  else applyChange(disk, parsePlan(bytes))
}

/** True when a change counts that is not in its place yet. */
export function isChangeReady(disk: LedgerDisk): boolean {
  return disk.list(WORK_FOLDER).some(({ name }) => READY === `${WORK_FOLDER}/${name}`)
}

interface Plan {
  readonly paths: readonly string[]
  readonly remove: readonly string[]
}

function applyChange(disk: LedgerDisk, { paths, remove }: Plan): void {
  for (const folder of foldersOf(paths)) disk.makeFolder(folder)
  // What is not there any more was moved by whoever began.
  for (const [at, path] of paths.entries()) disk.move(`${READY}/${at}`, path)
  for (const path of remove) disk.remove(path)
  for (const folder of foldersOf(remove)) disk.remove(folder)
  for (const folder of foldersOf(paths)) disk.flush(folder)
  removeAll(disk, READY)
}

/** Nothing but paths of a ledger: the folder may come from anybody's repository. */
function parsePlan(bytes: Uint8Array): Plan {
  const value = parseJson(bytes, { bytesMax: LIMITS.ledgerWorkBytesMax })
  if (value.ok && isJsonObject(value.value)) {
    const { paths, remove } = value.value
    if (isPaths(paths, isLedgerPath) && isPaths(remove, isTilePath)) return { paths, remove }
  }
  throw new DiskRefusal({
    code: 'host/ledger-journal',
    message: `Cannot finish the change in ${READY}: expected a plan of Assay, found another file`,
    hint: `If nobody is at work here, remove ${READY} and run assay ledger verify`,
  })
}

function isPaths(value: unknown, isOne: (path: string) => boolean): value is readonly string[] {
  return Array.isArray(value) && value.every((path) => typeof path === 'string' && isOne(path))
}

function isTilePath(path: string): boolean {
  return parseTilePath(path) !== undefined
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.map((path) => dirname(path)))
}

/** A flat folder with all that is in it; the plan last. */
function removeAll(disk: LedgerDisk, folder: string): void {
  const names = disk.list(folder).map(({ name }) => name)
  for (const name of names) if (name !== PLAN) disk.remove(`${folder}/${name}`)
  disk.remove(`${folder}/${PLAN}`)
  disk.remove(folder)
}

/** Gives the space back where it was short; what can not be removed either is overwritten next time. */
function discard(disk: LedgerDisk): void {
  try {
    removeAll(disk, NEXT)
  } catch {
    // The first failure is the one to be told.
  }
}
