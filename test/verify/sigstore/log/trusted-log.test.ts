import { describe, expect, it } from 'vitest'
import type { ValidityPeriod } from '../../../../src/trust/index.ts'
import { checkLogTime } from '../../../../src/verify/sigstore/log/trusted-log.ts'
import { createTestLog, rootWith } from '../test-log.ts'

const LOG = createTestLog().log
const within = (validFor: ValidityPeriod) => {
  const log = { ...LOG, validFor }
  return { log, root: rootWith(log) }
}
const [early, late] = [within({ start: 1_000, end: 2_000 }), within({ start: 2_000, end: 4_000 })]

describe('checkLogTime()', () => {
  it('leaves the logs whose window holds every time, ends included', () => {
    expect(checkLogTime([early, late], [1_000, 2_000]).logs).toEqual([early])
    expect(checkLogTime([early, late], [2_000]).logs).toEqual([early, late])
    expect(checkLogTime([early, late], [2_001, 4_000]).logs).toEqual([late])
    expect(checkLogTime([early, late], [2_000]).check).toMatchObject({ outcome: 'accepted' })
  })

  it('refuses times of which one window holds one, and another the other', () => {
    const { check, logs } = checkLogTime([early, late], [1_999, 2_001])
    expect(check).toMatchObject({
      outcome: 'rejected',
      code: 'verify/log-time',
      expected:
        'from 1970-01-01T00:00:01Z, until 1970-01-01T00:00:02Z or from 1970-01-01T00:00:02Z, until 1970-01-01T00:00:04Z',
      found: '1970-01-01T00:00:01.999Z, 1970-01-01T00:00:02.001Z',
    })
    expect(logs).toEqual([])
  })

  it('knows a window without an end', () => {
    const open = within({ start: 1_000 })
    expect(checkLogTime([open], [1_000, 8e12]).logs).toEqual([open])
    expect(checkLogTime([open], [999]).check).toMatchObject({
      code: 'verify/log-time',
      expected: 'from 1970-01-01T00:00:01Z',
    })
  })
})
