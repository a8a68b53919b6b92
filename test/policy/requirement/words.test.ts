import { describe, expect, it } from 'vitest'
import { describeRequirement, requirementsOf } from '../../../src/policy/index.ts'
import { draft, POLICY, registryOf } from './documents.ts'

function wordsOf(members: object): readonly string[] {
  const policy = registryOf(draft(members)).policies.get(POLICY)
  const [first] = policy === undefined ? [] : requirementsOf(policy)
  if (first === undefined) throw new Error('There is a requirement')
  return describeRequirement(first.requirement)
}

const select = { family: 'smoke' }
const part = draft({ select }, 'two')

describe('the words of a requirement', () => {
  it.each([
    [{ select }, ['one accepted: smoke about the set']],
    [
      { select, least: 2, external: true },
      [
        '2 accepted: smoke about the set',
        'the project can not make it itself: without any, unverified',
      ],
    ],
    [{ all: [part] }, ['all of these:']],
    [{ any: [part] }, ['at least one of these:']],
    [{ quorum: { least: 1, of: [part] } }, ['at least 1 of these 1:']],
    [{ none: [draft({ select: { family: 'incident' } }, 'two')] }, ['none of these:']],
    [{ policies: [POLICY] }, ['these policies are there and in date: policy.mine']],
  ])('%j', (members, words) => expect(wordsOf(members)).toEqual(words))

  it.each([
    [{ at: '/a', equals: 'x' }, '"/a" is "x"'],
    [{ at: '/a', oneOf: [1, true, 'x'] }, '"/a" is one of 1, true, "x"'],
    [{ at: '/a', present: true }, '"/a" is there'],
    [{ at: '/a', absent: true }, '"/a" is not there'],
    [{ at: '/a', matches: 'v*' }, '"/a" is like "v*"'],
    [{ at: '/a', includes: 'x' }, '"/a" has "x"'],
    [{ at: '/a', includes: { b: 'x', c: { d: 1 } } }, '"/a" has {"b": "x", "c": {"d": 1}}'],
    [{ at: '/a', atLeast: 1 }, '"/a" is at least 1'],
    [{ at: '/a', atMost: 2 }, '"/a" is at most 2'],
    [{ at: '/a', before: '2026-04-10T12:00:00Z' }, '"/a" is before 2026-04-10T12:00:00Z'],
    [{ at: '/a', after: { now: '-30d' } }, '"/a" is after now -30d'],
    [{ at: '/a', after: { at: '/b' } }, '"/a" is after "/b"'],
    [{ cel: '1 < 2' }, 'true: "1 < 2"'],
  ])('of the condition %j', (condition, words) => {
    expect(wordsOf({ select, holds: [condition] })[1]).toBe(words)
  })
})
