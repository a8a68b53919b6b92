// The twenty-five conditions of the shipped playbook (seed ruling 38), each broken by itself.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { type Check, encodeUtf8, type JsonObject, type JsonValue } from '../../../src/core/index.ts'
import { summarizePlaybook } from '../../../src/gate/index.ts'
import { lintPolicies, parsePolicies } from '../../../src/policy/index.ts'
import {
  ciOf,
  commandOf,
  FILES,
  type Files,
  JOBS,
  judge,
  POLICY,
  REGISTRY,
  SIGNED,
  SUMMARIES,
  summary,
  wordOf,
} from './playbook-world.ts'

const { controls } = POLICY
const jobs = controls.flatMap((control) => ('job' in control ? [control] : []))
const reports = controls.flatMap((control) => ('report' in control ? [control] : []))
const summaries = controls.flatMap((control) => ('summary' in control ? [control] : []))

/** The files with another value at the place that a control looks at. */
function changed({ report: { path, at } }: (typeof reports)[number], value: JsonValue): Files {
  const [member, inner] = at.split('/').slice(1)
  const before = FILES[path] as JsonObject
  const after = inner === undefined ? value : { ...(before[member!] as JsonObject), [inner]: value }
  return { ...FILES, [path]: { ...before, [member!]: after } }
}
const without = (path: string): Files =>
  Object.fromEntries(Object.entries(FILES).filter(([name]) => name !== path))
const withoutJob = (name: string) => [
  ciOf({ passedTests: JOBS.filter((job) => job !== name) }),
  ...SIGNED.slice(1),
]

describe('the shipped playbook', () => {
  it('has 25 conditions: 4 jobs, 7 statuses, 12 over four reports, and 2 summaries', () => {
    expect(controls).toHaveLength(25)
    expect(jobs).toHaveLength(4)
    expect(reports.filter(({ section }) => section === '2.2')).toHaveLength(7)
    const durable = reports.filter(({ section }) => section === '2.3')
    expect(durable).toHaveLength(12)
    expect(new Set(durable.map(({ report }) => report.path)).size).toBe(4)
    expect(summaries.map(({ summary: { path } }) => path)).toEqual(SUMMARIES)
    expect(lintPolicies(REGISTRY)).toEqual([])
  })

  it('is go where all of them hold', () => {
    const found = judge()
    expect(found.decision).toBe('go')
    expect(found.exception).toBeUndefined()
    expect(summarizePlaybook(found)).toMatchObject({
      status: 'passed',
      counts: { passed: 27, unverified: 0, missing: 0, failed: 0 },
      decision: { owner: 'alice', approver: 'bob' },
    })
    expect(summarizePlaybook(found).firstFailing).toBeUndefined()
  })

  it('has each control once', () => {
    const file = join(ROOT, 'policies/production-readiness/playbook.yaml')
    const text = readFileSync(file, 'utf8').replace('id: runtime_canary\n', 'id: dx_metrics\n')
    const read = parsePolicies([{ name: 'playbook.yaml', bytes: encodeUtf8(text) }])
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'policy/member' }] })
  })
})

describe('a job', () => {
  it.each(jobs)('$id is missing where nobody names it', ({ id }) => {
    const found = judge({ evidence: withoutJob(id) })
    expect([found.decision, wordOf(found, id)]).toEqual(['no-go', 'missing'])
    expect(summarizePlaybook(found).firstFailing).toMatchObject({ id, section: '2.1' })
    const codes = found.controls.map(({ check }) => check.code)
    expect(codes).toContain('gate/playbook-job')
  })

  it.each(jobs)('$id that failed breaks it, unless it only has to complete', ({ id, job }) => {
    const others = JOBS.filter((name) => name !== id)
    const evidence = [ciOf({ passedTests: others, failedTests: [id] }), ...SIGNED.slice(1)]
    const found = judge({ evidence })
    const isOnlyToComplete = job.publishes !== undefined
    expect(wordOf(found, id)).toBe(isOnlyToComplete ? 'passed' : 'failed')
    expect(found.decision).toBe(isOnlyToComplete ? 'go' : 'no-go')
    const not = others.filter((name) => wordOf(found, name) !== 'passed')
    expect(not).toEqual([])
  })

  it('that only warned did not pass', () => {
    const evidence = [ciOf({ passedTests: JOBS.slice(1), warnedTests: [JOBS[0]!] })]
    expect(wordOf(judge({ evidence }), JOBS[0]!)).toBe('failed')
  })

  it('publishes its files, each by its digest', () => {
    const { id, job } = jobs[3]!
    for (const path of job.publishes!) {
      expect(wordOf(judge({ files: without(path) }), id)).toBe('missing')
      expect(wordOf(judge({ signed: without(path), files: FILES }), id)).toBe('unverified')
      expect(wordOf(judge({ files: { ...FILES, [path]: {} }, signed: FILES }), id)).toBe('failed')
    }
  })

  it('is told of under its name alone, or as a suite of that name', () => {
    const named = (name: string, list = 'passedTests') =>
      wordOf(
        judge({ evidence: [ciOf({ passedTests: JOBS.slice(0, 1), [list]: [name] })] }),
        'runtime_canary',
      )
    expect(named('runtime_canary > holds')).toBe('passed')
    expect(named('runtime_canary > holds', 'failedTests')).toBe('failed')
    expect(named('runtime_canary_2')).toBe('missing')
  })

  it('is what the last word of its check says', () => {
    const failed = ciOf({ failedTests: JOBS })
    const passed = SIGNED[0]
    const wordFor = (...evidence: (typeof failed)[]) =>
      wordOf(judge({ evidence }), 'runtime_canary')
    const later = ciOf({ passedTests: JOBS })
    expect(wordFor(failed, later)).toBe('passed')
    expect(wordFor(later, ciOf({ failedTests: JOBS }))).toBe('failed')
    expect(wordFor(passed, failed)).toBe('failed')
    const other = { configuration: [], passedTests: JOBS }
    expect(wordFor(failed, ciOf({ passedTests: JOBS }, { predicate: other }))).toBe('failed')
    const bob = { name: 'b', principal: 'b', kind: 'automation', roles: ['release'] } as const
    expect(wordFor(failed, ciOf({ passedTests: JOBS }, { signer: bob }))).toBe('failed')
  })

  it.each([
    ['for another reason than its jobs', 'record/about'],
    ['without a reason', undefined],
  ])('is missing in a record that is refused %s', (_, code) => {
    const refused = ciOf({ passedTests: JOBS })
    const reason: Check = {
      name: 'about',
      outcome: 'rejected',
      message: 'Another set',
      ...(code !== undefined && { code }),
    }
    const computed = { ...refused.computed, outcome: 'rejected', reason } as const
    expect(wordOf(judge({ evidence: [{ ...refused, computed }] }), 'runtime_canary')).toBe(
      'missing',
    )
  })

  it.each([null, { passedTests: 'runtime_canary' }])('is not found in %j', (predicate) => {
    const evidence = [ciOf({}, { predicate: predicate as JsonValue })]
    expect(wordOf(judge({ evidence }), 'runtime_canary')).toBe('missing')
  })
})

describe('a report', () => {
  it.each(reports)('$id is broken by another value', (control) => {
    const { id, section } = control
    const found = judge({ files: changed(control, 'failed') })
    expect([found.decision, wordOf(found, id)]).toEqual(['no-go', 'failed'])
    expect(summarizePlaybook(found).firstFailing).toMatchObject({ section })
    const check = found.controls.find((one) => one.id === id)?.check
    expect(check).toMatchObject({ code: 'gate/playbook-condition', found: '"failed"' })
  })

  it.each(reports)(
    '$id is missing without its file, and unverified where nobody names it',
    (one) => {
      const { id, report } = one
      expect(wordOf(judge({ files: without(report.path) }), id)).toBe('missing')
      const loose = judge({ files: FILES, signed: without(report.path) })
      expect([loose.decision, wordOf(loose, id)]).toEqual(['no-go', 'unverified'])
    },
  )

  it.each([
    ['unverified', 'unverified'],
    ['Passed', 'failed'],
    ['skipped', 'failed'],
    [true, 'failed'],
    [null, 'failed'],
    [[], 'failed'],
    [{}, 'failed'],
  ])('that says %j is %s', (value, word) => {
    const control = reports[0]!
    const found = judge({ files: changed(control, value) })
    expect([found.decision, wordOf(found, control.id)]).toEqual(['no-go', word])
  })

  it.each(['0', 0.5, false, 1])('of failures says 0 by no other value, such as %j', (value) => {
    const control = reports.find(({ report }) => report.equals === 0)!
    expect(wordOf(judge({ files: changed(control, value) }), control.id)).toBe('failed')
  })

  it('that is no object says nothing', () => {
    const { id, report } = reports[0]!
    expect(wordOf(judge({ files: { ...FILES, [report.path]: [] } }), id)).toBe('failed')
  })

  it('that two sign otherwise is failed', () => {
    const { id, report } = reports[0]!
    const bob = { name: 'bob', principal: 'bob', kind: 'person', roles: ['release'] } as const
    const more = [commandOf({ [report.path]: { status: 'failed' } }, { signer: bob })]
    expect(wordOf(judge({ more }), id)).toBe('failed')
  })

  it('that nobody looked at is missing', () => {
    const found = judge({ rest: { reports: new Map() } })
    expect(wordOf(found, reports[0]!.id)).toBe('missing')
    expect(wordOf(found, jobs[3]!.id)).toBe('missing')
    expect(found.decision).toBe('no-go')
  })
})

describe('an executive summary', () => {
  const { id, summary: place } = summaries[0]!
  const said = (document: JsonValue) => {
    const found = judge({ files: { ...FILES, [place.path]: document } })
    const control = found.controls.find((one) => one.id === id)
    if (control?.word !== 'passed') {
      const codes = control?.check.checks?.flatMap(({ code }) => code ?? [])
      expect(codes).toEqual(['gate/playbook-summary'])
    }
    return [control?.word, control?.affected]
  }

  it.each(summaries)('$id has to be there, and bound', (one) => {
    const { path } = one.summary
    expect(wordOf(judge({ files: without(path) }), one.id)).toBe('missing')
    expect(wordOf(judge({ files: FILES, signed: without(path) }), one.id)).toBe('unverified')
    expect(judge({ files: FILES, signed: without(path) }).decision).toBe('no-go')
  })

  it.each([
    ['passed', summary('passed'), 'passed', []],
    ['failed', summary('failed', { a: 'failed' }), 'failed', []],
    [
      'unverified, of two',
      summary('unverified', { a: 'unverified', b: 'unverified' }),
      'unverified',
      ['a', 'b'],
    ],
    ['another word', summary('ok'), 'failed', []],
    ['passed over a failure', summary('passed', { a: 'failed' }), 'failed', []],
    ['passed over another word', summary('passed', { a: 'odd' }), 'failed', []],
    ['passed over what is unverified', summary('passed', { a: 'unverified' }), 'failed', []],
    ['unverified over a failure', summary('unverified', { a: 'failed' }), 'failed', []],
    ['unverified, of nothing', summary('unverified'), 'failed', []],
    ['passed without a list', { status: 'passed' }, 'failed', []],
    ['passed over an empty list', { status: 'passed', controls: [] }, 'failed', []],
    [
      'unverified, of no name',
      { status: 'unverified', controls: [{ status: 'unverified' }] },
      'unverified',
      [''],
    ],
    ['a list of words', { status: 'passed', controls: ['passed'] }, 'failed', []],
    ['nothing', {}, 'failed', []],
  ] as const)('that says %s', (_, document, word, affected) => {
    expect(said(document as JsonValue)).toEqual([word, affected])
  })
})
