import { describe, expect, it } from 'vitest'
import { buildTestResultMembers, TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { digestOf } from '../../verify/release.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'

const GOLDEN = goldenRecord(TEST_RESULT)
const CONFIGURATION = [{ name: 'vitest.config.ts', digest: { sha256: digestOf('config') } }]
const PASSED = { result: 'PASSED', configuration: CONFIGURATION, passedTests: ['lint', 'unit'] }

describe('A test result', () => {
  it('is written as it is read, in the standard type', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('https://in-toto.io/attestation/test-result/v0.1')
  })

  it('has a result and a configuration, and says which tests', () => {
    expect(readWithout(TEST_RESULT, GOLDEN.members)).toEqual({
      result: ['record/member'],
      configuration: ['record/member'],
      url: 'accepted',
      passedTests: 'accepted',
      // Without them, the result would be another.
      warnedTests: ['record/member'],
    })
  })

  it.each<[string, object, readonly string[]]>([
    ['a result that its lists do not give', { result: 'FAILED' }, ['record/member']],
    ['a test in two lists', { warnedTests: ['lint'], result: 'WARNED' }, ['record/member']],
    ['a test without a name', { passedTests: [''] }, ['record/member']],
    ['a name on two lines', { passedTests: ['a\nb'] }, ['record/member /passedTests/0']],
    ['no configuration', { configuration: [] }, ['record/member /configuration']],
    [
      'a configuration without a digest',
      { configuration: [{ name: 'ci.yml', uri: 'https://git.example/ci.yml' }] },
      ['record/member /configuration/0/digest', 'record/member /configuration/0'],
    ],
    [
      'a configuration twice',
      { configuration: [...CONFIGURATION, ...CONFIGURATION] },
      ['record/member /configuration'],
    ],
    ['an unknown member', { skippedTests: ['slow'] }, ['record/member']],
    ['a judgement', { verified: true }, ['record/member']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(TEST_RESULT, { ...PASSED, ...changes })).toEqual(codes)
    expect(readMembers(TEST_RESULT, PASSED)).toBe('accepted')
  })
})

describe('buildTestResultMembers()', () => {
  const report = { passed: ['a'], warned: ['b'], failed: ['c'] }
  const NOTHING = { passed: [], warned: [], failed: [] }
  const configuration = [{ name: 'ci.yml', sha256: digestOf('ci.yml') }, { sha256: digestOf('x') }]

  it('makes members of a report that the family reads, with the result that it has', () => {
    const url = 'https://ci.example/runs/4711'
    const members = buildTestResultMembers(report, { configuration, url })
    expect(members).toEqual({
      result: 'FAILED',
      configuration: [
        { name: 'ci.yml', digest: { sha256: digestOf('ci.yml') } },
        { digest: { sha256: digestOf('x') } },
      ],
      url,
      passedTests: ['a'],
      warnedTests: ['b'],
      failedTests: ['c'],
    })
    expect(readMembers(TEST_RESULT, members)).toBe('accepted')
  })

  it('takes nothing for a success', () => {
    const members = buildTestResultMembers(NOTHING, { configuration })
    expect(members['result']).toBe('WARNED')
    expect(readMembers(TEST_RESULT, members)).toBe('accepted')
    const passed = buildTestResultMembers({ ...NOTHING, passed: ['a'] }, { configuration })
    expect(passed['result']).toBe('PASSED')
  })
})
