// Many files digested: on this thread when there is little to do, on a few threads in batches of like work when there is much.

import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AssayError } from '../../../core/index.ts'
import type { FileDigests } from './file-digests.ts'
import { type FileFault, hashFile } from './hash-file.ts'
import type { HashBatch, HashedBatch } from './hash-worker.ts'
import type { TreeFile } from '../tree.ts'

/** Below this, threads cost more than they save. */
const THREADS_FROM_BYTES = 64 * 1024 * 1024
const THREADS_MAX = 4
/** Opening and closing a file takes the time of digesting about so many bytes. */
const FILE_COST_BYTES = 8 * 1024
/** Small enough that all threads end together, large enough that messages cost nothing. */
const BATCH_BYTES = 4 * 1024 * 1024
/** While a thread works on one batch, the next one waits for it. */
const BATCHES_AHEAD = 2

export interface HashFilesOptions {
  readonly sha512: boolean
  /** Told now and then how many files are done. */
  readonly onProgress?: ((filesDone: number) => void) | undefined
}

/** The outcome for each file, in the order of the files; throws {@link AssayError} when a thread dies. */
export async function hashFiles(
  files: readonly TreeFile[],
  { sha512, onProgress }: HashFilesOptions,
): Promise<readonly (FileDigests | FileFault)[]> {
  const cost = files.reduce((sum, file) => sum + costOf(file), 0)
  const threads = Math.min(THREADS_MAX, availableParallelism())
  if (cost < THREADS_FROM_BYTES || threads < 2) {
    return files.map(({ location, stamp }) => hashFile(location, stamp, sha512))
  }
  const outcomes = new Array<FileDigests | FileFault>(files.length)
  let filesDone = 0
  await hashOnThreads(threads, batchesOf(files, sha512), (hashed) => {
    for (const [index, outcome] of hashed) outcomes[index] = outcome
    filesDone += hashed.length
    onProgress?.(filesDone)
  })
  return outcomes
}

function costOf({ stamp }: TreeFile): number {
  return stamp.size + FILE_COST_BYTES
}

/** Batches of about equal cost. The largest files come first, each alone, so that no thread ends with one of them. */
function* batchesOf(files: readonly TreeFile[], sha512: boolean): Generator<HashBatch> {
  const listed = files.map(({ location, stamp }, index) => ({ index, location, stamp }))
  const isLarge = ({ stamp }: { stamp: TreeFile['stamp'] }) => stamp.size >= BATCH_BYTES
  const large = listed.filter(isLarge).sort((a, b) => b.stamp.size - a.stamp.size)
  for (const file of large) yield { sha512, files: [file] }

  let batch: typeof listed = []
  let room = BATCH_BYTES
  for (const file of listed) {
    if (isLarge(file)) continue
    batch.push(file)
    room -= file.stamp.size + FILE_COST_BYTES
    if (room > 0) continue
    yield { sha512, files: batch }
    batch = []
    room = BATCH_BYTES
  }
  if (batch.length > 0) yield { sha512, files: batch }
}

async function hashOnThreads(
  threads: number,
  batches: Iterator<HashBatch>,
  take: (hashed: HashedBatch) => void,
): Promise<void> {
  const workers = Array.from({ length: threads }, () => new Worker(workerLocation()))
  try {
    await Promise.all(workers.map((worker) => keepBusy(worker, batches, take)))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** Beside this file, or beside the bundle that this file became part of. */
function workerLocation(): URL {
  return new URL(`./hash-worker${extname(import.meta.url)}`, import.meta.url)
}

/** Sends batches until none is left and every one sent has come back. */
function keepBusy(
  worker: Worker,
  batches: Iterator<HashBatch>,
  take: (hashed: HashedBatch) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let underway = 0
    const send = () => {
      const next = batches.next()
      if (next.done !== true) {
        underway++
        worker.postMessage(next.value)
      } else if (underway === 0) resolve()
    }
    const fail = (cause: unknown) => {
      const message = 'Cannot digest the files: a thread ended before its work was done'
      reject(new AssayError('host/thread', message, { cause }))
    }
    worker.on('error', fail)
    worker.on('exit', fail)
    worker.on('message', (hashed: HashedBatch) => {
      underway--
      take(hashed)
      send()
    })
    for (let ahead = 0; ahead < BATCHES_AHEAD; ahead++) send()
  })
}
