import { describe, expect, it } from 'vitest'
import { lintPolicies } from '../../../src/policy/index.ts'
import { draft, POLICY } from '../requirement/documents.ts'
import { registryOf } from './registry.ts'

const smoke = { family: 'smoke' }

/** What lint says of one requirement, each as its code and message. */
function lint(members: object): readonly string[] {
  return lintPolicies(registryOf(draft(members))).map(({ code, message }) => `${code} ${message}`)
}

const neverHolds = (reason: string) =>
  `policy/never-holds policy.mine: The requirement can never hold: ${reason}`
const contradict = (pointer: string) =>
  neverHolds(`its conditions on "${pointer}" contradict each other or what it selects`)

describe('lint of conditions', () => {
  it.each<readonly [string, object, readonly string[], object]>([
    [
      'a text that is a number',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', matches: 'x*' },
          { at: '/predicate/a', atMost: 1 },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', matches: 'x*' },
          { at: '/predicate/a', matches: '*x' },
        ],
      },
    ],
    [
      'a member that no evidence has',
      { select: smoke, holds: [{ at: '/predicte/result', absent: true }] },
      ['policy/place-unknown policy.mine: No evidence has a member "/predicte/result"'],
      { select: smoke, holds: [{ at: '/predicate/reslt', absent: true }] },
    ],
    [
      'a part that no signer has',
      { select: smoke, holds: [{ at: '/signer/role', equals: 'x' }] },
      ['policy/place-unknown policy.mine: No evidence has a member "/signer/role"'],
      {
        select: smoke,
        holds: [
          { at: '/signer/roles/0', equals: 'x' },
          { at: '/signer', present: true },
        ],
      },
    ],
    [
      'ids that are not there',
      { select: smoke, holds: [{ at: '/evidence', oneOf: ['evidence.x', POLICY] }] },
      ['policy/reference-dangling policy.mine: A condition names "evidence.x", which is not there'],
      {
        select: smoke,
        holds: [
          { at: '/policy', equals: POLICY },
          { at: '/evidence', present: true },
        ],
      },
    ],
    [
      'two values at one place',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', equals: 1 },
          { at: '/predicate/a', equals: 2 },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', oneOf: [1, 2] },
          { at: '/predicate/a', equals: 2 },
        ],
      },
    ],
    [
      'a value that a glob refuses',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', equals: 'x' },
          { at: '/predicate/a', matches: 'y*' },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', equals: 'y' },
          { at: '/predicate/a', matches: 'y*' },
        ],
      },
    ],
    [
      'something that is absent and present',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', absent: true },
          { at: '/predicate/a', present: true },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', absent: true },
          { at: '/predicate/b', present: true },
        ],
      },
    ],
    [
      'more than the most',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', atLeast: 3 },
          { at: '/predicate/a', atMost: 2 },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', atLeast: 2 },
          { at: '/predicate/a', atMost: 2 },
        ],
      },
    ],
    [
      'a number that is a list',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', atLeast: 3 },
          { at: '/predicate/a', includes: 2 },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', includes: 3 },
          { at: '/predicate/a', includes: 2 },
        ],
      },
    ],
    [
      'a number that is a time',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', equals: 3 },
          { at: '/predicate/a', before: { now: '0d' } },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', equals: '2026-01-01T00:00:00Z' },
          { at: '/predicate/a', after: { now: '-9d' } },
        ],
      },
    ],
    [
      'an outcome that supports nothing',
      { select: smoke, holds: [{ at: '/computed/outcome', equals: 'rejected' }] },
      [contradict('/computed/outcome')],
      { select: smoke, holds: [{ at: '/computed/outcome', equals: 'accepted' }] },
    ],
    [
      'another status than it asks for',
      {
        select: smoke,
        status: ['smoke-verified'],
        holds: [{ at: '/computed/status', equals: 'failed' }],
      },
      [contradict('/computed/status')],
      {
        select: smoke,
        status: ['smoke-verified'],
        holds: [{ at: '/computed/status', equals: 'smoke-verified' }],
      },
    ],
    [
      'another origin than it selects',
      {
        select: { ...smoke, origin: 'live-workflow' },
        holds: [{ at: '/computed/origin', equals: 'local-proof' }],
      },
      [contradict('/computed/origin')],
      { select: smoke, holds: [{ at: '/computed/origin', equals: 'local-proof' }] },
    ],
    [
      'a time that is fresh and absent',
      { select: smoke, fresh: '1d', holds: [{ at: '/signedAt', absent: true }] },
      [contradict('/signedAt')],
      { select: smoke, holds: [{ at: '/signedAt', absent: true }] },
    ],
    [
      'an expression that is false',
      { select: smoke, holds: [{ cel: ' false ' }] },
      [neverHolds('an expression is false')],
      { select: smoke, holds: [{ cel: 'predicate.falsehood' }] },
    ],
  ])('finds %s', (_, wrong, said, right) => {
    expect(lint(wrong)).toEqual(said)
    expect(lint(right)).toEqual([])
  })
})
