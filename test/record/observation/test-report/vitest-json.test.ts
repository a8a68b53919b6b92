import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/index.ts'
import { outcomeOfTests, readTestReport } from '../../../../src/record/observation/index.ts'
import { codes, valueOf } from '../../../trust/keys.ts'
import { listsOf, readText } from './reading.ts'

const TEST = { ancestorTitles: ['s'], title: 'a', status: 'passed' }
const FILE = { name: '/web/a.test.ts', status: 'passed', assertionResults: [TEST] }
const OPTIONS = { folder: '/web' }

const report = (file: object, rest: object = {}) =>
  JSON.stringify({ ...rest, testResults: [{ ...FILE, ...file }] })
const read = (file: object, rest: object = {}) => readText(report(file, rest), OPTIONS)

describe('the JSON of Vitest and Jest', () => {
  it.each([
    ['passed', 'passed'],
    ['failed', 'failed'],
    ['skipped', 'skipped'],
    ['pending', 'skipped'],
    ['disabled', 'skipped'],
    ['todo', 'todo'],
  ])('takes a test that is %s for %s', async (status, outcome) => {
    const file = {
      status: status === 'failed' ? 'failed' : 'passed',
      assertionResults: [{ ...TEST, status }],
    }
    expect(await listsOf(report(file), OPTIONS)).toEqual({ [outcome]: ['a.test.ts > s > a'] })
  })

  it('counts a file that failed by itself as a failed case', async () => {
    const file = { status: 'failed', assertionResults: [] }
    expect(await listsOf(report(file), OPTIONS)).toEqual({ failed: ['a.test.ts'] })
    expect(await listsOf(report({ status: 'failed' }), OPTIONS)).toEqual({
      passed: ['a.test.ts > s > a'],
      failed: ['a.test.ts'],
    })
  })

  it('calls a report without any test missing', async () => {
    expect(outcomeOfTests(valueOf(await readText('{"testResults":[]}')))).toBe('missing')
    expect(outcomeOfTests(valueOf(await read({ assertionResults: [] })))).toBe('missing')
  })

  it('names files from the folder in which the tests ran', async () => {
    const nameOf = async (name: string, folder?: string) =>
      listsOf(report({ name }), { ...(folder !== undefined && { folder }) })
    expect(await nameOf('a.test.ts')).toEqual({ passed: ['a.test.ts > s > a'] })
    expect(await nameOf('/web/in/a.test.ts', '/web/')).toEqual({ passed: ['in/a.test.ts > s > a'] })
    expect(await nameOf('C:\\web\\in\\a.test.ts', 'C:\\web')).toEqual({
      passed: ['in/a.test.ts > s > a'],
    })
    expect(await nameOf('/website/a.test.ts', '/web')).toEqual([
      'record/test-report-name: Expected the folder that "/website/a.test.ts" is to be named from, but "/web" is not above it',
    ])
    expect(await nameOf('C:\\web\\a.test.ts')).toEqual([
      'record/test-report-name: Expected the folder that "C:\\\\web\\\\a.test.ts" is to be named from, but none was given',
    ])
  })

  it('tells once that the folder is not that of the tests', async () => {
    const text = JSON.stringify({ testResults: [FILE, FILE] })
    expect(codes(await readText(text))).toEqual(['record/test-report-name'])
  })

  it.each([
    ['numTotalTests', 2],
    ['numPassedTests', 0],
    ['numFailedTests', 1],
    ['numPendingTests', 1],
    ['numTodoTests', '1'],
    ['success', false],
    ['success', 'yes'],
  ])('is refused where %s is %s and the cases are not', async (member, value) => {
    const found = await read({}, { [member]: value })
    expect(found).toMatchObject({
      problems: [{ code: 'record/test-report-contradiction', at: `/${member}` }],
    })
  })

  it('is taken where its numbers are those of its cases', async () => {
    const numbers = { numTotalTests: 1, numPassedTests: 1, numFailedTests: 0, success: true }
    expect(codes(await read({}, numbers))).toBe('accepted')
    const failed = await read({ status: 'failed', assertionResults: [] }, { success: false })
    expect(codes(failed)).toBe('accepted')
    expect(codes(await read({ status: 'failed' }, { success: true }))).toEqual([
      'record/test-report-contradiction',
    ])
  })

  it('is refused where a file passed and a test in it did not', async () => {
    const found = await read({ assertionResults: [{ ...TEST, status: 'failed' }] })
    expect(codes(found)).toEqual(['record/test-report-contradiction'])
  })

  it.each<[object, string]>([
    [{ name: 1 }, 'record/test-report-format'],
    [{ status: 'skipped' }, 'record/test-report-format'],
    [{ assertionResults: {} }, 'record/test-report-format'],
    [{ assertionResults: [1] }, 'record/test-report-format'],
    [{ assertionResults: [{ ...TEST, ancestorTitles: 's' }] }, 'record/test-report-format'],
    [{ assertionResults: [{ ...TEST, ancestorTitles: [1] }] }, 'record/test-report-format'],
    [{ assertionResults: [{ ...TEST, title: 1 }] }, 'record/test-report-format'],
    [{ assertionResults: [{ ...TEST, title: ' ' }] }, 'record/test-report-name'],
    [{ assertionResults: [{ ...TEST, title: 'n'.repeat(5000) }] }, 'record/test-report-name'],
    [{ assertionResults: [{ ...TEST, status: 'focused' }] }, 'record/test-report-result'],
    [{ assertionResults: [{ ...TEST, status: 1 }] }, 'record/test-report-result'],
  ])('is refused with %j', async (file, code) => {
    expect(codes(await read(file))).toEqual([code])
  })

  it('is refused where it is no such report', async () => {
    for (const text of ['{', '{}', '{"testResults":{}}', '{"testResults":[1]}', '{"a":1,"a":2}']) {
      expect(codes(await readText(text)), text).toEqual(['record/test-report-format'])
    }
    expect(codes(await readText('[]', { format: 'vitest-json' }))).toEqual([
      'record/test-report-format',
    ])
  })

  it('is refused with more cases than are read', async () => {
    const assertionResults = Array.from({ length: LIMITS.testCasesMax + 1 }, () => TEST)
    expect(codes(await read({ assertionResults }))).toEqual(['record/test-report-limit'])
    expect(codes(await read({ assertionResults: assertionResults.slice(1) }))).toBe('accepted')
  })
})

describe('readTestReport()', () => {
  it('takes the format that it is given, and else tells it from the bytes', async () => {
    expect(codes(await readText(`  \n${report({})}`, OPTIONS))).toBe('accepted')
    expect(codes(await readText(report({}), { ...OPTIONS, format: 'junit' }))).toEqual([
      'record/test-report-format',
    ])
    for (const text of ['', '  ', 'ok 1 - a\n', '1..1\n', '%PDF']) {
      expect(codes(await readText(text)), text).toEqual(['record/test-report-format'])
    }
  })

  it('refuses what is larger than anything that is read, and what is no UTF-8', async () => {
    const large = new Uint8Array(LIMITS.testReportBytesMax + 1)
    expect(codes(await readTestReport(large))).toEqual(['record/test-report-limit'])
    expect(codes(await readTestReport(Uint8Array.of(0x3c, 0xff)))).toEqual([
      'record/test-report-format',
    ])
  })
})
