// The canary of a release stands between the tests of its candidate and its rollout: it is opened to a ring, watched, and approved.

import { describe, expect, it } from 'vitest'
import type { LedgerItem } from '../../../src/record/index.ts'
import { CANARY, type Canary } from '../../../src/record/families/canary.ts'
import { person } from '../deciders.ts'
import { foldedRecord, viewAmong } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import {
  approval,
  deployment,
  POST,
  PRE,
  PRODUCTION,
  promotion,
  SMOKED,
  view,
  WHOLE,
} from '../whole-release.ts'

// The rule of production for this target, and without the evidence that it asks for besides.
const rules = new Map(
  [...PRODUCTION.of('canary')].map(([id, rule]) => [
    id,
    { ...rule, scope: { ...rule.scope, targets: ['render_staging_rollout'] }, evidence: [] },
  ]),
)
const of = ((kind) => (kind === 'canary' ? rules : PRODUCTION.of(kind))) as typeof PRODUCTION.of
const under = { registry: { ...PRODUCTION, of } }

const GOLDEN = goldenRecord(CANARY).members as Canary
const WINDOW = { startedAt: '2026-04-10T13:00:00Z', endedAt: '2026-04-10T13:30:00Z' }
const canary = ({
  window = WINDOW,
  result = 'passed',
  index = 8,
  reportedAt = '2026-04-10T13:30:00Z',
} = {}) =>
  foldedRecord(
    CANARY,
    { ...GOLDEN, window, results: [{ name: 'review page', result }] },
    { index, phase: POST, header: { reportedAt } },
  )
const inRing = (changes: object = {}) =>
  deployment(7, { ring: GOLDEN.ring, observedAt: '2026-04-10T12:59:00Z', ...changes })

/** What a person lets pass the stage of the provenance, and all that is there before it. */
const WORD = promotion('artifact-signed-or-attested', {
  index: 6,
  phase: PRE,
  signer: person('alice'),
})
const TESTED = [...WHOLE.filter(({ index }) => index < 6), WORD]
const statusAt = (stage: string, items: readonly LedgerItem[]) =>
  view(items, promotion(stage), under)

describe('A release with a canary', () => {
  const steps: readonly (readonly [LedgerItem, string, string])[] = [
    [inRing(), 'candidate-tested', 'stage-reached'],
    [canary(), 'canary-approved', 'ready-awaiting-person'],
    [approval('canary', 9), 'canary-approved', 'stage-reached'],
    [approval('rollout', 10), 'production-approved', 'stage-reached'],
    [deployment(11), 'production-deployed', 'stage-reached'],
    [SMOKED, 'post-deploy-verified', 'stage-reached'],
  ]

  it('climbs the ladder stage by stage', () => {
    expect(statusAt('candidate-tested', TESTED).status).toBe('stage-reached')
    steps.forEach(([, stage, status], at) => {
      const items = [...TESTED, ...steps.slice(0, at + 1).map(([item]) => item)]
      const found = statusAt(stage, items)
      expect([stage, found.status]).toEqual([stage, status])
      expect(found.facts['outOfOrder']).toEqual([])
      expect(found.facts['gaps']).toEqual([])
      const isReached = status === 'stage-reached'
      expect(found.facts['position']).toBe(isReached ? stage : 'candidate-tested')
    })
  })

  it('is not deployed to all where it was opened to a ring, whoever approved that', () => {
    const items = [...TESTED, inRing(), approval('canary', 9), approval('rollout', 10)]
    expect(statusAt('production-deployed', items).status).toBe('stage-open')
    expect(statusAt('production-deployed', [...items, deployment(11)]).status).toBe('stage-reached')
  })

  it('is not verified by a smoke of the ring', () => {
    const items = [...TESTED, inRing(), approval('canary', 9), approval('rollout', 10), SMOKED]
    expect(statusAt('post-deploy-verified', items).status).toBe('stage-open')
    const deployed = [...items, deployment(11)]
    expect(statusAt('post-deploy-verified', deployed).status).toBe('stage-reached')
    expect(statusAt('post-deploy-verified', [...items, deployment(21)]).status).toBe('stage-open')
  })

  it('is out of order where it was deployed to all before its rollout was approved', () => {
    const items = [...TESTED, inRing(), canary(), approval('canary', 9)]
    const late = [...items, deployment(11), approval('rollout', 12)]
    expect(statusAt('production-deployed', late).facts['outOfOrder']).toEqual([
      'production-deployed',
    ])
    const early = [...items, approval('rollout', 10), deployment(11)]
    expect(statusAt('production-deployed', early).facts['outOfOrder']).toEqual([])
  })
})

describe('The stage of a canary', () => {
  const among = (record: ReturnType<typeof canary>, ring = inRing()) => {
    const items = [...TESTED, ring, record]
    const { status } = statusAt('canary-approved', items)
    return [viewAmong(CANARY, record, items, under).status, status]
  }

  it.each<[string, string, ReturnType<typeof canary>, ReturnType<typeof inRing>]>([
    [
      'began before the release was built',
      'window-outside',
      canary({ window: { ...WINDOW, startedAt: '2026-04-10T11:00:00Z' } }),
      inRing({ observedAt: '2026-04-10T10:59:00Z' }),
    ],
    [
      'began before it was deployed to the ring',
      'window-outside',
      canary(),
      inRing({ observedAt: '2026-04-10T13:00:01Z' }),
    ],
    [
      'is of another ring than the one it was deployed to',
      'window-outside',
      canary(),
      inRing({ ring: 'operators' }),
    ],
    [
      'was recorded before it was over',
      'window-open',
      canary({ reportedAt: '2026-04-10T13:29:59Z' }),
      inRing(),
    ],
  ])('does not await people where the canary %s', (_, status, record, ring) => {
    expect(among(record, ring)).toEqual([status, 'stage-open'])
    expect(among(canary())).toEqual(['within-rule', 'ready-awaiting-person'])
  })

  it('is closed by a canary that went wrong, whoever opened it', () => {
    const watched = (result: string) => canary({ result, index: 15 })
    const found = statusAt('canary-approved', [...WHOLE, inRing(), watched('failed')])
    expect(found).toMatchObject({ status: 'out-of-order' })
    expect(found.facts['gaps']).toContain('canary-approved')
    expect(statusAt('canary-approved', [...WHOLE, inRing(), watched('passed')]).status).toBe(
      'stage-reached',
    )
  })

  it('is reached where people open the canary, before anybody watched it', () => {
    const items = [...TESTED, approval('canary', 7)]
    expect(statusAt('canary-approved', items).status).toBe('stage-reached')
  })
})
