// of each member of a requirement, that it alone decides.

import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/core/index.ts'
import type { Evidence } from '../../../src/policy/index.ts'
import { COMMIT, DAY, find, NOW, outcomeOf, piece, RELEASE, without } from './evidence.ts'

const SMOKE = { select: { family: 'smoke' } }
const OTHER_RELEASE = { ...RELEASE, id: 'production__web__v1.1.0__6', version: 'v1.1.0' }
const OTHER_SIGNER = { name: 'eve', principal: 'ci', kind: 'person', roles: ['review'] } as const

/** For each member: a requirement that has it, evidence that it accepts, and evidence that differs in that alone. */
const MEMBERS: readonly (readonly [
  string,
  object,
  readonly Evidence[],
  readonly Evidence[],
  Outcome,
])[] = [
  ['family', SMOKE, [piece()], [piece(0, { family: 'test-result' })], 'missing'],
  [
    'predicateType',
    { select: { predicateType: piece().predicateType } },
    [piece()],
    [piece(0, { predicateType: `${piece().predicateType}/` })],
    'missing',
  ],
  [
    'policy',
    { select: { family: 'smoke', policy: 'policy.mine' } },
    [piece(0, { policy: 'policy.mine' })],
    [piece(0, { policy: 'policy.mine_too' })],
    'missing',
  ],
  [
    'phase',
    { select: { family: 'smoke', phase: 'post-deploy-smoke-verified' } },
    [piece()],
    [piece(0, { phase: 'pre-deploy-candidate' })],
    'missing',
  ],
  [
    'stage',
    { select: { family: 'smoke', stage: 'production' } },
    [piece()],
    [piece(0, { stage: 'staging' })],
    'missing',
  ],
  [
    'role',
    { select: { family: 'smoke', role: 'release' } },
    [piece()],
    [piece(0, { signer: { ...piece().signer, roles: ['releases'] } })],
    'missing',
  ],
  [
    'signerKind',
    { select: { family: 'smoke', signerKind: 'automation' } },
    [piece()],
    [piece(0, { signer: { ...piece().signer, kind: 'unknown' } })],
    'missing',
  ],
  [
    'origin',
    { select: { family: 'smoke', origin: 'live-workflow' } },
    [piece()],
    [piece(0, { origin: 'local-proof' })],
    'missing',
  ],
  ['about, by default', SMOKE, [piece()], [piece(0, { release: OTHER_RELEASE })], 'missing'],
  [
    'about: set',
    { select: { family: 'smoke', about: 'set' } },
    [piece()],
    [without(piece(0, { commit: COMMIT }), 'release')],
    'missing',
  ],
  [
    'about: commit',
    { select: { family: 'smoke', about: 'commit' } },
    [without(piece(0, { commit: COMMIT }), 'release')],
    [without(piece(0, { commit: 'd'.repeat(40) }), 'release')],
    'missing',
  ],
  [
    'about: gate, by target',
    { select: { family: 'smoke', about: 'gate' } },
    [piece(0, { release: OTHER_RELEASE })],
    [piece(0, { release: { ...OTHER_RELEASE, target: 'api' } })],
    'missing',
  ],
  [
    'about: gate, by channel',
    { select: { family: 'smoke', about: 'gate' } },
    [piece(0, { release: OTHER_RELEASE })],
    [piece(0, { release: { ...OTHER_RELEASE, channel: 'staging' } })],
    'missing',
  ],
  ['least', { ...SMOKE, least: 2 }, [piece(), piece(1)], [piece()], 'missing'],
  [
    'distinct',
    { ...SMOKE, least: 2, distinct: 'principals' },
    [piece(), piece(1, { signer: { ...OTHER_SIGNER, principal: 'eve' } })],
    [piece(), piece(1, { signer: OTHER_SIGNER })],
    'missing',
  ],
  [
    'fresh',
    { ...SMOKE, fresh: '24h' },
    [piece(0, { signedAt: NOW - DAY })],
    [piece(0, { signedAt: NOW - DAY - 1 })],
    'stale',
  ],
  [
    'fresh, without a time',
    { ...SMOKE, fresh: '24h' },
    [piece()],
    [without(piece(), 'signedAt')],
    'missing',
  ],
  [
    'status',
    { ...SMOKE, status: ['verified', 'warned'] },
    [piece(0, { computed: { status: 'warned' } })],
    [piece(0, { computed: { status: 'incomplete' } })],
    'rejected',
  ],
  [
    'holds',
    {
      ...SMOKE,
      holds: [
        { at: '/predicate/result', equals: 'PASSED' },
        { at: '/stage', present: true },
      ],
    },
    [piece()],
    [without(piece(), 'stage')],
    'rejected',
  ],
]

describe('each member of a requirement', () => {
  it.each(MEMBERS)('%s decides alone', (_, members, right, wrong, outcome) => {
    expect(outcomeOf(members, ...right)).toBe('accepted')
    expect(outcomeOf(members, ...wrong)).toBe(outcome)
  })

  it('external decides between missing and unverified alone', () => {
    expect(outcomeOf(SMOKE)).toBe('missing')
    expect(outcomeOf({ ...SMOKE, external: true })).toBe('unverified')
  })

  it('clears is told, and decides nothing', () => {
    const { check, outcome } = find({ ...SMOKE, clears: 'Wait' }, [piece()])
    expect(outcome).toBe('accepted')
    expect(check).not.toHaveProperty('hint')
  })
})
