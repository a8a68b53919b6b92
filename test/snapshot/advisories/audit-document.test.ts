import { describe, expect, it } from 'vitest'
import { encodeAdvisoryAudit, judgeAgain, parseAdvisoryAudit } from '../../../src/snapshot/index.ts'
import { AT, audit, type Changeable, exception, fixture, refusals, taken } from './reading.ts'

const LOCKED = { 'package.json': '{}', 'package-lock.json': fixture('package-lock.json') }
const EXCEPTIONS = [
  exception('GHSA-2222-3333-4444'),
  exception('GHSA-2222-3333-5555', { expires: '2026-01-01T00:00:00Z' }),
  exception('GHSA-2222-3333-6666', { package: 'hod' }),
  exception('GHSA-2222-3333-7777', { package: 'gate' }),
]
const made = await audit(fixture('npm-audit.json'), { exceptions: EXCEPTIONS, files: LOCKED })
const bytes = encodeAdvisoryAudit(made)

const parse = (change: (document: Changeable) => void) => {
  const document: Changeable = JSON.parse(Buffer.from(bytes).toString())
  change(document)
  return parseAdvisoryAudit(Buffer.from(JSON.stringify(document)))
}

describe('parseAdvisoryAudit()', () => {
  it('reads what was written', async () => {
    expect(taken(parseAdvisoryAudit(bytes))).toEqual(made)
    const bare = await audit(fixture('npm-audit-none.json'))
    expect(taken(parseAdvisoryAudit(encodeAdvisoryAudit(bare)))).toEqual(bare)
  })

  it.each<readonly [string, (document: Changeable) => void]>([
    ['another outcome', (document) => (document.outcome = 'accepted')],
    ['another count', ({ counts }) => (counts.critical = 0)],
    ['another standing', ({ findings }) => (findings[1].standing = 'excepted')],
    ['a milder severity', ({ findings }) => (findings[1].severity = 'low')],
    ['an exception that lasts longer', ({ exceptions }) => (exceptions.entries[1].expires = AT)],
    ['an earlier time', (document) => (document.at = '2025-12-01T00:00:00Z')],
    ['an exception that is kept quiet', ({ unused }) => (unused.length = 0)],
    ['a snapshot that was taken out', (document) => delete document.snapshot],
    ['a place that is not said', ({ findings }) => delete findings[0].inSnapshot],
  ])('refuses %s', (_, change) => {
    expect(refusals(parse(change))).toEqual(['snapshot/advisory-audit'])
  })

  it.each<readonly [string, string, (document: Changeable) => void]>([
    ['an unknown member', '', (document) => (document.passed = true)],
    ['another schema', ' /schema', (document) => (document.schema = 'assay/snapshot/v1')],
    ['a time that is none', ' /at', (document) => (document.at = 'now')],
  ])('refuses %s', (_, at, change) => {
    expect(refusals(parse(change))).toEqual([`snapshot/advisory-audit${at}`])
  })

  it('refuses what is no strict JSON', () => {
    expect(refusals(parseAdvisoryAudit(Buffer.from('{"a":1,"a":2}')))[0]).toMatch(
      /^snapshot\/advisory-audit/,
    )
  })
})

describe('judgeAgain()', () => {
  it('holds exceptions against another time', () => {
    expect(made.counts).toMatchObject({ excepted: 1, expired: 1 })
    expect(judgeAgain(made, '2025-12-01T00:00:00Z').counts).toMatchObject({ excepted: 2 })
    expect(judgeAgain(made, '2027-01-01T00:00:00Z').counts).toMatchObject({ expired: 2 })
    expect(judgeAgain(made, 'never').counts).toMatchObject({ expired: 2 })
  })
})
