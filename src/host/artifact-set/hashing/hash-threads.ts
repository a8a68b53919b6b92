// A few threads that ask for batches of files until there are no more.

import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AssayError } from '../../../core/index.ts'
import type { HashBatch, HashedBatch } from './hash-worker.ts'

/** While a thread works on one batch, the next one waits for it. */
const BATCHES_AHEAD = 4
/** What a thread digests lies outside of its heap; a small one keeps its garbage small. In MiB. */
const YOUNG_GENERATION_MAX = 4

/** Where batches come from and where digests go. */
export interface HashThreadsOptions {
  /** The next files to digest, if there are any yet. */
  readonly next: (isLast: boolean) => HashBatch['files'] | undefined
  readonly sha512: boolean
  readonly take: (hashed: HashedBatch) => void
}

/** Running threads. */
export interface HashThreads {
  /** There may be more to do. */
  wake(): void
  /** Waits until all is done; throws {@link AssayError} when a thread died. */
  finish(): Promise<void>
  stop(): Promise<void>
}

/** Starts the threads; they wait for {@link HashThreads.wake}. */
export function startHashThreads(count: number, options: HashThreadsOptions): HashThreads {
  const ended = Promise.withResolvers<void>()
  // Whoever waits for the end hears of a failure; until then nobody does.
  ended.promise.catch(() => undefined)
  const fail = (cause: unknown) => {
    const message = 'Cannot digest the files: a thread ended before its work was done'
    ended.reject(new AssayError('host/thread', message, { cause }))
  }
  let isLast = false
  const threads = Array.from({ length: count }, () => {
    const thread = {
      worker: new Worker(workerLocation(), {
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MAX },
      }),
      underway: 0,
    }
    thread.worker.on('error', fail)
    thread.worker.on('exit', fail)
    thread.worker.on('message', (hashed: HashedBatch) => {
      thread.underway--
      options.take(hashed)
      wake()
    })
    return thread
  })
  const wake = () => {
    for (let ahead = 0; ahead < BATCHES_AHEAD; ahead++) {
      for (const thread of threads) {
        const files = thread.underway <= ahead ? options.next(isLast) : undefined
        if (files === undefined) continue
        thread.underway++
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        thread.worker.postMessage({ sha512: options.sha512, files } satisfies HashBatch)
      }
    }
    if (isLast && threads.every(({ underway }) => underway === 0)) ended.resolve()
  }
  const stop = async () => {
    await Promise.all(threads.map(({ worker }) => worker.terminate()))
  }
  return {
    wake,
    async finish() {
      isLast = true
      wake()
      try {
        await ended.promise
      } finally {
        await stop()
      }
    },
    stop,
  }
}

/** Beside this file, or beside the bundle that this file became part of. */
function workerLocation(): URL {
  return new URL(`./hash-worker${extname(import.meta.url)}`, import.meta.url)
}
