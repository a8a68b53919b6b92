// Each effect of `assay gate` fails in turn, those of its ledger too: it ends with 3, decides nothing, and leaves no half of a file.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../../../src/cli/run-cli.ts'
import { AssayError } from '../../../src/core/index.ts'
import type { Host } from '../../../src/host/index.ts'
import { createTestHost } from '../../host/test-host.ts'
import { type LedgerWorld, openGateWorld, STAGING, UNDER } from './gate-world.ts'

let world: LedgerWorld
beforeAll(async () => {
  world = await openGateWorld()
}, 120_000)

/** The clock, the environment and styles do not fail. */
const QUIET = ['now', 'readEnvironment', 'style']

/** The host, whose Nth call throws as a full disk would: what is done with its ledger and its verifier counts as well. */
function failNth(
  host: Host,
  failing: number,
): { readonly host: Host; readonly calls: () => number } {
  let calls = 0
  const counting = <T extends object>(whole: T): T => {
    const entries = Object.entries(whole).map(([name, member]: [string, unknown]) => {
      if (typeof member !== 'function' || QUIET.includes(name)) return [name, member]
      const counted = (...args: unknown[]): unknown => {
        calls++
        if (calls !== failing) return Reflect.apply(member, whole, args)
        throw new AssayError('host/input-output', `Call ${calls} (${name}) failed`)
      }
      return [name, counted]
    })
    return Object.fromEntries(entries) as T
  }
  const inner = counting(host)
  const openLedger: Host['openLedger'] = async (folder) => counting(await inner.openLedger(folder))
  return { host: { ...inner, openLedger }, calls: () => calls }
}

describe('when an effect fails', () => {
  it.each(['--out told.txt', '--format github', '--dry-run'])(
    'gate %s ends with 3',
    async (rest) => {
      const environment = { GITHUB_STEP_SUMMARY: 'told.txt' }
      const path = join(world.folder, 'told.txt')
      const run = async (failing: number) => {
        const { host } = createTestHost(world.folder, { environment })
        const counted = failNth(host, failing)
        const exitCode = await runCli(
          ['gate', STAGING, ...`${UNDER} ${rest}`.split(' ')],
          counted.host,
        )
        return { exitCode, calls: counted.calls() }
      }
      writeFileSync(path, '')
      const whole = await run(0)
      expect(whole).toMatchObject({ exitCode: 0 })
      const written = readFileSync(path, 'utf8')
      for (let failing = 1; failing <= whole.calls; failing++) {
        writeFileSync(path, '')
        expect([failing, (await run(failing)).exitCode]).toEqual([failing, 3])
        expect(['', written]).toContain(readFileSync(path, 'utf8'))
      }
    },
    120_000,
  )
})
