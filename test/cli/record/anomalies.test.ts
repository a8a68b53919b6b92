// Each effect of a record command fails in turn, those of its ledger too: whatever fails, there is the whole record or none.

import { beforeAll, describe, expect, it } from 'vitest'
import { AssayError } from '../../../src/core/index.ts'
import type { Host, LedgerStore } from '../../../src/host/index.ts'
import { createRecordWorld, FIRST, type RecordWorld, SIGNED } from './record-world.ts'

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
  world.write('ok.tap', 'TAP version 14\n1..1\nok 1 - builds\n')
  world.write('snapshot.json', '{}')
})

interface Counted {
  readonly host: Host
  readonly calls: () => number
}

/** The clock, the environment and styles do not fail. */
const QUIET = ['now', 'readEnvironment', 'style']

/** The host, whose Nth call throws as a full disk would: what is done with its ledgers counts as well. */
function failNth(host: Host, failing: number): Counted {
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
  const openLedger = async (folder: string): Promise<LedgerStore> =>
    counting(await inner.openLedger(folder))
  return { host: { ...inner, openLedger }, calls: () => calls }
}

describe('when an effect fails', () => {
  const known = SIGNED.slice(2)
  it.each([
    [
      'approval',
      ['--scope', 'rollout', '--decision', 'approve', '--reason', 'green', '--expires', '1d'],
      SIGNED,
    ],
    ['test-result', ['--from', 'ok.tap', '--digest-of', 'configuration=ok.tap'], SIGNED],
    ['deployment', ['--observe', 'dist', '--environment', 'staging'], SIGNED],
    ['authority', ['--approval-reference', 'run 1'], [...known, '--dry-run']],
    ['authority', ['--approval-reference', 'run 1'], [...SIGNED.slice(0, 4), '--out', 'new.json']],
  ])('%s ends with 3, and the record is there whole or not at all', async (name, own, place) => {
    const isDeployed = name === 'deployment'
    const about = isDeployed ? FIRST.with(3, 'post-deploy-smoke-verified') : FIRST
    const args = ['record', name, ...about, ...own, ...place]
    const counted: Counted[] = []
    const whole = await world.run(args, {}, (host) => {
      counted.push(failNth(host, 0))
      return counted[0]?.host ?? host
    })
    const calls = counted[0]?.calls() ?? 0
    // Recorded, whatever it comes to.
    expect([whole.exitCode <= 1, calls > 0]).toEqual([true, true])
    let kept = 0
    for (let failing = 1; failing <= calls; failing++) {
      const before = world.ledger()
      const { exitCode } = await world.run(args, {}, (host) => failNth(host, failing).host)
      expect([failing, exitCode]).toEqual([failing, 3])
      const after = world.ledger()
      if (after.size === before.size) expect(after).toEqual(before)
      else kept++
    }
    // Once it is kept, only telling of it can fail.
    expect(kept).toBeLessThanOrEqual(2)
    const verified = await world.run(['ledger', 'verify', '--unsafe-unsigned'])
    expect(verified.exitCode).toBe(0)
  })
})
