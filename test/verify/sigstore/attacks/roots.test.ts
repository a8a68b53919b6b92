// Trusted roots whose windows are missing or say nothing; every other rule for roots is tried in test/trust/sigstore.

import { describe, expect, it } from 'vitest'
import { parseRoot, problemsOf, START, withLogKey } from '../../../trust/sigstore/roots.ts'

const PLACE = '/tlogs/0/publicKey'

describe('the window of a log in a trusted root', () => {
  it.each([
    ['none (A-27)', undefined, `trust/root-validity ${PLACE}`],
    ['no start (SJ-12)', { end: START }, `trust/root-validity ${PLACE}/validFor`],
    ['no start, and no end', {}, `trust/root-validity ${PLACE}/validFor`],
    [
      'an end before its start (A-27)',
      { start: START, end: '2025-12-31T23:59:59Z' },
      `trust/root-validity ${PLACE}/validFor`,
    ],
  ])('is refused with %s', (_, validFor, problem) => {
    expect(problemsOf(parseRoot(withLogKey({ validFor })))).toEqual([problem])
  })

  it.each([
    ['a start', { start: START }],
    ['one instant, for both ends belong to it', { start: START, end: START }],
  ])('is read with %s', (_, validFor) => {
    expect(problemsOf(parseRoot(withLogKey({ validFor })))).toBe('accepted')
  })
})
