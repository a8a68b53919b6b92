import { describe, expect, it } from 'vitest'
import type { ValidityPeriod } from '../../../../src/trust/index.ts'
import { checkLogTime, checkUndatedLog } from '../../../../src/verify/sigstore/log/trusted-log.ts'
import type { VouchedTime } from '../../../../src/verify/verified.ts'
import { createTestLog, rootWith } from '../test-log.ts'

const LOG = createTestLog().log
const within = (validFor: ValidityPeriod) => {
  const log = { ...LOG, validFor }
  return { log, root: rootWith(log) }
}
const [early, late] = [within({ start: 1_000, end: 2_000 }), within({ start: 2_000, end: 4_000 })]

const byClock = (...times: readonly number[]) =>
  times.map((at): VouchedTime => ({ at, by: 'timestamp', name: 'https://tsa.example' }))

describe('checkLogTime()', () => {
  it('leaves the logs whose window holds every time, ends included', () => {
    expect(checkLogTime([early, late], byClock(1_000, 2_000)).logs).toEqual([early])
    expect(checkLogTime([early, late], byClock(2_000)).logs).toEqual([early, late])
    expect(checkLogTime([early, late], byClock(2_001, 4_000)).logs).toEqual([late])
    expect(checkLogTime([early, late], byClock(2_000)).check).toMatchObject({ outcome: 'accepted' })
  })

  it('refuses times of which one window holds one, and another the other', () => {
    const { check, logs } = checkLogTime([early, late], byClock(1_999, 2_001))
    expect(check).toMatchObject({
      outcome: 'rejected',
      code: 'verify/log-time',
      expected:
        'from 1970-01-01T00:00:01Z, until 1970-01-01T00:00:02Z or from 1970-01-01T00:00:02Z, until 1970-01-01T00:00:04Z',
      found:
        '1970-01-01T00:00:01.999Z by the timestamp authority "https://tsa.example", 1970-01-01T00:00:02.001Z by the timestamp authority "https://tsa.example"',
    })
    expect(logs).toEqual([])
  })

  it('knows a window without an end', () => {
    const open = within({ start: 1_000 })
    expect(checkLogTime([open], byClock(1_000, 8e12)).logs).toEqual([open])
    expect(checkLogTime([open], byClock(999)).check).toMatchObject({
      code: 'verify/log-time',
      expected: 'from 1970-01-01T00:00:01Z',
    })
  })
})

describe('checkUndatedLog()', () => {
  const open = within({ start: 3_000 })

  it('leaves the logs that are trusted without end, by no clock', () => {
    const { check, logs } = checkUndatedLog([early, open, late], undefined)
    expect(logs).toEqual([open])
    expect(check.message).toBe(
      'Nobody vouches for the time of the log entry, and its log is trusted all the same',
    )
  })

  it('leaves the logs that were trusted at the time that is asked about, ends included', () => {
    const at = (asOf: number) => checkUndatedLog([early, open, late], asOf).logs
    expect([at(2_000), at(2_999), at(3_000), at(4_001), at(999)]).toEqual([
      [early, late],
      [late],
      [open, late],
      [open],
      [],
    ])
  })

  it('sets an entry of another log aside, and refuses nothing for it', () => {
    const { check, logs } = checkUndatedLog([early], undefined)
    expect(logs).toEqual([])
    expect(check).toMatchObject({
      outcome: 'accepted',
      message: 'Nobody vouches for the time of the log entry, and it does not count',
      expected: 'a log that is trusted without end',
    })
  })
})
