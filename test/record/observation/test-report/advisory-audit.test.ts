import { describe, expect, it } from 'vitest'
import { outcomeOfTests, readTestReport } from '../../../../src/record/observation/index.ts'
import { encodeAdvisoryAudit } from '../../../../src/snapshot/index.ts'
import {
  type Asked,
  audit,
  type Changeable,
  changed,
  exception,
  fixture,
  taken,
} from '../../../snapshot/advisories/reading.ts'

const LOCKED = { 'package.json': '{}', 'package-lock.json': fixture('package-lock.json') }
const EXCEPTIONS = [exception('GHSA-2222-3333-4444'), exception('GHSA-2222-3333-5555')]

const write = async (report: string | object, asked: Asked = {}) =>
  encodeAdvisoryAudit(await audit(report, asked))
const read = async (report: string | object, asked: Asked = {}) =>
  taken(await readTestReport(await write(report, asked)))

describe('an audit of advisories as a test report', () => {
  it('passes the checks of its policies, and warns of what is excepted and until when', async () => {
    const report = await read(fixture('npm-audit-moderate.json'), {
      exceptions: EXCEPTIONS,
      files: LOCKED,
    })
    const until = 'excepted until 2026-12-31T00:00:00Z'
    expect(report).toMatchObject({
      format: 'advisory-audit',
      passed: [
        'no-critical-advisory',
        'no-expired-exception',
        'no-unknown-advisory',
        'no-unrated-advisory',
        'report-about-snapshot',
      ],
      warned: [
        `GHSA-2222-3333-4444 in pkg:npm/sand (0.9.0, 1.0.4): ${until}`,
        `GHSA-2222-3333-5555 in pkg:npm/sand (0.9.0, 1.0.4): ${until}`,
      ],
      failed: [],
    })
    expect(report.configuration?.map(({ name }) => name)).toEqual([
      'advisory-exceptions',
      'package-lock.json',
    ])
    expect(outcomeOfTests(report)).toBe('accepted')
  })

  it('fails by the check and by the advisory', async () => {
    const report = await read(fixture('npm-audit.json'), {
      exceptions: [exception('GHSA-2222-3333-4444', { expires: '2026-01-01T00:00:00Z' })],
    })
    expect(report.failed).toEqual([
      'GHSA-2222-3333-4444 in pkg:npm/sand: expired',
      'GHSA-2222-3333-5555 in pkg:npm/sand: unknown',
      'GHSA-2222-3333-6666 in pkg:npm/hod: critical',
      'GHSA-2222-3333-7777 in pkg:npm/%40yard/gate: unknown',
      'no-critical-advisory',
      'no-expired-exception',
      'no-unknown-advisory',
    ])
    expect(report.passed).toEqual(['no-unrated-advisory'])
    expect(outcomeOfTests(report)).toBe('rejected')
  })

  it('has passed where there is no advisory at all', async () => {
    const report = await read(fixture('npm-audit-none.json'))
    expect(report.counts).toMatchObject({ cases: 4, passed: 4 })
    expect(report.configuration).toHaveLength(1)
  })

  it('is not about a snapshot in which its packages are not, or of which it looked at none', async () => {
    const empty = '{"lockfileVersion":3,"packages":{"":{}}}'
    const elsewhere = await read(fixture('npm-audit-moderate.json'), {
      exceptions: EXCEPTIONS,
      files: { ...LOCKED, 'package-lock.json': empty },
    })
    expect(elsewhere.failed).toContain('report-about-snapshot')
    const none = changed('npm-audit-none.json', ({ metadata }) => {
      metadata.dependencies.total = 0
    })
    const blind = await read(none, { files: LOCKED })
    expect(blind.failed).toEqual(['report-about-snapshot'])
  })

  it('of a list does not say that it is about a snapshot, nor what is in none', async () => {
    const report = await read(fixture('osv-list.json'), {
      exceptions: EXCEPTIONS,
      files: LOCKED,
    })
    expect(report.passed).not.toContain('report-about-snapshot')
    expect(report).toMatchObject({ failed: [], warned: [expect.stringContaining('pkg:npm/sand')] })
  })

  it('names some of many versions, and how many more there are', async () => {
    const packages = ['1', '2', '3', '4', '5', '6'].map((version) => ({
      package: { name: 'sand', version, ecosystem: 'npm' },
      vulnerabilities: [{ id: 'OSV-1' }],
    }))
    const { failed } = await read({ results: [{ packages }] })
    expect(failed[0]).toBe('OSV-1 in pkg:npm/sand (1, 2, 3, 4, 5 and 1 more version): unknown')
  })

  it('is judged as of the time that is given: no exception helps once it is over', async () => {
    const bytes = await write(fixture('npm-audit-moderate.json'), { exceptions: EXCEPTIONS })
    const at = async (time: string) =>
      outcomeOfTests(taken(await readTestReport(bytes, { now: Date.parse(time) })))
    expect(await at('2026-12-31T00:00:00Z')).toBe('accepted')
    expect(await at('2027-01-01T00:00:00Z')).toBe('rejected')
  })

  it('is refused where it states what its facts do not come to', async () => {
    const bytes = await write(fixture('npm-audit.json'))
    const document: Changeable = JSON.parse(Buffer.from(bytes).toString())
    document.counts.critical = 0
    const edited = await readTestReport(Buffer.from(JSON.stringify(document)))
    expect(edited).toMatchObject({
      problems: [
        { code: 'record/test-report-format', because: [{ code: 'snapshot/advisory-audit' }] },
      ],
    })
    const named = await readTestReport(Buffer.from('{}'), { format: 'advisory-audit' })
    expect(named).toMatchObject({ problems: [{ code: 'record/test-report-format' }] })
  })
})
