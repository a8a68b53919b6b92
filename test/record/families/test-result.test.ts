import { describe, expect, it } from 'vitest'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { digestOf } from '../../verify/release.ts'
import {
  COMMIT_SUBJECT,
  type ContextOptions,
  type FoldedOptions,
  foldedProvenance,
  foldedRecord,
  viewAmong,
} from '../folded.ts'
import { shippedRegistry } from '../registry.ts'
import { RELEASE, SET } from '../signed.ts'

const CONFIGURATION = [{ name: 'vitest.config.ts', digest: { sha256: digestOf('config') } }]
const PASSED = { result: 'PASSED', configuration: CONFIGURATION, passedTests: ['lint', 'unit'] }
const FAILED = { result: 'FAILED', configuration: CONFIGURATION, failedTests: ['unit'] }
const EMPTY = { result: 'PASSED', configuration: CONFIGURATION }

/** An evidence definition with two names that have to pass. */
const SIGNER_BOUNDARY = 'evidence.platform.signer_boundary_workflow'
const BOTH = ['signer-health', 'key-list-consistent-with-expected-reference-and-address']
const UNDER_POLICIES: ContextOptions = { registry: shippedRegistry() }

const record = (members: object, options?: FoldedOptions) =>
  foldedRecord(TEST_RESULT, members, options)
const answering = (members: object, options?: FoldedOptions) =>
  record({ configuration: CONFIGURATION, ...members }, { evidence: SIGNER_BOUNDARY, ...options })
const viewOf = (members: object) => {
  const one = record(members)
  return viewAmong(TEST_RESULT, one, [one])
}
const codesOf = ({ check }: ReturnType<typeof viewOf>) =>
  (check.checks ?? []).flatMap(({ code }) => code ?? [])

describe('The view of a test result', () => {
  it('is that all passed, reported by who signed', () => {
    expect(viewOf(PASSED)).toMatchObject({
      status: 'passed',
      check: { outcome: 'accepted' },
      facts: {
        reportedBy: 'operator',
        passed: 2,
        warned: 0,
        failed: 0,
        required: [],
        configuration: [digestOf('config')],
      },
    })
  })

  it('is that some warned', () => {
    const view = viewOf({ ...PASSED, result: 'WARNED', warnedTests: ['flaky'] })
    expect(view).toMatchObject({ status: 'warned', check: { outcome: 'accepted' } })
  })

  it('is that something failed, and what', () => {
    const view = viewOf(FAILED)
    expect(view).toMatchObject({ status: 'failed', check: { outcome: 'rejected' } })
    expect(view.check.checks).toContainEqual(
      expect.objectContaining({ code: 'record/check-failed', found: '"unit"' }),
    )
  })

  it('names ten tests that failed, and how many more there are', () => {
    const failedTests = Array.from({ length: 12 }, (_, index) => `test ${index}`)
    const { check } = viewOf({ ...FAILED, failedTests })
    expect(check.checks?.[1]?.found).toMatch(/^"test 0".*"test 9" and 2 more$/)
  })

  it('is that there are no tests where none is named (A-68)', () => {
    const view = viewOf(EMPTY)
    expect(view).toMatchObject({ status: 'no-tests', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/check-missing'])
  })

  it('is that nothing passed where there are warnings alone (A-68)', () => {
    const view = viewOf({ result: 'WARNED', configuration: CONFIGURATION, warnedTests: ['unit'] })
    expect(view).toMatchObject({ status: 'nothing-passed', check: { outcome: 'missing' } })
    expect(view.check.checks).toContainEqual(
      expect.objectContaining({
        code: 'record/check-missing',
        expected: 'at least one result that passed',
      }),
    )
  })

  it('is that something failed where the word says so and no test is named', () => {
    const view = viewOf({ ...EMPTY, result: 'FAILED' })
    expect(view).toMatchObject({ status: 'failed', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/check-missing', 'record/check-failed'])
  })

  it('is that the set is another one', () => {
    const one = record(PASSED)
    const other = record(PASSED, { about: { ...SET, digest: digestOf('another set') }, index: 1 })
    const view = viewAmong(TEST_RESULT, other, [one, other])
    expect(view).toMatchObject({ status: 'out-of-place', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/subject'])
    expect(codesOf(viewAmong(TEST_RESULT, one, [one, other]))).toEqual([])
    expect(viewAmong(TEST_RESULT, one, []).check.checks?.[0]).toMatchObject({
      code: 'record/subject',
      expected: `"${RELEASE.artifactSetId}" with sha256:none`,
    })
  })
})

describe('The names that its evidence requires', () => {
  const judge = (members: object, options?: FoldedOptions) => {
    const one = answering(members, options)
    return viewAmong(TEST_RESULT, one, [one], UNDER_POLICIES)
  }

  it('are all there and passed', () => {
    const view = judge({ result: 'PASSED', passedTests: [...BOTH, 'more'] })
    expect(view).toMatchObject({ status: 'passed', facts: { required: BOTH } })
    expect(view.check.outcome).toBe('accepted')
  })

  it('are not all there', () => {
    const view = judge({ result: 'PASSED', passedTests: BOTH.slice(1) })
    expect(view).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/check-missing'])
  })

  it('are there, and one of them only warned', () => {
    const view = judge({
      result: 'WARNED',
      passedTests: BOTH.slice(1),
      warnedTests: BOTH.slice(0, 1),
    })
    expect(view).toMatchObject({ status: 'incomplete', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/check-warned'])
  })

  it('are not known without the policies', () => {
    const one = answering({ result: 'PASSED', passedTests: BOTH })
    const view = viewAmong(TEST_RESULT, one, [one])
    expect(codesOf(view)).toEqual(['record/policy-unknown'])
    expect(view.check.outcome).toBe('missing')
  })

  it('are those of evidence that test results can answer', () => {
    const evidence = 'evidence.staging.web_edge_smoke'
    expect(codesOf(judge({ result: 'PASSED', passedTests: BOTH }, { evidence }))).toEqual([
      'record/evidence',
    ])
  })

  it('are those of evidence about a commit where the record is about one', () => {
    const of = (evidence: string, about: FoldedOptions['about']) => {
      const one = record(PASSED, { evidence, about: about ?? SET, index: 1 })
      const items = [record(PASSED), one, foldedProvenance()]
      return codesOf(viewAmong(TEST_RESULT, one, items, UNDER_POLICIES))
    }
    const commit = 'evidence.repo.ci_monorepo_validation'
    expect(of(commit, COMMIT_SUBJECT)).toEqual([])
    expect(of(commit, SET)).toEqual(['record/evidence'])
    const set = 'evidence.staging.web_edge_smoke'
    expect(of(set, COMMIT_SUBJECT)).toContain('record/evidence')
    // A checkout can be looked at before there is any set.
    expect(of('evidence.staging.cloud_preflight', SET)).toEqual([])
    expect(of('evidence.staging.cloud_preflight', COMMIT_SUBJECT)).toEqual([])
  })
})

describe('A test result about a commit', () => {
  const ofCommit = record(PASSED, { about: COMMIT_SUBJECT, index: 2 })
  const ofSet = record(PASSED, { index: 1 })

  it('counts for a set that accepted provenance shows to be built from it', () => {
    const items = [foldedProvenance(), ofSet, ofCommit]
    expect(viewAmong(TEST_RESULT, ofCommit, items).check.outcome).toBe('accepted')
  })

  it('counts for none without it', () => {
    const view = viewAmong(TEST_RESULT, ofCommit, [ofSet, ofCommit])
    expect(codesOf(view)).toEqual(['record/provenance-missing'])
    expect(view.check.outcome).toBe('missing')
  })

  it('is overtaken by a later failure about the commit, and by none about the set', () => {
    const failing = record(FAILED, { about: COMMIT_SUBJECT, index: 3 })
    const aside = record(FAILED, { index: 4 })
    const items = [foldedProvenance(), ofSet, ofCommit]
    expect(viewAmong(TEST_RESULT, ofCommit, [...items, failing]).status).toBe('failed-later')
    expect(viewAmong(TEST_RESULT, ofCommit, [...items, aside]).status).toBe('passed')
  })
})

describe('A later result of the same check', () => {
  const first = answering({ result: 'PASSED', passedTests: BOTH }, { index: 1 })
  const later = (members: object, options?: FoldedOptions) =>
    answering(members, { index: 2, ...options })
  const among = (...others: readonly ReturnType<typeof record>[]) =>
    viewAmong(TEST_RESULT, first, [first, ...others], UNDER_POLICIES)
  const failing = later({ result: 'FAILED', failedTests: ['signer-health'] })

  it('takes the success away where it failed', () => {
    const view = among(failing)
    expect(view).toMatchObject({ status: 'failed-later', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/later-failure'])
  })

  it('gives it back where a still later one passed whole, and not where it is incomplete', () => {
    const passing = later({ result: 'PASSED', passedTests: BOTH }, { index: 3 })
    const half = later({ result: 'PASSED', passedTests: ['signer-health'] }, { index: 3 })
    expect(among(failing, passing).status).toBe('passed')
    expect(among(failing, half).status).toBe('failed-later')
    expect(among(failing, later({ result: 'PASSED' }, { index: 3 })).status).toBe('failed-later')
  })

  it.each<[string, ReturnType<typeof record>]>([
    ['is incomplete', later({ result: 'PASSED', passedTests: ['signer-health'] })],
    ['has no tests', later({ result: 'PASSED' })],
    [
      'is of another configuration',
      later({
        result: 'FAILED',
        failedTests: ['signer-health'],
        configuration: [{ digest: { sha256: digestOf('another config') } }],
      }),
    ],
    [
      'answers other evidence',
      later(
        { result: 'FAILED', failedTests: ['a'] },
        { evidence: 'evidence.staging.cloud_preflight' },
      ),
    ],
    ['stood before', later({ result: 'FAILED', failedTests: ['a'] }, { index: 0 })],
  ])('changes nothing where it %s', (_, other) => {
    expect(among(other)).toMatchObject({ status: 'passed', check: { outcome: 'accepted' } })
    expect(among(failing).status).toBe('failed-later')
  })

  it('is of the same check whatever the order of its configuration, and whichever phase it is of', () => {
    const [one] = CONFIGURATION
    const two = { digest: { sha256: digestOf('a second file') } }
    const passing = answering(
      { result: 'PASSED', passedTests: BOTH, configuration: [one, two] },
      { index: 1 },
    )
    const failed = later(
      { result: 'FAILED', failedTests: BOTH, configuration: [two, one] },
      { header: { release: { ...RELEASE, phase: 'post-deploy-smoke-verified' } } },
    )
    const view = viewAmong(TEST_RESULT, passing, [passing, failed], UNDER_POLICIES)
    expect(view.status).toBe('failed-later')
  })
})
