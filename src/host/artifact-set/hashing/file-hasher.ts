// Many files digested while they are being found: on this thread when there is little to do, on a few threads when there is much.

import { availableParallelism } from 'node:os'
import type { TreeFile } from '../tree.ts'
import { createBatchQueue } from './batch-queue.ts'
import type { FileDigests } from './file-digests.ts'
import { type FileFault, hashFile } from './hash-file.ts'
import { type HashThreads, startHashThreads } from './hash-threads.ts'

/** Below this, threads cost more than they save. */
const THREADS_FROM_BYTES = 64 * 1024 * 1024
const THREADS_MAX = 4

/** What is digested, and who hears of it. */
export interface FileHasherOptions {
  readonly sha512: boolean
  /** Told now and then how many files are done. */
  readonly onProgress: (filesDone: number) => void
}

/** Holds threads: every hasher is ended by {@link FileHasher.finish} or {@link FileHasher.stop}. */
export interface FileHasher {
  /** Looks for files at the end of the list that were not there the last time, and may begin with them. */
  offer(files: readonly TreeFile[]): void
  /** The outcome for each file of the list, in its order. */
  finish(files: readonly TreeFile[]): Promise<readonly (FileDigests | FileFault)[]>
  /** Gives up what is under way. */
  stop(): Promise<void>
}

/** A hasher that has started nothing yet. */
export function createFileHasher({ sha512, onProgress }: FileHasherOptions): FileHasher {
  const queue = createBatchQueue()
  const outcomes: (FileDigests | FileFault)[] = []
  const threadsMax = Math.min(THREADS_MAX, availableParallelism())
  let threads: HashThreads | undefined
  let offered = 0
  let done = 0
  return {
    offer(files) {
      for (; offered < files.length; offered++) queue.add(offered, files[offered]?.stamp.size ?? 0)
      if (queue.costBytes() < THREADS_FROM_BYTES || threadsMax < 2) return
      threads ??= startHashThreads(threadsMax, {
        next: (mayWait) =>
          queue.take(mayWait)?.map((index) => {
            const { location, stamp } = files[index] as TreeFile
            return { index, location, stamp }
          }),
        sha512,
        take(hashed) {
          for (const [index, outcome] of hashed) outcomes[index] = outcome
          done += hashed.length
          onProgress(done)
        },
      })
      threads.wake()
    },
    async finish(files) {
      this.offer(files)
      if (threads === undefined) {
        return files.map(({ location, stamp }) => hashFile(location, stamp, sha512))
      }
      await threads.finish()
      return outcomes
    },
    async stop() {
      await threads?.stop()
    },
  }
}
