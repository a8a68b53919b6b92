// What a person sees while a server takes its time: whom the program waits for, and how long by now.

import type { Progress } from '../progress.ts'

/** Progress itself decides what of it is shown, and when. */
const TICK_MS = 250

/**
 * Waits for the work, which says nothing by itself, and reports the seconds.
 *
 * @param elapsedMs milliseconds that only grow
 */
export async function showWaiting<T>(
  progress: Progress,
  work: () => Promise<T>,
  elapsedMs: () => number = () => performance.now(),
): Promise<T> {
  const begun = elapsedMs()
  const tick = setInterval(() => {
    progress.report(`${Math.floor((elapsedMs() - begun) / 1_000)} s`)
  }, TICK_MS)
  try {
    return await work()
  } finally {
    clearInterval(tick)
    progress.end()
  }
}
