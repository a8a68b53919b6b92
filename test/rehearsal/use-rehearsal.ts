// A rehearsal for the tests of one file. Where the programs are not built, its tests are left out and counted aloud.

import { afterAll, beforeAll, beforeEach, vi } from 'vitest'
import { missingPrograms } from './programs/catalog.ts'
import { type Rehearsal, startRehearsal } from './rehearsal.ts'

/** Programs start and a log takes its time. */
const TIMEOUT_MS = 120_000

/**
 * To be called at the top of a test file.
 *
 * @returns gives the running rehearsal, inside of a test
 */
export function useRehearsal(): () => Rehearsal {
  vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS })
  const missing = missingPrograms()
  let rehearsal: Rehearsal | undefined
  let leftOut = 0
  let keepLogs = false

  beforeAll(async () => {
    if (missing.length === 0) rehearsal = await startRehearsal()
  })
  beforeEach((context) => {
    context.onTestFailed(() => {
      keepLogs = true
    })
    if (missing.length > 0) {
      leftOut += 1
      context.skip('programs are not built')
    }
  })
  afterAll(async () => {
    if (leftOut > 0) {
      process.stderr.write(
        `\nNOT RUN: ${leftOut} tests that need ${missing.join(', ')}: npm run rehearse -- build\n`,
      )
    }
    const logs = await rehearsal?.stop({ keepLogs })
    if (logs !== undefined) process.stderr.write(`\nlogs of the rehearsal: ${logs}\n`)
  })

  return () => {
    if (rehearsal === undefined) throw new Error('Expected a test to ask for the rehearsal')
    return rehearsal
  }
}
