// Time that passes only in pauses, which nobody waits for: what is tried again is tried at once, however busy the machine is.

import type { RequestWorld } from '../../../src/host/network/request.ts'

/** Chance falls on the longest pauses unless a test says otherwise. */
export function createTimelessWorld(
  random = 0.999,
): RequestWorld & { readonly pauses: readonly number[] } {
  const pauses: number[] = []
  const elapsed = () => pauses.reduce((sum, pause) => sum + pause, 0)
  return {
    pauses,
    elapsedMs: elapsed,
    now: () => Date.UTC(2026, 0, 1) + elapsed(),
    sleep: (ms) => Promise.resolve(void pauses.push(Math.round(ms))),
    random: () => random,
  }
}
