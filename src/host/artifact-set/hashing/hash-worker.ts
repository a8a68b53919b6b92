// A thread that digests batches of files; the build emits it as a file of its own beside the code that starts it.

import { parentPort } from 'node:worker_threads'
import type { FileDigests } from './file-digests.ts'
import type { FileStamp } from './file-stamp.ts'
import { type FileFault, hashFile } from './hash-file.ts'

/** Files to digest, each by a number that comes back with its outcome. */
export interface HashBatch {
  readonly sha512: boolean
  readonly files: readonly {
    readonly index: number
    readonly location: string
    readonly stamp: FileStamp
  }[]
}

/** The digests of a batch, or why a file has none. */
export type HashedBatch = readonly (readonly [index: number, outcome: FileDigests | FileFault])[]

/** Digests a batch on this thread. */
function hashBatch({ sha512, files }: HashBatch): HashedBatch {
  return files.map(({ index, location, stamp }) => [index, hashFile(location, stamp, sha512)])
}

parentPort?.on('message', (batch: HashBatch) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(hashBatch(batch))
})
