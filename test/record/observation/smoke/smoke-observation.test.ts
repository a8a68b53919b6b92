import { describe, expect, it } from 'vitest'
import {
  SMOKE_OBSERVATION_SCHEMA,
  type SmokeObservation,
} from '../../../../src/record/observation/index.ts'

const TIME = '2026-04-10T12:00:00Z'
const SHA256 = '9f'.repeat(32)
const PASSED = {
  name: 'health',
  result: 'passed',
  startedAt: TIME,
  httpStatus: 200,
  responseSha256: SHA256,
} as const
const REASON = { why: 'unlock-step', expected: 'operator' } as const

const OBSERVATION: SmokeObservation = {
  plan: { name: 'web-edge', sha256: SHA256 },
  label: 'Staging, by hand',
  publicOrigin: 'https://web.example',
  startedAt: TIME,
  finishedAt: TIME,
  unlockSteps: [{ name: 'operator', kind: 'operator-session', result: 'passed', httpStatus: 201 }],
  checks: [{ ...PASSED, unlockSteps: ['operator'] }],
}

const isTaken = (members: object) =>
  SMOKE_OBSERVATION_SCHEMA.safeParse({ ...OBSERVATION, ...members }).success

describe('the schema of a smoke observation', () => {
  it('takes what a run observes', () => {
    expect(isTaken({})).toBe(true)
    expect(isTaken({ checks: [{ name: 'health', result: 'not-run', reason: REASON }] })).toBe(true)
    expect(isTaken({ publicOrigin: 'http://127.0.0.1:8080' })).toBe(true)
  })

  it.each<[string, object]>([
    ['a check that passed for a reason', { ...PASSED, reason: REASON }],
    ['a check that failed for none', { name: 'health', result: 'failed' }],
    ['a check that passed without an answer', { name: 'health', result: 'passed' }],
    ['an answer to what did not run', { ...PASSED, result: 'not-run', reason: REASON }],
    ['an unknown result', { ...PASSED, result: 'warned' }],
    ['an unknown member', { ...PASSED, body: 'words' }],
  ])('refuses %s', (_, check) => {
    expect(isTaken({ checks: [check] })).toBe(false)
  })

  it('refuses a check that passed by a step that did not', () => {
    const step = { name: 'operator', kind: 'operator-session', result: 'failed', reason: REASON }
    expect(isTaken({ unlockSteps: [step] })).toBe(false)
    expect(isTaken({ unlockSteps: [] })).toBe(false)
    expect(isTaken({ unlockSteps: [], checks: [PASSED] })).toBe(true)
  })

  it('refuses two checks of one name, and a step that passed for a reason', () => {
    expect(isTaken({ checks: [PASSED, PASSED] })).toBe(false)
    const step = { name: 'operator', kind: 'operator-session', result: 'passed', reason: REASON }
    expect(isTaken({ unlockSteps: [step] })).toBe(false)
  })

  it.each([
    'https://web.example/',
    'https://web.example/a',
    'https://u:p@web.example',
    'web.example',
    'HTTPS://web.example',
    'https://',
    'ftp://web.example',
  ])('refuses the origin %s', (publicOrigin) => {
    expect(isTaken({ publicOrigin })).toBe(false)
  })
})
