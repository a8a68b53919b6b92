// A thread that evaluates expressions; the build emits it as a file of its own beside the code that starts it.

import { parentPort } from 'node:worker_threads'
import type { ExpressionAnswer, ExpressionQuestion } from '../../policy/index.ts'
import { createCel } from './cel.ts'

/** What the thread says: that it can be asked, and then one answer for each question. */
export type WorkerWord = 'ready' | ExpressionAnswer

const answer = createCel()

function say(word: WorkerWord): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(word)
}

parentPort?.on('message', (question: ExpressionQuestion) => say(answer(question)))
say('ready')
