import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/core/index.ts'
import { combineStandings, standingOf, standingOfJudgement } from '../../../src/gate/index.ts'
import { DEPLOY_EVIDENCE, piece } from '../evidence.ts'
import { findingOf, SUBJECT } from './results.ts'

const FAILED = { ...DEPLOY_EVIDENCE[0]!, index: 99, sha256: 'ee'.repeat(32) }
const failing = piece({
  ...FAILED,
  computed: {
    status: 'failed',
    outcome: 'rejected',
    facts: {},
    reason: { name: 'x', outcome: 'rejected', message: 'x' },
  },
})

describe('standingOf()', () => {
  it.each<readonly [Outcome, string]>([
    ['accepted', 'continue'],
    ['missing', 'missing'],
    ['rejected', 'blocked'],
    ['stale', 'blocked'],
    ['unverified', 'blocked'],
    ['error', 'blocked'],
  ])('makes of %s %s', (outcome, standing) => {
    expect(standingOf(outcome)).toBe(standing)
  })

  it('is blocked where one of several is, and missing of nothing', () => {
    expect(combineStandings(['missing', 'blocked', 'continue'])).toBe('blocked')
    expect(combineStandings(['continue', 'missing'])).toBe('missing')
    expect(combineStandings(['continue'])).toBe('continue')
    expect(combineStandings([])).toBe('missing')
  })
})

describe('standingOfJudgement()', () => {
  const all = findingOf()

  it('continues a gate that is go, on a ledger that is whole', () => {
    expect(standingOfJudgement(all, 'accepted')).toBe('continue')
    expect(standingOfJudgement(all, 'missing')).toBe('missing')
    expect(standingOfJudgement(all, 'error')).toBe('blocked')
  })

  it('is missing where only something is not there, and blocked where something speaks against it', () => {
    const less = findingOf({ evidence: DEPLOY_EVIDENCE.slice(1) })
    expect(standingOfJudgement(less, 'accepted')).toBe('missing')
    const against = findingOf({ evidence: [...DEPLOY_EVIDENCE.slice(2), failing] })
    expect(standingOfJudgement(against, 'accepted')).toBe('blocked')
  })

  it('is what speaks against the records of the release, where that is all', () => {
    const opposed = (outcome: 'missing' | 'rejected') =>
      findingOf({
        subject: { ...SUBJECT, against: [{ name: 'records', outcome, message: 'Refused' }] },
      })
    expect(standingOfJudgement(opposed('missing'), 'accepted')).toBe('missing')
    expect(standingOfJudgement(opposed('rejected'), 'accepted')).toBe('blocked')
  })

  it('is blocked by what speaks against it, also where the head of the ledger is missing', () => {
    const against = findingOf({ evidence: [...DEPLOY_EVIDENCE.slice(2), failing] })
    expect(standingOfJudgement(against, 'missing')).toBe('blocked')
    const less = findingOf({ evidence: DEPLOY_EVIDENCE.slice(1) })
    expect(standingOfJudgement(less, 'missing')).toBe('missing')
  })

  it('is missing where nothing is asked', () => {
    const empty = { ...all, decision: 'no-go', deploy: { ...all.deploy, findings: [] } } as const
    expect(standingOfJudgement(empty, 'accepted')).toBe('missing')
  })
})
