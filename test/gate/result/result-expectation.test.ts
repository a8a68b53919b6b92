// What whoever relies on a signed result expects of it.

import { describe, expect, it } from 'vitest'
import { COMMIT, NOW, RELEASE } from '../evidence.ts'
import { STAGING } from '../states.ts'
import { DIGEST, judge, published, resultOf, signed } from './results.ts'

const HELD = ['accepted']

describe('a signed result', () => {
  it('is held against the gate and the verdict that are expected', async () => {
    const bytes = await signed()
    expect(judge(bytes, [published()], { gate: STAGING })).toEqual(HELD)
    expect(judge(bytes, [published()], { gate: 'gate.other' })).toEqual([
      'rejected',
      'gate/result-gate',
    ])
    expect(judge(bytes, [published()], { verdict: 'blocked' })).toEqual([
      'rejected',
      'gate/result-verdict',
    ])
  })

  it('is held against the release, the set and the commit that are expected (A-50)', async () => {
    const bytes = await signed()
    const own = { release: RELEASE.id, set: DIGEST, commit: COMMIT }
    expect(judge(bytes, [published()], own)).toEqual(HELD)
    for (const other of [
      { release: 'staging__other__v1__1-1' },
      { set: 'ab'.repeat(32) },
      { commit: 'ef'.repeat(20) },
    ]) {
      const found = judge(bytes, [published()], { ...own, ...other })
      expect(found).toEqual(['rejected', 'gate/result-subject'])
    }
    const nothing = await signed({ subject: { against: [] } })
    const codes = judge(nothing, [published()], { verdict: 'missing', ...own })
    expect(codes).toEqual(['rejected', ...Array.from({ length: 3 }, () => 'gate/result-subject')])
    expect(judge(nothing, [published()], { verdict: 'missing' })).toEqual(HELD)
  })

  it('is held against the age that is expected, and never of a time to come (A-71)', async () => {
    const bytes = await signed()
    const hour = 3_600_000
    const after = (ms: number, ageMsMax?: number) =>
      judge(bytes, [published()], ageMsMax === undefined ? {} : { ageMsMax }, NOW + ms)
    expect(after(hour, hour)).toEqual(HELD)
    expect(after(hour + 1, hour)).toEqual(['stale', 'gate/result-stale'])
    expect(after(hour + 1)).toEqual(HELD)
    expect(after(1000, Number.MAX_SAFE_INTEGER)).toEqual(HELD)
    // Clocks differ by minutes.
    expect(after(-299_000)).toEqual(HELD)
    expect(after(-299_001)).toEqual(['rejected', 'gate/result-time'])
    const future = await signed({ at: NOW + 1001 })
    expect(judge(future, [published()], {}, NOW + hour)).toEqual(['rejected', 'gate/result-time'])
    expect(judge(await signed({ at: NOW + 1000 }))).toEqual(HELD)
  })

  it('says that it counts one run alone, or no exception', async () => {
    const run = await signed({ isRun: true, isStrict: true })
    expect(resultOf({ isRun: true, isStrict: true }).preimage).toMatchObject({
      scope: 'run',
      strict: true,
    })
    expect(judge(run, [published()], { isRun: true })).toEqual(HELD)
    expect(judge(run)).toEqual(['rejected', 'gate/result-scope'])
    expect(judge(await signed(), [published()], { isRun: true })).toEqual(HELD)
  })

  it('names the exceptions that it rests on, and no others (rulings 9 and 37)', async () => {
    const waived = {
      check: `${STAGING}#ci-validation`,
      expires: '2026-05-01T00:00:00Z',
      sha256: DIGEST,
    }
    const used = { ...waived, owner: 'ada', reason: 'x', outcome: 'unverified' } as const
    const excepted = { decision: 'go-by-exception', exceptions: [used] } as const
    const made = { decision: excepted } as const
    expect(resultOf(made).payload).toMatchObject({ verdict: 'continue', exceptions: [waived] })
    const bytes = await signed(made)
    expect(judge(bytes)).toEqual(HELD)
    expect(judge(bytes, [published()], { isStrict: true })).toEqual([
      'rejected',
      'gate/result-exception',
    ])
    expect(judge(await signed(), [published()], { isStrict: true })).toEqual(HELD)
    // What was let through until an instant is not let through after it, however fresh the result is.
    const end = Date.parse(waived.expires)
    expect(judge(bytes, [published()], {}, end)).toEqual(HELD)
    expect(judge(bytes, [published()], {}, end + 1)).toEqual(['stale', 'gate/result-exception'])
    const never = { ...used, expires: '2026-02-30T00:00:00Z' }
    const undated = await signed({ decision: { ...excepted, exceptions: [used, never] } })
    expect(judge(undated)).toEqual(['stale', 'gate/result-exception'])
    expect(resultOf({ ...made, ledger: 'missing' }).payload).not.toHaveProperty('exceptions')
    const held = { decision: { decision: 'no-go', exceptions: [used] } } as const
    expect(resultOf(held).payload).not.toHaveProperty('exceptions')
  })
})
