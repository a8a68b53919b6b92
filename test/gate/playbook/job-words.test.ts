// Which words about a job are heard, and which of them are about the same check.

import { describe, expect, it } from 'vitest'
import type { Check, JsonObject } from '../../../src/core/index.ts'
import type { Evidence } from '../../../src/policy/index.ts'
import { digestBytes } from '../../../src/digest/index.ts'
import { bytesOf, ciOf, FILES, JOBS, judge, SIGNED, wordOf } from './playbook-world.ts'

describe('a job', () => {
  it('that failed is heard also where its record is refused for something else, and one that passed is not', () => {
    const refused = (one: ReturnType<typeof ciOf>) => {
      const reason: Check = { name: 'all', outcome: 'rejected', message: 'Refused' }
      const other: Check = { ...reason, outcome: 'missing', code: 'record/evidence' }
      const both = { ...reason, checks: [one.computed.reason, other] }
      return { ...one, computed: { ...one.computed, outcome: 'rejected', reason: both } as const }
    }
    const [first] = JOBS
    const failed = refused(ciOf({ failedTests: [first!] }))
    expect(wordOf(judge({ more: [failed] }), first!)).toBe('failed')
    const rerun = ciOf({ passedTests: [first!] })
    expect(wordOf(judge({ more: [failed, rerun] }), first!)).toBe('passed')
    expect(
      wordOf(judge({ more: [failed, refused(ciOf({ passedTests: [first!] }))] }), first!),
    ).toBe('failed')
  })

  it('that ran again and wrote its reports anew is the same job', () => {
    const [first] = JOBS
    const path = Object.keys(FILES)[0]!
    const bytes = bytesOf(FILES[path]!)
    const own = { digest: { sha256: 'c1'.repeat(32) } }
    const wrote = (sha256: string, name = path) => ({
      configuration: [own, { name, digest: { sha256 } }],
    })
    const failed = (members: object) => {
      const one = ciOf({ failedTests: [first!] })
      return { ...one, predicate: { ...(one.predicate as JsonObject), ...members } }
    }
    const passed = (members: object) => {
      const one = ciOf({ passedTests: [first!] })
      return { ...one, predicate: { ...(one.predicate as JsonObject), ...members } }
    }
    const now = digestBytes('sha256', bytes)
    const again = [failed(wrote('d2'.repeat(32))), passed(wrote(now))]
    expect(wordOf(judge({ more: again }), first!)).toBe('passed')
    // What nobody reads as a report is what the job ran with.
    const others = [failed(wrote('d2'.repeat(32), 'ci.yml')), passed(wrote(now, 'ci.yml'))]
    expect(wordOf(judge({ more: others }), first!)).toBe('failed')
  })

  it('passed where a signer in the role says so, and in the word of nobody else', () => {
    const [first = ''] = JOBS
    const signer = { name: 'smoker', principal: 'smoker', kind: 'automation' } as const
    const smoker: Partial<Evidence> = { signer: { ...signer, roles: ['smoke'] } }
    const approvals = SIGNED.slice(1)
    const told = (...results: readonly Evidence[]) =>
      JOBS.map((job) => wordOf(judge({ evidence: [...results, ...approvals] }), job))
    expect(told(ciOf({ passedTests: JOBS }))).toEqual(JOBS.map(() => 'passed'))
    expect(told(ciOf({ passedTests: JOBS }, smoker))).toEqual(JOBS.map(() => 'missing'))
    // As JUnit has it, of a suite that is called like the job.
    const suites = JOBS.map((job) => `${job} > x`)
    expect(told(ciOf({ passedTests: suites }, smoker))).toEqual(JOBS.map(() => 'missing'))
    expect(told(ciOf({ passedTests: suites }))).toEqual(JOBS.map(() => 'passed'))
    // That it failed is heard from everybody, until they say otherwise.
    const ci = ciOf({ passedTests: JOBS })
    const failed = ciOf({ failedTests: [first] }, smoker)
    expect(told(ci, failed)[0]).toBe('failed')
    expect(told(failed)[0]).toBe('failed')
    expect(told(ci, failed, ciOf({ passedTests: [first] }))[0]).toBe('failed')
    expect(told(ci, failed, ciOf({ passedTests: [first] }, smoker))[0]).toBe('passed')
  })

  it('that its signer failed in the role did not pass by another key of theirs', () => {
    const [first = ''] = JOBS
    const failed = ciOf({ failedTests: [first] })
    const other = { ...failed.signer, roles: ['smoke'] }
    expect(wordOf(judge({ more: [failed, ciOf({ passedTests: [first] })] }), first)).toBe('passed')
    const passed = ciOf({ passedTests: [first] }, { signer: other })
    expect(wordOf(judge({ more: [failed, passed] }), first)).toBe('failed')
  })
})
