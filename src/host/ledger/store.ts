// A ledger in a folder, through all that may be done with it.

import { accept, LIMITS, type Problem, quote, type Result, refuse } from '../../core/index.ts'
import { digestBytes, hashEmptyTree } from '../../digest/index.ts'
import {
  type LedgerEntry,
  type LedgerProblem,
  listObsolete,
  type TreeHead,
} from '../../ledger/index.ts'
import type { HostProblem } from '../problem.ts'
import { type Appended, type AppendJudge, appendRecords, type NewRecord } from './append.ts'
import { DiskRefusal, type LedgerDisk, WORK_FOLDER } from './disk.ts'
import { commitChange, finishChange, isChangeReady } from './journal.ts'
import { CHECKPOINT_PATH, HEAD_PATH, headFile, recordPathOf, SETTING_FILES } from './layout.ts'
import { type LedgerMerge, mergeInto } from './merge.ts'
import { listRecordFiles, type RecordFiles } from './record-files.ts'
import { type LedgerFiles, type LedgerState, readFiles, readState, sizesOf } from './state.ts'

/** Why something was not done with a ledger. */
export type StoreProblem = LedgerProblem | HostProblem

/** The ledger of one folder. */
export interface LedgerStore {
  /** As the person named it. */
  readonly path: string

  /** Makes the folder, and an empty ledger in it. */
  init(): Promise<Result<TreeHead, StoreProblem>>

  /** The ledger as it is now; what others append meanwhile does not change it. */
  read(): Promise<Result<LedgerState, StoreProblem>>

  /** The same for whoever judges it, also where it is damaged. */
  readFiles(): Promise<Result<LedgerFiles, StoreProblem>>

  /** The file of a record, whose digest is that of the entry. */
  readRecord(entry: Pick<LedgerEntry, 'sha256'>): Promise<Result<Uint8Array, StoreProblem>>

  /** Every file below `records`. */
  listRecords(): Promise<Result<RecordFiles, StoreProblem>>

  /** Appends what is new of these records: all of it or nothing, whoever else appends at the same time. */
  append<P extends Problem>(
    records: readonly NewRecord[],
    judge?: (...args: Parameters<AppendJudge>) => readonly P[],
  ): Promise<Result<Appended, P | StoreProblem>>

  /** Replaces the signed head by what `sign` makes for the ledger as it is; nobody appends meanwhile. */
  writeCheckpoint<P extends Problem>(
    sign: (state: LedgerState) => Promise<Result<Uint8Array, P>>,
  ): Promise<Result<LedgerState, P | StoreProblem>>

  /** Makes this ledger what `plan` says, from this one and another. */
  merge<P extends Problem>(plan: MergePlanner<P>): Promise<Result<TreeHead, P | StoreProblem>>
}

/** Says what becomes of the ledger as it is, where that can be read: in a conflict of git it can not. */
export type MergePlanner<P extends Problem> = (
  state: Result<LedgerState, StoreProblem>,
) => Promise<Result<LedgerMerge, P>>

/** The ledger on a disk. Nothing is read before a method is called. */
export function createLedgerStore(path: string, disk: LedgerDisk): LedgerStore {
  const attempt = async <T, P extends Problem>(
    call: () => Promise<Result<T, P>>,
  ): Promise<Result<T, P | HostProblem>> => {
    try {
      return await call()
    } catch (cause) {
      if (cause instanceof DiskRefusal) return refuse(cause.problem)
      throw cause
    }
  }

  /** A change that was stopped is finished first. */
  const change = <T, P extends Problem>(
    call: () => Promise<Result<T, P>>,
  ): Promise<Result<T, P | HostProblem>> => {
    return attempt<T, P | HostProblem>(() => {
      return disk.lock<T, P | HostProblem>(async () => {
        finishChange(disk)
        return call()
      })
    })
  }

  const read = async (): Promise<Result<LedgerState, StoreProblem>> => {
    const state = await readState(disk)
    return state.ok ? state : atLedger(path, state.problems[0])
  }

  /** Nothing is made in a folder that is no ledger, not even a lock. */
  const changeLedger = <T, P extends Problem>(
    call: () => Promise<Result<T, P>>,
  ): Promise<Result<T, P | StoreProblem>> => {
    return attempt<T, P | StoreProblem>(async () => {
      if (disk.read(HEAD_PATH, LIMITS.ledgerHeadBytesMax) === undefined && !isChangeReady(disk))
        return noLedger(path)
      return change<T, P | StoreProblem>(call)
    })
  }

  return {
    path,
    init: () => change(async () => initialize(disk, path)),
    read: () => (isReady(disk) ? change(read) : attempt(read)),
    readFiles: () => {
      const files = async (): Promise<Result<LedgerFiles, HostProblem>> => {
        const found = readFiles(disk)
        return found.ok ? found : atLedger(path, found.problems[0])
      }
      return isReady(disk) ? change(files) : attempt(files)
    },
    readRecord: (entry) => attempt(async () => readRecord(disk, entry)),
    listRecords: () => attempt(async () => accept(listRecordFiles(disk))),
    append: <P extends Problem>(records: readonly NewRecord[], judge?: AppendJudge) =>
      changeLedger(async () => {
        const state = await read()
        return state.ok ? appendRecords(disk, state.value, records, judge) : state
      }) as Promise<Result<Appended, P | StoreProblem>>,
    writeCheckpoint: (sign) => changeLedger(async () => signState(disk, await read(), sign)),
    merge: <P extends Problem>(plan: MergePlanner<P>) =>
      changeLedger<TreeHead, P | StoreProblem>(async () => {
        const merge = await plan(await read())
        return merge.ok ? mergeInto(disk, merge.value) : merge
      }),
  }
}

/** Whoever only looks at a folder without a change under way needs no lock. */
function isReady(disk: LedgerDisk): boolean {
  try {
    return isChangeReady(disk)
  } catch (cause) {
    // The same is found, and told, by what is done next.
    if (cause instanceof DiskRefusal) return false
    throw cause
  }
}

async function initialize(disk: LedgerDisk, path: string): Promise<Result<TreeHead, StoreProblem>> {
  const others = disk.list('.').filter(({ name }) => name !== WORK_FOLDER)
  if (others.length > 0) {
    return refuse({
      code: 'host/ledger-exists',
      message: `Cannot make a ledger in ${quote(path)}: expected no folder or an empty one, found ${quote(others[0]?.name ?? '')} in it`,
    })
  }
  const head = { size: 0, root: hashEmptyTree() }
  commitChange(disk, { files: [...SETTING_FILES, headFile(head)], remove: [] })
  return accept(head)
}

async function signState<P extends Problem>(
  disk: LedgerDisk,
  state: Result<LedgerState, StoreProblem>,
  sign: (state: LedgerState) => Promise<Result<Uint8Array, P>>,
): Promise<Result<LedgerState, P | StoreProblem>> {
  if (!state.ok) return state
  const signed = await sign(state.value)
  if (!signed.ok) return signed
  const now = { size: state.value.size, signed: sizesOf(signed.value) }
  commitChange(disk, {
    files: [{ path: CHECKPOINT_PATH, bytes: signed.value }],
    remove: listObsolete(state.value.signed, now),
  })
  return accept({ ...state.value, checkpoint: signed.value, signed: now.signed })
}

async function readRecord(
  disk: LedgerDisk,
  entry: Pick<LedgerEntry, 'sha256'>,
): Promise<Result<Uint8Array, StoreProblem>> {
  const path = recordPathOf(entry)
  const bytes = disk.read(path, LIMITS.envelopeBytesMax)
  if (bytes === undefined) {
    const message = `Expected the record ${quote(path)}, found none`
    return refuse({ code: 'host/ledger-record-missing', message, at: path })
  }
  if (digestBytes('sha256', bytes) === entry.sha256) return accept(bytes)
  const message = `Expected the record ${quote(entry.sha256)}, found another file in its place`
  return refuse({ code: 'host/ledger-record-differs', message, at: path })
}

function noLedger(path: string): Result<never, HostProblem> {
  return refuse({
    code: 'host/ledger-missing',
    message: `Expected a ledger in ${quote(path)}, found none`,
    hint: 'assay ledger init',
  })
}

function atLedger<P extends Problem>(path: string, problem: P): Result<never, P> {
  return refuse({
    ...problem,
    at: problem.at === undefined ? quote(path) : `${quote(path)}, ${problem.at}`,
  })
}
