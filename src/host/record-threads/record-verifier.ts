// Verifies the records of a ledger: a few on this thread, many on as many threads as there are processors.

import { availableParallelism } from 'node:os'
import { loadRecordJudge, type RecordFinding, type RecordQuestion } from './record-question.ts'
import { startRecordThreads } from './record-threads.ts'

/** Below so many records, starting threads takes longer than they save. */
const THREADS_FROM_RECORDS = 400
const THREADS_MAX = 8

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
    return startRecordThreads(threadsMax, question)
  }
  const judge = await loadRecordJudge(question)
  return { verify: async (files) => files.map(judge), close: async () => {} }
}
