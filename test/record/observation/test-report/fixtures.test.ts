// What test runners really write: one project of tests, told by each of them in its own way.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outcomeOfTests, readTestReport } from '../../../../src/record/observation/index.ts'
import { codes, valueOf } from '../../../trust/keys.ts'

const FIXTURES = join(import.meta.dirname, '../../../../fixtures/observations/reports')
const read = (name: string) =>
  readTestReport(readFileSync(join(FIXTURES, name)), { folder: '/builds/web' })

const OF_VITEST = {
  passed: ['test/sum.test.js > sum > adds', 'test/sum.test.js > sum > inner > adds <too> & "well"'],
  skipped: ['test/sum.test.js > sum > is skipped'],
  todo: ['test/sum.test.js > sum > is to do'],
  failed: ['test/broken.test.js', 'test/sum.test.js > sum > is wrong', 'test/sum.test.js > twice'],
  counts: { cases: 8, passed: 3, warned: 0, failed: 3, skipped: 1, todo: 1 },
}

const OF_NODE = {
  passed: ['sum > adds', 'sum > inner > adds # with \\ and <signs>'],
  failed: ['sum > bad inside > bad', 'sum > is wrong'],
  skipped: ['sum > is skipped'],
  todo: ['sum > is to do'],
  counts: { cases: 6, passed: 2, warned: 0, failed: 2, skipped: 1, todo: 1 },
}

const EXPECTED: Readonly<Record<string, object>> = {
  'vitest.json': { format: 'vitest-json', ...OF_VITEST },
  'vitest.tap': { format: 'tap', ...OF_VITEST },
  'vitest-flat.tap': { format: 'tap', ...OF_VITEST },
  // It tells neither what is to do from what is skipped, nor a file from a test.
  'vitest.xml': {
    format: 'junit',
    passed: OF_VITEST.passed,
    skipped: [...OF_VITEST.skipped, ...OF_VITEST.todo],
    todo: [],
    failed: ['test/broken.test.js > test/broken.test.js', ...OF_VITEST.failed.slice(1)],
    counts: { ...OF_VITEST.counts, skipped: 2, todo: 0 },
  },
  'vitest-good.json': {
    format: 'vitest-json',
    passed: ['good/good.test.js > a suite > holds'],
    failed: [],
  },
  // A suite without any test is a test in it.
  'node-sum.xml': {
    format: 'junit',
    ...OF_NODE,
    passed: [...OF_NODE.passed, 'test > nothing'],
    counts: { ...OF_NODE.counts, cases: 7, passed: 3 },
  },
  'node-sum.tap': { format: 'tap', ...OF_NODE },
  'node-parent.tap': { format: 'tap', passed: ['parent > child'], failed: ['parent'] },
  'pytest.xml': {
    format: 'junit',
    passed: [
      'pytest > sum_test > test_each[\\x1b[2J]',
      'pytest > sum_test > test_each[a\\tb]',
      'pytest > sum_test.TestSum > test_adds',
    ],
    failed: [
      'pytest > sum_test > test_both',
      'pytest > sum_test > test_teardown',
      'pytest > sum_test.TestSum > test_wrong',
    ],
    skipped: ['pytest > sum_test > test_expected', 'pytest > sum_test > test_skipped'],
    counts: { cases: 9, passed: 3, warned: 0, failed: 4, skipped: 2, todo: 0 },
  },
  'go.xml': {
    format: 'junit',
    passed: ['example.org/sum > TestAdds'],
    failed: ['example.org/sum > TestWrong', 'example.org/sum > TestWrong/inner'],
    skipped: ['example.org/sum > TestSkipped'],
    counts: { cases: 4, passed: 1, warned: 0, failed: 2, skipped: 1, todo: 0 },
  },
}

describe('readTestReport()', () => {
  it.each(Object.entries(EXPECTED))('reads %s case by case', async (name, expected) => {
    const report = valueOf(await read(name))
    expect(report).toMatchObject({ warned: [], ...expected })
    const outcome = name === 'vitest-good.json' ? 'accepted' : 'rejected'
    expect(outcomeOfTests(report)).toBe(outcome)
  })

  it('refuses the XML of Node where a failed test with subtests is lost in it', async () => {
    const report = await read('node-parent.xml')
    expect(report).toMatchObject({
      problems: [
        {
          code: 'record/test-report-contradiction',
          message: 'Expected the number of failed tests as the cases show it, which is 0, found 1',
        },
      ],
    })
  })

  it('reads every fixture', () => {
    const names = readdirSync(FIXTURES)
    expect([...Object.keys(EXPECTED), 'node-parent.xml'].toSorted()).toEqual(names.toSorted())
  })

  it('refuses every fixture that is cut, or reads it as one that is not whole', async () => {
    for (const name of readdirSync(FIXTURES)) {
      const bytes = readFileSync(join(FIXTURES, name))
      const whole = await readTestReport(bytes, { folder: '/builds/web' })
      for (let end = 0; end < bytes.length - 1; end += 37) {
        const cut = await readTestReport(bytes.subarray(0, end), { folder: '/builds/web' })
        // Behind the last test of TAP stand comments alone.
        expect(codes(cut) === 'accepted' ? cut : 'refused', `${name} cut at ${end}`).toSatisfy(
          (found) => found === 'refused' || (name.endsWith('.tap') && isSame(found, whole)),
        )
      }
    }
  })
})

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
