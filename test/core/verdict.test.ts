import { describe, expect, it } from 'vitest'
import {
  type Check,
  combineOutcomes,
  failedChecks,
  groupChecks,
  type Outcome,
} from '../../src/core/index.ts'

const check = (name: string, outcome: Outcome): Check => ({ name, outcome, message: name })

describe('combineOutcomes()', () => {
  it('is missing when there is nothing to combine', () => {
    expect(combineOutcomes([])).toBe('missing')
  })

  it.each([
    ['accepted', ['accepted', 'accepted']],
    ['unverified', ['accepted', 'unverified']],
    ['stale', ['accepted', 'stale', 'unverified']],
    ['missing', ['stale', 'missing', 'accepted']],
    ['rejected', ['missing', 'rejected', 'stale']],
    ['error', ['rejected', 'accepted', 'error']],
  ] as const)('is %s for %j', (whole, parts) => {
    expect(combineOutcomes(parts.map((outcome) => ({ outcome })))).toBe(whole)
  })
})

describe('failedChecks()', () => {
  it('names the innermost reasons, in order', () => {
    const tree = groupChecks('all', 'All', [
      check('fine', 'accepted'),
      groupChecks('inner', 'Inner', [check('one', 'rejected'), check('two', 'missing')]),
      check('alone', 'stale'),
      groupChecks('empty', 'Nothing was looked at', []),
    ])
    expect(tree.outcome).toBe('rejected')
    expect(failedChecks(tree).map(({ name }) => name)).toEqual(['one', 'two', 'alone', 'empty'])
  })
})
