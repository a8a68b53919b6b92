// Threads that verify records, each with the trust document of its own.

import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AssayError } from '../../core/index.ts'
import type { RecordFinding, RecordQuestion } from './record-question.ts'
import type { RecordVerifier } from './record-verifier.ts'
import type { FoundBatch, RecordBatch } from './record-worker.ts'

/** What a record leaves behind is garbage soon; a small young generation keeps the memory of a thread flat. In MiB. */
const YOUNG_GENERATION_MAX = 4

interface Waiting {
  readonly resolve: (findings: readonly RecordFinding[]) => void
  readonly reject: (cause: unknown) => void
}

/** Starts the threads. */
export function startRecordThreads(count: number, question: RecordQuestion): RecordVerifier {
  const waiting = new Map<number, Waiting>()
  let failure: AssayError | undefined
  let isClosed = false
  const fail = (cause: unknown) => {
    if (isClosed) return
    const message = 'Cannot verify the records: a thread ended before its work was done'
    failure ??= new AssayError('host/thread', message, { cause })
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  }
  const threads = Array.from({ length: count }, () => {
    const worker = new Worker(workerLocation(), {
      workerData: question,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MAX },
    })
    const thread = { worker, underway: 0 }
    worker.on('error', fail)
    worker.on('exit', fail)
    worker.on('message', ({ number, findings }: FoundBatch) => {
      thread.underway -= findings.length
      waiting.get(number)?.resolve(findings)
      waiting.delete(number)
    })
    return thread
  })
  let number = 0
  return {
    async verify(files) {
      if (failure !== undefined) throw failure
      if (files.length === 0) return []
      const thread = threads.reduce((a, b) => (b.underway < a.underway ? b : a))
      number += 1
      const batch: RecordBatch = { number, files }
      const { promise, ...found } = Promise.withResolvers<readonly RecordFinding[]>()
      waiting.set(number, found)
      thread.underway += files.length
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.worker.postMessage(batch)
      return promise
    },
    async close() {
      isClosed = true
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}

/** Beside this file, or beside the bundle that this file became part of. */
function workerLocation(): URL {
  return new URL(`./record-worker${extname(import.meta.url)}`, import.meta.url)
}
