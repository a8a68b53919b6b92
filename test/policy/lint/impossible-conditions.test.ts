// Lint of conditions by what a member is, and by what texts and times there can be.

import { describe, expect, it } from 'vitest'
import { lintPolicies } from '../../../src/policy/index.ts'
import { draft } from '../requirement/documents.ts'
import { registryOf } from './registry.ts'

const smoke = { family: 'smoke' }

/** What lint says of one requirement, each as its code and message. */
function lint(members: object): readonly string[] {
  return lintPolicies(registryOf(draft(members))).map(({ code, message }) => `${code} ${message}`)
}

const neverHolds = (reason: string) =>
  `policy/never-holds policy.mine: The requirement can never hold: ${reason}`
const contradict = (pointer: string) =>
  `policy/never-holds policy.mine: The requirement can never hold: its conditions on "${pointer}" contradict each other or what it selects`

describe('lint of conditions on one member', () => {
  it.each<readonly [string, object, readonly string[], object]>([
    [
      'an expression that asks nothing of the evidence',
      { select: smoke, holds: [{ cel: '"predicate" == "signer" || [].all(x, x == 1)' }] },
      ['policy/place-unknown policy.mine: An expression names no member of the evidence'],
      { select: smoke, holds: [{ cel: 'predicate["a"] == 1' }] },
    ],
    [
      'the element after the last one',
      { select: smoke, holds: [{ at: '/predicate/a/-', present: true }] },
      ['policy/place-unknown policy.mine: No evidence has a member "/predicate/a/-"'],
      { select: smoke, holds: [{ at: '/predicate/a/-b', present: true }] },
    ],
    [
      'a time after its end',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', before: '2026-01-01T00:00:00Z' },
          { at: '/predicate/a', after: '2026-01-01T00:00:00Z' },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', before: '2026-01-01T00:00:00.001Z' },
          { at: '/predicate/a', after: '2026-01-01T00:00:00Z' },
          { at: '/predicate/a', after: { at: '/signedAt' } },
        ],
      },
    ],
    [
      'two beginnings of one text',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', matches: 'x*' },
          { at: '/predicate/a', matches: 'y*' },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', matches: 'x*' },
          { at: '/predicate/a', matches: 'xy*z' },
        ],
      },
    ],
    [
      'two ends of one text',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', matches: '*-x' },
          { at: '/predicate/a', matches: '*-y' },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', matches: '*-x' },
          { at: '/predicate/a', matches: 'a*x' },
        ],
      },
    ],
    [
      'a text that is asked to be a number',
      { select: smoke, holds: [{ at: '/computed/status', atLeast: 3 }] },
      [contradict('/computed/status')],
      { select: smoke, holds: [{ at: '/computed/facts/count', atLeast: 3 }] },
    ],
    [
      'a text that is asked to be a truth',
      { select: smoke, holds: [{ at: '/signer/name', equals: true }] },
      [contradict('/signer/name')],
      { select: smoke, holds: [{ at: '/signer/name', equals: 'true' }] },
    ],
    [
      'a list that is asked to be a text',
      { select: smoke, holds: [{ at: '/signer/roles', equals: 'release' }] },
      [contradict('/signer/roles')],
      { select: smoke, holds: [{ at: '/signer/roles', includes: 'release' }] },
    ],
    [
      'documents that are asked for as texts, and tests as objects',
      {
        select: { family: 'test-result' },
        holds: [
          { at: '/predicate/configuration', includes: 'plan' },
          { at: '/predicate/passedTests', includes: { name: 'unit' } },
          { at: '/predicate/failedTests', includes: 1 },
        ],
      },
      [
        neverHolds('"/predicate/configuration" is a list of objects'),
        neverHolds('"/predicate/passedTests" is a list of texts'),
        neverHolds('"/predicate/failedTests" is a list of texts'),
      ],
      {
        select: { family: 'test-result' },
        holds: [
          { at: '/predicate/configuration', includes: { name: 'plan' } },
          { at: '/predicate/configuration', present: true },
          { at: '/predicate/passedTests', includes: 'unit' },
          { at: '/predicate/others', includes: 1 },
        ],
      },
    ],
    [
      'documents of a test result, and of nothing else',
      { select: smoke, holds: [{ at: '/predicate/configuration', includes: true }] },
      [neverHolds('"/predicate/configuration" is a list of objects')],
      {
        select: { family: 'certification' },
        holds: [{ at: '/predicate/configuration', includes: true }],
      },
    ],
    [
      'a list that is asked to be what it has',
      {
        select: { family: 'test-result' },
        holds: [{ at: '/predicate/passedTests', equals: 'unit' }],
      },
      [neverHolds('"/predicate/passedTests" is a list of texts')],
      {
        select: { family: 'certification' },
        holds: [{ at: '/predicate/passedTests', equals: 'unit' }],
      },
    ],
    [
      'a list of whatever has its type',
      {
        select: { predicateType: 'https://in-toto.io/attestation/test-result/v0.1' },
        holds: [{ at: '/predicate/configuration', includes: 'plan' }],
      },
      [neverHolds('"/predicate/configuration" is a list of objects')],
      {
        select: { predicateType: 'urn:x' },
        holds: [{ at: '/predicate/configuration', includes: 'plan' }],
      },
    ],
    [
      'a claim that there is not',
      {
        select: { family: 'provenance' },
        holds: [{ at: '/computed/facts/claims', includes: 'no-such-claim' }],
      },
      [
        neverHolds(
          '"/computed/facts/claims" is a list of claims, which are source-revision, build-workflow, builder-identity, artifact-digest, dependency-snapshot',
        ),
      ],
      {
        select: { family: 'provenance' },
        holds: [{ at: '/computed/facts/claims', includes: 'builder-identity' }],
      },
    ],
    [
      'a list of names that is asked for an object',
      { select: smoke, holds: [{ at: '/signer/roles', includes: { name: 'release' } }] },
      [contradict('/signer/roles')],
      { select: smoke, holds: [{ at: '/predicate/roles', includes: { name: 'release' } }] },
    ],
    [
      'a time after its end, both counted from now',
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', before: { now: '-30d' } },
          { at: '/predicate/a', after: { now: '-10d' } },
        ],
      },
      [contradict('/predicate/a')],
      {
        select: smoke,
        holds: [
          { at: '/predicate/a', before: { now: '-10d' } },
          { at: '/predicate/a', after: { now: '-30d' } },
        ],
      },
    ],
    [
      'a word that there is not',
      { select: smoke, holds: [{ at: '/phase', equals: 'pre-deploy' }] },
      [contradict('/phase')],
      { select: smoke, holds: [{ at: '/phase', equals: 'pre-deploy-candidate' }] },
    ],
    [
      'a release of what is about a commit',
      {
        select: { family: 'review', about: 'commit' },
        holds: [{ at: '/release/version', matches: 'v1.*' }],
      },
      [contradict('/release/version')],
      { select: { family: 'review' }, holds: [{ at: '/release/version', matches: 'v1.*' }] },
    ],
    [
      'a commit of what is about a release',
      { select: { family: 'review' }, holds: [{ at: '/commit', present: true }] },
      [contradict('/commit')],
      {
        select: { family: 'review', about: 'commit' },
        holds: [
          { at: '/commit', present: true },
          { at: '/phase', absent: true },
        ],
      },
    ],
  ])('finds %s', (_, wrong, said, right) => {
    expect(lint(wrong)).toEqual(said)
    expect(lint(right)).toEqual([])
  })
})
