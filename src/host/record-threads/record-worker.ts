// A thread that verifies records; the build emits it as a file of its own beside the code that starts it.

import { parentPort, workerData } from 'node:worker_threads'
import { loadRecordJudge, type RecordFinding, type RecordQuestion } from './record-question.ts'

/** Files to verify, under a number that comes back with what they are. */
export interface RecordBatch {
  readonly number: number
  readonly files: readonly Uint8Array[]
}

/** What the files of a batch are, in its order. */
export interface FoundBatch {
  readonly number: number
  readonly findings: readonly RecordFinding[]
}

const judge = loadRecordJudge(workerData as RecordQuestion)

async function findAll({ number, files }: RecordBatch): Promise<void> {
  const find = await judge
  const found: FoundBatch = { number, findings: files.map(find) }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(found)
}

// What fails in here ends the thread, which whoever started it hears of.
parentPort?.on('message', (batch: RecordBatch) => void findAll(batch))
