import { describe, expect, it } from 'vitest'
import { failedChecks, type JsonValue } from '../../../src/core/index.ts'
import { COMMIT, find, NOW, outcomeOf, piece, RELEASE, sha256Of, without } from './evidence.ts'

function judge(test: object, value?: JsonValue): string {
  const predicate = value === undefined ? {} : { value }
  return outcomeOf(
    { select: { family: 'smoke' }, holds: [{ at: '/predicate/value', ...test }] },
    piece(0, { predicate }),
  )
}

const LATE = '2026-06-02T00:00:00Z'

/** Each test with values for which it holds, and values beside them for which it does not. */
const CASES: readonly (readonly [
  object,
  readonly JsonValue[],
  readonly (JsonValue | undefined)[],
])[] = [
  [{ equals: 'a' }, ['a'], ['A', 'a ', '', ['a'], { a: 'a' }, null, undefined]],
  [{ equals: 1 }, [1], ['1', true, 1.5, [1], undefined]],
  [{ equals: false }, [false], ['false', 0, '', null, undefined]],
  [{ oneOf: ['a', 2] }, ['a', 2], ['2', 'b', [], ['a', 2], null, undefined]],
  [{ present: true }, [0, false, '', [], {}], [null, undefined]],
  [{ absent: true }, [null], [0, false, '', [], {}]],
  [
    { matches: 'v1.*.0' },
    ['v1.2.0', 'v1..0', 'v1.2/3.0'],
    ['v1.0', 'xv1.2.0', 'v1.2.0x', 'v1x2.0', 1, ['v1.2.0'], undefined],
  ],
  [{ includes: 'a' }, [['a'], ['b', 'a']], [['b'], [['a']], 'a', { 0: 'a' }, [], undefined]],
  [{ includes: 2 }, [[1, 2]], [['2'], 2]],
  [
    { includes: { name: 'a', at: { day: 2 } } },
    [
      [{ name: 'a', at: { day: 2 } }],
      [{ name: 'b' }, 'a', { name: 'a', at: { day: 2, hour: 1 }, more: [] }],
    ],
    [
      [{ name: 'a' }, { at: { day: 2 } }],
      [{ name: 'a', at: { day: '2' } }],
      [{ name: 'a', at: [2] }],
      [{ name: ['a'], at: { day: 2 } }],
      [[{ name: 'a', at: { day: 2 } }]],
      { name: 'a', at: { day: 2 } },
      ['a', null],
      [],
      undefined,
    ],
  ],
  [{ includes: { toString: 'a' } }, [[{ toString: 'a' }]], [[{ a: 'a' }], ['a']]],
  [{ atLeast: 2 }, [2, 2.5], [1.999, '2', null, [2], true, undefined]],
  [{ atMost: 2 }, [2, -1], [2.001, '1', null, [1], undefined]],
  [
    { before: '2026-06-01T00:00:00Z' },
    ['2026-05-31T23:59:59.999Z'],
    ['2026-06-01T00:00:00Z', '2026-05-31', 0, undefined],
  ],
  [
    { after: '2026-06-01T00:00:00Z' },
    ['2026-06-01T00:00:00.001Z'],
    ['2026-06-01T00:00:00Z', '2027', '9', null, undefined],
  ],
  [{ before: { now: '+1d' } }, ['2026-06-01T23:59:59Z'], [LATE]],
  [{ after: { now: '-12h' } }, ['2026-05-31T12:00:01Z'], ['2026-05-31T12:00:00Z']],
  [{ after: { now: '0m' } }, ['2026-06-01T00:00:01Z'], ['2026-05-31T23:59:59Z']],
  [{ before: { at: '/signedAt' } }, ['2026-05-30T00:00:00Z'], ['2026-05-31T00:00:00Z']],
  [{ after: { at: '/predicate/other' } }, [], [LATE]],
]

describe('a condition', () => {
  it.each(CASES)('%j holds for %j, and not for %j', (test, right, wrong) => {
    for (const value of right) expect([value, judge(test, value)]).toEqual([value, 'accepted'])
    for (const value of wrong) expect([value, judge(test, value)]).toEqual([value, 'rejected'])
  })

  it('of absence holds where nothing stands', () => {
    expect(judge({ absent: true })).toBe('accepted')
  })

  it.each([
    ['/family', 'smoke'],
    ['/predicateType', 'https://in-toto.io/attestation/test-result/v0.1'],
    ['/evidence', 'evidence.web.smoke'],
    ['/policy', 'policy.mine'],
    ['/phase', 'post-deploy-smoke-verified'],
    ['/stage', 'production'],
    ['/origin', undefined],
    ['/signedAt', '2026-05-31T00:00:00Z'],
    ['/commit', 'c0ffee'],
    ['/release/id', RELEASE.id],
    ['/release/target', 'web'],
    ['/release/channel', 'production'],
    ['/release/version', 'v1.2.0'],
    ['/signer/name', 'ci'],
    ['/signer/principal', 'ci'],
    ['/signer/kind', 'automation'],
    ['/signer/roles/0', 'release'],
    ['/computed/status', 'verified'],
    ['/computed/outcome', 'accepted'],
    ['/computed/origin', 'live-workflow'],
    ['/computed/facts/passed', 2],
    ['/predicate/passedTests/1', 'config'],
    ['/predicate/passedTests/01', undefined],
    ['/predicate/passedTests/2', undefined],
    ['/predicate/passedTests/-', undefined],
    ['/predicate/passedTests/length', undefined],
    ['/predicate/result/0', undefined],
    ['/predicate/result/length', undefined],
    ['/predicate/toString', undefined],
    ['/predicate/a~1b', 'slash'],
    ['/predicate/a~0b', 'tilde'],
    ['/predicate/~01', 'both'],
    ['/predicate/', 'empty'],
    ['/sha256', undefined],
    ['/index', undefined],
  ])('finds at %s %j', (at, value) => {
    const found = piece(0, {
      evidence: 'evidence.web.smoke',
      policy: 'policy.mine',
      commit: 'c0ffee',
      predicate: {
        ...{ result: 'PASSED', passedTests: ['health', 'config'] },
        ...{ 'a/b': 'slash', 'a~b': 'tilde', '~1': 'both', '': 'empty' },
      },
    })
    const select = { family: 'smoke' }
    const test = value === undefined ? { absent: true } : { equals: value }
    expect(outcomeOf({ select, holds: [{ at, ...test }] }, found)).toBe('accepted')
    const near = value === undefined ? { present: true } : { equals: `${value} ` }
    expect(outcomeOf({ select, holds: [{ at, ...near }] }, found)).toBe('rejected')
  })

  it('finds no release in what is about a commit', () => {
    const found = without(piece(0, { commit: COMMIT }), 'release')
    const select = { family: 'smoke', about: 'commit' }
    const outcome = (test: object) =>
      outcomeOf({ select, holds: [{ at: '/release', ...test }] }, found)
    expect(outcome({ absent: true })).toBe('accepted')
    expect(outcome({ present: true })).toBe('rejected')
  })

  it.each([
    [{ equals: 'b' }, 'a\u202e', '"b"', '"a\\u{202e}"'],
    [{ equals: 1 }, undefined, '1', 'nothing'],
    [{ oneOf: ['b', 3, true] }, [1, 2], 'one of "b", 3, true', 'a list of 1, 2'],
    [{ present: true }, undefined, 'any value', 'nothing'],
    [{ absent: true }, {}, 'nothing', 'an object'],
    [{ matches: 'v*' }, true, 'a text like "v*"', 'true'],
    [{ includes: 'a' }, [], 'a list with "a"', 'a list of 0'],
    [{ atLeast: 2 }, 1, 'at least 2', '1'],
    [{ atMost: 2 }, 3, 'at most 2', '3'],
    [{ before: { now: '-1d' } }, LATE, 'before 2026-05-31T00:00:00Z', `"${LATE}"`],
    [{ after: LATE }, LATE, `after ${LATE}`, `"${LATE}"`],
    [{ after: { at: '/x' } }, LATE, 'after "/x": no time', `"${LATE}"`],
    [
      { before: { at: '/signedAt' } },
      LATE,
      'before "/signedAt": 2026-05-31T00:00:00Z',
      `"${LATE}"`,
    ],
  ])('%j says of %j what it expects, and what was found', (test, value, expected, found) => {
    const predicate = value === undefined ? {} : { value }
    const members = { select: { family: 'smoke' }, holds: [{ at: '/predicate/value', ...test }] }
    const [reason] = failedChecks(find(members, [piece(0, { predicate })]).check)
    expect(reason).toMatchObject({
      name: 'condition',
      code: 'policy/condition',
      message: 'The member "/predicate/value" is not as it is asked for',
      expected,
      found,
    })
  })
})

describe('a glob', () => {
  // the whole of the language, as cases.
  it.each([
    ['', '*', true],
    ['abc', '*', true],
    ['abc', 'abc', true],
    ['abc', 'ab', false],
    ['abc', 'a*c', true],
    ['ac', 'a*c', true],
    ['abcd', 'a*c', false],
    ['a/b/c', 'a*c', true],
    ['abab', 'ab*ab', true],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['aXbXc', 'a*b*c', true],
    ['acb', 'a*b*c', false],
    ['axc', 'a*b*c', false],
    ['aXc', 'a**c', true],
    ['a?c', 'a?c', true],
    ['abc', 'a?c', false],
    ['[ab]', '[ab]', true],
    ['a', '[ab]', false],
    ['a', '{a,b}', false],
    ['Abc', 'abc', false],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['\\*', '\\*', true],
    ['*', '\\*', false],
    ['a\nb', 'a*b', true],
    ['!a', '!a', true],
    ['b', '!a', false],
  ])('of %j under %j: %j', (value, matches, holds) => {
    expect(judge({ matches }, value)).toBe(holds ? 'accepted' : 'rejected')
  })

  it('takes no time on a text made for that', () => {
    const before = performance.now()
    expect(judge({ matches: `${'a*'.repeat(400)}b` }, 'a'.repeat(100_000))).toBe('rejected')
    expect(performance.now() - before).toBeLessThan(1_000)
  })
})

it('an expression without an answer is an error, also beside evidence that has one', () => {
  const members = { select: { family: 'smoke' }, holds: [{ cel: 'true' }] }
  const finding = find(members, [piece()])
  expect(finding.outcome).toBe('error')
  expect(failedChecks(finding.check)).toMatchObject([
    {
      code: 'policy/expression',
      expected: '"true"',
      found: 'unanswered: Nothing evaluated the expression',
    },
  ])
  const answers = {
    find: (sha256: string) =>
      sha256 === sha256Of(0)
        ? { holds: true }
        : ({ fault: 'limit', message: 'It took too long' } as const),
  }
  expect(find(members, [piece()], { answers }).outcome).toBe('accepted')
  expect(find(members, [piece(), piece(1)], { now: NOW, answers }).outcome).toBe('error')
})
