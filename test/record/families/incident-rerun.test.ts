import { describe, expect, it } from 'vitest'
import { INCIDENT } from '../../../src/record/families/incident.ts'
import type { LedgerItem } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { COMMIT_SUBJECT, foldedProvenance, viewAmong } from '../folded.ts'
import { shippedRegistry } from '../registry.ts'
import {
  MEMBERS,
  CONTROL,
  OPENING,
  incident,
  opening,
  closing,
  tests,
  rerun,
  commands,
  viewOf,
  codesOf,
} from './incidents.ts'

describe('The passing re-run', () => {
  const judge = (...items: readonly LedgerItem[]) => viewOf(closing, opening, ...items)

  it('is a test result in which the control passed, or one of the evidence that it is', () => {
    expect(judge(rerun).status).toBe('closed')
    const evidence = 'evidence.staging.cloud_preflight'
    const control = incident({ ...MEMBERS, firstFailingControl: evidence }, 9)
    const answering = tests({ result: 'PASSED', passedTests: ['a'] }, { evidence })
    const items = [opening, answering, control]
    const registry = shippedRegistry()
    expect(viewAmong(INCIDENT, control, items, { registry }).status).toBe('closed')
    // Its evidence can not be looked up without the policies, so it is not accepted.
    expect(viewAmong(INCIDENT, control, items).status).toBe('open')
  })

  it('is of the control that failed first, whatever the closing calls it', () => {
    const told = incident({ ...OPENING, firstFailingControl: CONTROL }, 1)
    const lint = tests({ result: 'PASSED', passedTests: ['lint'] })
    const other = incident({ ...MEMBERS, firstFailingControl: 'lint' }, 9)
    const view = viewOf(told, lint, other)
    expect(view).toMatchObject({ status: 'open', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/contradiction'])
    expect(viewOf(told, rerun, closing).status).toBe('closed')
    expect(viewOf(opening, lint, other).status).toBe('closed')
  })

  it('is a sequence of commands in which the control ended well', () => {
    expect(judge(commands(CONTROL)).status).toBe('closed')
    const ofCommit = commands(CONTROL, { about: COMMIT_SUBJECT })
    expect(judge(foldedProvenance(), ofCommit).status).toBe('closed')
  })

  it.each<[string, string, LedgerItem | undefined]>([
    ['is in no ledger', 'record/incident-open', undefined],
    ['failed', 'record/incident-open', tests({ result: 'FAILED', failedTests: [CONTROL] })],
    ['is a sequence that failed', 'record/incident-open', commands(CONTROL, {}, 1)],
    [
      'is of another control',
      'record/incident-open',
      tests({ result: 'PASSED', passedTests: ['a'] }),
    ],
    ['warned', 'record/incident-open', tests({ result: 'WARNED', warnedTests: [CONTROL] })],
    ['stands before the opening', 'record/order', { ...rerun, index: 0 }],
    ['stands behind the closing', 'record/order', { ...rerun, index: 10 }],
  ])('does not count where it %s', (_, code, item) => {
    const view = judge(...(item === undefined ? [] : [item]))
    expect(view.status).toBe('open')
    expect(codesOf(view)).toEqual([code])
    expect(judge(rerun).status).toBe('closed')
  })

  it('was vouched for after the opening, where both were (A-82)', () => {
    const at = (vouchedAt: string) =>
      viewOf(
        incident(MEMBERS, 9, { header: { reportedAt: '2026-04-10T16:00:00Z' } }),
        incident(OPENING, 1, { vouchedAt: '2026-04-10T15:00:00Z' }),
        tests({ result: 'PASSED', passedTests: [CONTROL] }, { vouchedAt }),
      )
    expect(at('2026-04-10T15:30:00Z').status).toBe('closed')
    expect(codesOf(at('2026-04-10T14:59:59Z'))).toEqual(['record/order'])
  })

  it('opens the incident again where a later result of it failed', () => {
    const failed = tests(
      { result: 'FAILED', failedTests: [CONTROL] },
      { index: 11, sha256: digestOf('later') },
    )
    expect(judge(rerun, failed).status).toBe('open')
  })
})
