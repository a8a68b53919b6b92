// Whatever stands in a report, a plan or a sequence: it is read or refused, and nothing else happens.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  judgeCommandSequence,
  parseSmokePlan,
  readTestReport,
} from '../../../src/record/observation/index.ts'

const ROOT = join(import.meta.dirname, '../../..')
const REPORTS = join(ROOT, 'fixtures/observations/reports')
const reports = readdirSync(REPORTS).map((name) => readFileSync(join(REPORTS, name)))
const plan = readFileSync(join(ROOT, 'policies/smoke-plans/web-edge.yaml'))

/** Pieces that mean something to one of the formats. */
const PIECES = [
  ...['<testsuite name="a">', '</testsuite>', '<testcase name="b"/>', '<failure/>', '<![CDATA['],
  ...[
    '<!-- ',
    '-->',
    ']]>',
    '&lt;',
    '&x;',
    '<?x',
    '<!DOCTYPE a>',
    '"',
    "'",
    '>',
    '<',
    '\0',
    ' a="b"',
  ],
  ...[
    'not ok 1 - a',
    '\n    ok 1',
    '\n1..2',
    ' {\n',
    '}\n',
    '\n  ---\n',
    '\n  ...\n',
    '# SKIP',
    '\\#',
  ],
  ...['{', '}', '[', ']', ',', ':', 'null', '"status":', '-1', '"__proto__":1,', '\u{1f600}'],
]

/** The bytes with some places replaced. */
const spoil = (bytes: Uint8Array) =>
  fc
    .array(fc.tuple(fc.nat(bytes.length), fc.nat(20), fc.constantFrom(...PIECES)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((edits) => {
      let text = Buffer.from(bytes).toString()
      for (const [at, length, piece] of edits) {
        text = text.slice(0, at) + piece + text.slice(at + length)
      }
      return Buffer.from(text)
    })

describe('readTestReport()', () => {
  it('reads or refuses any spoilt report, and each name of a test stands in one list, once', async () => {
    const spoilt = fc.constantFrom(...reports).chain(spoil)
    await fc.assert(
      fc.asyncProperty(spoilt, async (bytes) => {
        const report = await readTestReport(bytes, { folder: '/builds/web' })
        if (!report.ok) {
          expect(report.problems.length).toBeGreaterThan(0)
          return
        }
        const { passed, warned, failed, skipped, todo, counts } = report.value
        const names = [...passed, ...warned, ...failed, ...skipped, ...todo]
        expect(new Set(names).size).toBe(names.length)
        expect(counts.cases).toBeGreaterThanOrEqual(names.length)
      }),
      { numRuns: 500 },
    )
  })

  it('reads or refuses any text in each format', async () => {
    const text = fc
      .array(fc.constantFrom(...PIECES), { maxLength: 30 })
      .map((parts) => parts.join(''))
    const format = fc.constantFrom('junit', 'tap', 'vitest-json')
    const starts = {
      junit: '<testsuites>',
      tap: 'TAP version 13\n',
      'vitest-json': '{"testResults":[',
    }
    await fc.assert(
      fc.asyncProperty(format, text, async (name, words) => {
        const report = await readTestReport(Buffer.from(starts[name] + words), { format: name })
        expect(typeof report.ok).toBe('boolean')
      }),
      { numRuns: 500 },
    )
  })
})

describe('parseSmokePlan()', () => {
  it('reads or refuses any spoilt plan', () => {
    fc.assert(
      fc.property(spoil(plan), (bytes) => {
        expect(typeof parseSmokePlan(bytes).ok).toBe('boolean')
      }),
      { numRuns: 100 },
    )
  })
})

describe('judgeCommandSequence()', () => {
  it('takes no report outside of the folder', () => {
    const part = fc.constantFrom('.', '..', '', 'a', '.a', 'a..', 'C:', '~')
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
    fc.assert(
      fc.property(path, (report) => {
        const command = { name: 'a', arguments: ['a'], reports: [report] }
        const { ok } = judgeCommandSequence({ commands: [command], onFailure: 'stop' })
        const inside = report.split('/').every((each) => !['.', '..', ''].includes(each))
        expect(ok).toBe(inside)
      }),
    )
  })
})
