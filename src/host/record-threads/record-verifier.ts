// Verifies the records of a ledger: a few on this thread, many on as many threads as there are processors.

import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { loadRecordJudge, type RecordFinding, type RecordQuestion } from './record-question.ts'
import { type RecordThreads, startRecordThreads } from './record-threads.ts'

/** Below so many records, starting threads takes longer than they save. */
const THREADS_FROM_RECORDS = 400
const THREADS_MAX = 8
/**
 * A heap is collected when it has grown by this much, in percent. V8 would wait longest where nearly everything is garbage, and hold
 * twice the memory of all that is kept.
 */
const HEAP_GROWTH = 30

/** Holds threads: it is closed by whoever opened it. */
export interface RecordVerifier {
  /** What each file is, in the order of the files. */
  verify(files: readonly Uint8Array[]): Promise<readonly RecordFinding[]>
  close(): Promise<void>
}

/** @param count how many records there are to verify, about */
export async function openRecordVerifier(
  question: RecordQuestion,
  count: number,
): Promise<RecordVerifier> {
  const threadsMax = Math.min(THREADS_MAX, availableParallelism())
  if (count >= THREADS_FROM_RECORDS && threadsMax > 1) {
    setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`)
    const threads: RecordThreads = startRecordThreads(threadsMax, question)
    return threads
  }
  const judge = await loadRecordJudge(question)
  return { verify: async (files) => files.map(judge), close: async () => {} }
}
