// Expressions, evaluated in a thread of their own, which is ended when one takes too long or too much: nothing but `true` lets a condition
// hold, so whatever happens to the thread is a reason against it.

import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AssayError, LIMITS } from '../../core/index.ts'
import type { ExpressionAnswer, ExpressionQuestion } from '../../policy/index.ts'
import { isTooLarge } from './bounds.ts'
import type { WorkerWord } from './expression-worker.ts'

/** In MiB. */
const MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 }

const TOO_LARGE: ExpressionAnswer = {
  fault: 'bounds',
  message: `The document has more than ${LIMITS.expressionElementsMax} values`,
}
const TOO_LATE: ExpressionAnswer = {
  fault: 'limit',
  message: `It took longer than ${LIMITS.expressionMsMax} ms`,
}
const TOO_MUCH: ExpressionAnswer = { fault: 'limit', message: 'It took more memory than there is' }

/**
 * Answers questions, one after the other, each within its time.
 *
 * @returns one answer for each, in their order; an expression that once exceeded a limit is not evaluated again
 */
export async function evaluateExpressions(
  questions: readonly ExpressionQuestion[],
): Promise<readonly ExpressionAnswer[]> {
  const answers: ExpressionAnswer[] = []
  const exceeded = new Map<string, ExpressionAnswer>()
  let worker: Worker | undefined
  try {
    for (const question of questions) {
      const known = exceeded.get(question.expression)
      const refusal = known ?? (isTooLarge(question.document) ? TOO_LARGE : undefined)
      if (refusal !== undefined) {
        answers.push(refusal)
        continue
      }
      worker ??= await startWorker()
      const answer = await ask(worker, question)
      answers.push(answer)
      if (!isLimit(answer)) continue
      exceeded.set(question.expression, answer)
      abandon(worker)
      worker = undefined
    }
  } finally {
    await worker?.terminate()
  }
  return answers
}

function isLimit(answer: ExpressionAnswer): boolean {
  return 'fault' in answer && answer.fault === 'limit'
}

/** Nobody waits for a thread that is out of time or memory: how long it takes to end is no answer's time, and no way to hold the program up. */
function abandon(worker: Worker): void {
  worker.unref()
  void worker.terminate()
}

/** What the thread takes to start is no expression's time. */
async function startWorker(): Promise<Worker> {
  const worker = new Worker(workerLocation(), { resourceLimits: MEMORY })
  // Whoever waits for a word hears of it, too; after that, what the thread ends with changes nothing.
  worker.on('error', () => {})
  try {
    await once(worker, 'message')
  } catch (cause) {
    const message = 'Cannot evaluate the expressions of the policies: their thread does not start'
    throw new AssayError('host/thread', message, { cause })
  }
  return worker
}

async function ask(worker: Worker, question: ExpressionQuestion): Promise<ExpressionAnswer> {
  const deadline = AbortSignal.timeout(LIMITS.expressionMsMax)
  const answered = once(worker, 'message', { signal: deadline })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(question)
  try {
    const [word] = (await answered) as [Exclude<WorkerWord, 'ready'>]
    return word
  } catch {
    // Either its time is over, or the thread ended for lack of memory: nothing else ends it.
    return deadline.aborted ? TOO_LATE : TOO_MUCH
  }
}

/** Beside this file, or beside the bundle that this file became part of. */
function workerLocation(): URL {
  return new URL(`./expression-worker${extname(import.meta.url)}`, import.meta.url)
}
