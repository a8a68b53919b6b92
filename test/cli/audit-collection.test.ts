// The reports of many releases: the first of them whole, of the others what matters.

import { describe, expect, it } from 'vitest'
import { collectReports } from '../../src/cli/audit/report-collection.ts'
import type { ReleaseReport } from '../../src/cli/audit/release-report.ts'
import { type Check, groupChecks } from '../../src/core/index.ts'
import { digestOf } from '../verify/release.ts'

const passed: Check = { name: 'part', outcome: 'accepted', message: 'As it should be' }
const failed: Check = { ...passed, outcome: 'rejected', code: 'record/withdrawn' }

function reportOf(number: number, parts: readonly Check[]): ReleaseReport {
  const family = groupChecks('family', 'A record', parts)
  const record = {
    index: number,
    sha256: digestOf(String(number)),
    family: 'withdrawal',
    status: 'withdrawn',
    outcome: family.outcome,
    reportedAt: '2026-04-10T12:00:00Z',
    phase: 'pre-deploy-candidate',
    standing: 'direct',
    signer: 'release',
    facts: {},
  } as const
  return {
    id: `staging__web__v${number}__1`,
    check: groupChecks('release', `The release ${number}`, [family]),
    phases: ['pre-deploy-candidate'],
    records: [record, { ...record, index: number + 1 }],
    commitRecords: [],
    generated: [],
    materials: [],
    copies: [],
    contradictions: 0,
    refused: 0,
    isWithdrawn: true,
  }
}

const PARTS = [...Array.from({ length: 97 }, () => passed), failed]

describe('collectReports()', () => {
  it('keeps the outcome and every status of all releases, and the checks of the first', () => {
    const reports = collectReports('json', { columns: 80 })
    for (let number = 0; number < 300; number++) reports.add(reportOf(number, PARTS))
    const { outcome, message, checks = [] } = reports.check()
    expect([outcome, message]).toEqual(['rejected', 'The releases: 300 rejected'])
    expect(checks[0]?.checks?.[0]?.checks).toHaveLength(98)
    // Behind the first thousands, what was not accepted.
    expect(checks[100]?.checks?.[0]?.checks).toEqual([failed])
    expect(reports.documents[0]).toHaveProperty('records')
    expect(reports.documents[299]).toMatchObject({ statuses: { 'withdrawal: withdrawn': 2 } })
    expect(reports.documents[299]).not.toHaveProperty('records')
    expect(reports.lines).toEqual([])
  })

  it('says at least the first reason, however many there are', () => {
    const reports = collectReports('text', { columns: 80 })
    const parts = Array.from({ length: 97 }, () => failed)
    for (let number = 0; number < 300; number++) reports.add(reportOf(number, parts))
    const last = reports.check().checks?.at(-1)
    expect(last).toMatchObject({ outcome: 'rejected', code: 'record/withdrawn' })
    expect(last?.checks).toBeUndefined()
    expect(reports.lines).toHaveLength(300)
    // The records of the first, in lines; behind them, how many there are.
    expect(reports.lines[0]).toContain('\n    rejected  withdrawal: withdrawn, signed by "release"')
    expect(reports.lines[299]).toBe(
      [
        'rejected  staging__web__v299__1',
        '          withdrawn; 2 records: 2 rejected (withdrawal (2))',
        '          phases: pre-deploy-candidate\n',
      ].join('\n'),
    )
    expect(reports.documents).toEqual([])
  })

  it('misses releases where there are none', () => {
    expect(collectReports('text', { columns: 80 }).check()).toMatchObject({
      outcome: 'missing',
      code: 'record/nothing-counts',
    })
  })
})
