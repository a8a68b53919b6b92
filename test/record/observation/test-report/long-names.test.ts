// The names of suites stand in a report once and in the name of every case under them: what is read is bounded by the sum of all names,
// and not by how often one is joined.

import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/index.ts'
import { readTestReport } from '../../../../src/record/observation/index.ts'
import { codes, valueOf } from '../../../trust/keys.ts'

/** A path of so many suites, each with a name of so many characters, around so many cases. */
interface Shape {
  readonly depth: number
  readonly length: number
  readonly cases: number
}

const DEPTH = 50
/** As long as a path of that depth may be, with three characters between two names and a case below it. */
const LENGTH = 78
const PATH = DEPTH * (LENGTH + 3)

const nameOf = (length: number) => 'n'.repeat(length)
const caseNames = (cases: number) => Array.from({ length: cases }, (_, at) => `c${at}`)

function junit({ depth, length, cases }: Shape): string {
  const inside = caseNames(cases)
    .map((name) => `<testcase name="${name}"/>`)
    .join('')
  const open = `<testsuite name="${nameOf(length)}">`.repeat(depth)
  return `<testsuites>${open}${inside}${'</testsuite>'.repeat(depth)}</testsuites>`
}

function tap({ depth, length, cases }: Shape): string {
  const at = (indent: number) => ' '.repeat(4 * indent)
  const points = caseNames(cases).map((name, index) => `${at(depth)}ok ${index + 1} - ${name}`)
  const ends = Array.from({ length: depth }, (_, up) => {
    const indent = at(depth - 1 - up)
    return `${indent}ok 1 - ${nameOf(length)}\n${indent}1..1`
  })
  return ['TAP version 13', ...points, `${at(depth)}1..${cases}`, ...ends, ''].join('\n')
}

function vitest({ depth, length, cases }: Shape): string {
  const assertionResults = caseNames(cases).map((title) => {
    return { ancestorTitles: [], title, status: 'passed' }
  })
  // Its reports spell the suites of each case, and the file once.
  const name = nameOf(depth * (length + 3) - 3)
  return JSON.stringify({ testResults: [{ name, status: 'passed', assertionResults }] })
}

const read = (text: string) => readTestReport(Buffer.from(text))

describe.each([
  ['JUnit', junit],
  ['TAP', tap],
  ['Vitest', vitest],
] as const)('a report of %s', (_, write) => {
  it('is read with long names, as long as all of them are no more than are kept', async () => {
    const cases = Math.floor(LIMITS.testNamesMax / (PATH + 5))
    const report = valueOf(await read(write({ depth: DEPTH, length: LENGTH, cases })))
    expect(report.passed.length).toBe(cases)
    const characters = report.passed.reduce((sum, name) => sum + name.length, 0)
    expect(characters).toBeGreaterThan(LIMITS.testNamesMax * 0.99)
    expect(characters).toBeLessThanOrEqual(LIMITS.testNamesMax)
  }, 30_000)

  it('is refused with one problem, where many cases stand under long names', async () => {
    const found = await read(write({ depth: DEPTH, length: LENGTH, cases: 90_000 }))
    expect(codes(found)).toEqual(['record/test-report-limit'])
  }, 30_000)

  it('is refused where a name is too long before the cases are named', async () => {
    const text = write({ depth: DEPTH, length: 300, cases: 2_000 })
    expect(text.length).toBeLessThan(LIMITS.testReportBytesMax)
    const found = await read(text)
    const [code = ''] = [codes(found)].flat()
    expect(code).toMatch(/^record\/test-report-(?:limit|name)$/)
    // What is told of it does not repeat the names.
    expect(JSON.stringify(found).length).toBeLessThan(50_000)
  })
})
