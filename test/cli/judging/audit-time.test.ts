// A ledger that is judged as of another time: by the newest head of then, by times that others vouch for, or not at all.

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { fileOf, statementOf } from '../../record/signed.ts'
import { appendAll, ledgerOf, openAuditWorld, releaseOf, UNDER } from '../audit-world.ts'
import { type LedgerWorld, NOW, signLedger } from '../ledger-world.ts'

const RELEASE = releaseOf()
const OLDER = releaseOf('v1.1.0')

let world: LedgerWorld
beforeAll(async () => {
  world = openAuditWorld()
  await ledgerOf(world, 'ledger', [...OLDER.generated, ...RELEASE.generated])
  copyFileSync(join(world.folder, 'ledger/checkpoint'), join(world.folder, 'kept'))
}, 60_000)

interface Judgement {
  readonly releases: readonly { readonly outcome: string }[]
}

let made = 0
async function copyWith(files: readonly Uint8Array[]): Promise<string> {
  made += 1
  const name = `copy-${made}`
  world.copy('ledger', name)
  await appendAll(world, name, files)
  return name
}

const releaseTests =
  ({ record }: typeof RELEASE) =>
  (result: 'PASSED' | 'FAILED', reportedAt = '2026-04-10T12:30:00Z') =>
    record(
      'test-result',
      {
        result,
        configuration: [{ digest: { sha256: '0'.repeat(64) } }],
        [result === 'PASSED' ? 'passedTests' : 'failedTests']: ['unit'],
      },
      { reportedAt },
    )

describe('assay audit as of another time', () => {
  const HOUR = 3_600_000
  const LATER = NOW + 6 * HOUR
  const WITHDRAWN = { action: 'withdraw', reason: 'Late', urgency: 'soon' }
  const withdrawal = RELEASE.record('withdrawal', WITHDRAWN, { reportedAt: '2026-04-10T13:59:59Z' })
  const dated = RELEASE.record('withdrawal', WITHDRAWN, { reportedAt: '2026-04-10T12:30:00Z' })
  const next = releaseOf('v1.3.0')
  const at = (time: string, rest = '--head kept') =>
    `--log-key log.vkey --run --at 2026-04-10T${time}Z ${rest}`.trimEnd()
  const ask = async (ledger: string, rest: string, now = LATER) =>
    world.judge(`audit ${ledger} ${UNDER} ${rest}`, now)

  /** A ledger with more at its end, signed two hours after the head that was kept. */
  async function signedWith(...files: readonly Uint8Array[]): Promise<string> {
    const ledger = await copyWith(files)
    await signLedger(world, ledger, NOW + 2 * HOUR)
    return ledger
  }

  it('needs a head from then for records whose time nobody vouches for (ruling 34)', async () => {
    const ledger = await signedWith(withdrawal)
    const blind = await ask(ledger, at('13:00:00', ''))
    expect([blind.exitCode, blind.codes]).toEqual([2, ['cli/audit-time', 'record/nothing-counts']])
    expect(blind.text).not.toContain('0 records verified')
    const { releases } = JSON.parse(blind.text) as Judgement
    expect(releases.map(({ outcome }) => outcome)).toEqual(['missing', 'missing'])
    const judged = await ask(ledger, at('13:00:00'))
    expect([judged.exitCode, judged.codes]).toEqual([0, []])
    const early = await ask(ledger, at('11:00:00'))
    expect(early.codes).toContain('cli/audit-time')
    expect(early.exitCode).toBe(2)
  })

  it('asks the newest head of then, whichever older one was given', async () => {
    const ledger = await signedWith(withdrawal)
    const now = await ask(ledger, '--log-key log.vkey --run')
    expect(now.exitCode).toBe(1)
    for (const time of ['14:00:00', '15:00:00', '17:57:00', '18:00:00', '18:04:00']) {
      const judged = await ask(ledger, at(time))
      expect([time, judged.exitCode, judged.codes]).toEqual([time, 1, now.codes])
    }
    const before = await ask(ledger, at('13:59:58'))
    expect([before.exitCode, before.codes]).toEqual([0, []])
  })

  it('hears what speaks against a release by its own date, whenever a head covered it (0015)', async () => {
    const tests = releaseTests(RELEASE)
    for (const file of [dated, tests('FAILED')]) {
      const unsigned = await ask(await copyWith([file]), at('13:00:00'))
      const signed = await ask(await signedWith(file), at('13:00:00'))
      expect([signed.exitCode, signed.codes]).toEqual([2, unsigned.codes])
      expect(signed.codes).toContain('cli/audit-time')
      const early = await ask(await signedWith(file), at('12:29:59'))
      expect([early.exitCode, early.codes]).toEqual([0, []])
    }
    // What supports it was not there for sure, and does not make up for what speaks against it.
    const good = await ask(await signedWith(tests('PASSED')), at('13:00:00'))
    expect([good.exitCode, good.codes]).toEqual([0, []])
    const both = await signedWith(tests('FAILED'), tests('PASSED', '2026-04-10T12:40:00Z'))
    expect((await ask(both, at('13:00:00'))).codes).toContain('cli/audit-time')
  })

  it('hears now what no head covers yet, and can not place it in the past', async () => {
    const ledger = await copyWith([withdrawal])
    expect(await ask(ledger, at('18:00:00'))).toMatchObject({ exitCode: 1 })
    const past = await ask(ledger, at('13:00:00'))
    expect(past.exitCode).toBe(2)
    expect(past.codes).toContain('cli/audit-time')
    const harmless = await copyWith(next.generated)
    const judged = await ask(harmless, at('18:00:00'))
    expect([judged.exitCode, judged.codes]).toEqual([0, []])
    expect(await ask(harmless, at('13:00:00'))).toMatchObject({
      exitCode: 2,
      codes: ['cli/audit-time'],
    })
  })

  it('knows of no release, and of no refused record, that came later', async () => {
    const stranger = fileOf(
      statementOf(
        'withdrawal',
        { action: 'withdraw', reason: 'no', urgency: 'soon' },
        {
          about: { kind: 'set', id: RELEASE.id, digest: RELEASE.set },
          header: { release: RELEASE.reference },
        },
      ),
      'other',
    )
    const ledger = await signedWith(...next.generated, stranger)
    const then = await ask(ledger, at('13:00:00'))
    expect([then.exitCode, then.codes]).toEqual([0, []])
    const { releases } = JSON.parse(then.text) as Judgement
    expect(releases).toHaveLength(2)
    const after = await ask(ledger, at('14:00:00'))
    expect(after.exitCode).toBe(1)
    expect((JSON.parse(after.text) as Judgement).releases).toHaveLength(3)
  })

  it('takes the whole ledger for a time that is still to come', async () => {
    const ledger = await signedWith(...next.generated)
    const { releases } = JSON.parse((await ask(ledger, at('14:00:00'))).text) as Judgement
    const later = JSON.parse((await ask(ledger, at('23:00:00'))).text) as Judgement
    expect(later.releases).toHaveLength(releases.length)
    const told = async (time: string) => (await ask(ledger, at(time))).text
    expect(await told('23:00:00')).toContain('23:00:00Z, which is still to come: all')
    expect(await told('18:04:00')).toContain('18:04:00Z, which is now: all')
  })

  it('can not say how old a head was that was signed later', async () => {
    const ledger = await signedWith(...next.generated)
    const young = '--head kept --max-age 1h'
    expect(await ask(ledger, at('14:30:00', young))).toMatchObject({ exitCode: 0, codes: [] })
    expect(await ask(ledger, at('13:00:00', young))).toMatchObject({
      exitCode: 2,
      codes: ['ledger/head-time-later'],
    })
    expect(await ask(ledger, at('18:00:00', young))).toMatchObject({
      exitCode: 1,
      codes: ['ledger/head-stale'],
    })
  })
})
