import { describe, expect, it } from 'vitest'
import { parseAdvisoryExceptions } from '../../../src/snapshot/index.ts'
import { exception, refusals, registry, taken } from './reading.ts'

const SMALL = `schema: assay/advisory-exceptions/v1
exceptions:
  - advisory: GHSA-2222-3333-4444
    package: pkg:npm/sand
    affected: "<1.0.0"
    owner: yard team
    reason: Only our own sand
    expires: 2026-12-31T00:00:00Z
`

const refuse = (text: string) => refusals(parseAdvisoryExceptions(Buffer.from(text), 'yaml'))
const json = (...exceptions: readonly object[]) =>
  refusals(parseAdvisoryExceptions(Buffer.from(registry(...exceptions)), 'json'))

describe('parseAdvisoryExceptions()', () => {
  it('reads YAML and JSON, and may find none', () => {
    const read = taken(parseAdvisoryExceptions(Buffer.from(SMALL), 'yaml'))
    expect(read.entries).toHaveLength(1)
    expect(read.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(json()).toEqual([])
    expect(json(exception('CVE-2026-1', { severity: 'low', package: '@yard/gate' }))).toEqual([])
  })

  it.each([
    ['an unknown member', SMALL.replace('owner', 'boss'), 'line 6, column 5'],
    ['another schema', SMALL.replace('exceptions/v1', 'exceptions/v2'), 'line 1, column 1'],
    ['an id that is none', SMALL.replace('GHSA-2222-3333-4444', '"*"'), 'line 3, column 5'],
    ['a purl that is none', SMALL.replace('pkg:npm/sand', 'pkg:npm'), 'line 4, column 5'],
    ['a purl with qualifiers', SMALL.replace('npm/sand', 'npm/sand?os=linux'), 'line 4, column 5'],
    [
      'a purl with a subpath',
      SMALL.replace('npm/sand', '"npm/sand#lib"').replace('pkg:"', '"pkg:'),
      'line 4, column 5',
    ],
    ['an empty owner', SMALL.replace('yard team', '""'), 'line 6, column 5'],
    [
      'a reason of two lines',
      SMALL.replace('Only', '"Only\\n').replace('sand\n    expires', 'sand"\n    expires'),
      'line 7, column 5',
    ],
    ['a day that does not exist', SMALL.replace('12-31', '02-30'), 'line 8, column 5'],
    ['another form of a time', SMALL.replace('2026-12-31T00:00:00Z', 'never'), 'line 8, column 5'],
    ['no end', SMALL.replace(/ {4}expires.*\n/, ''), 'line 3, column 5'],
    ['a severity that nothing excepts', `${SMALL}    severity: critical\n`, 'line 9, column 5'],
  ])('refuses %s, with its line and column', (_, text, at) => {
    expect(refuse(text)).toContain(`snapshot/advisory-exceptions ${at}`)
  })

  it('refuses two answers to one question, and takes those to two', () => {
    const one = exception('CVE-2026-1', { affected: '<1 || >=2' })
    expect(json(one, exception('CVE-2026-1', { affected: '>=2||<1', owner: 'another' }))).toEqual([
      expect.stringMatching(/^snapshot\/advisory-exceptions line 1, column \d+$/),
    ])
    expect(json(one, exception('CVE-2026-1'), exception('CVE-2026-2'))).toEqual([])
    expect(json(one, exception('CVE-2026-1', { package: 'sand@1' }))).toEqual([])
  })

  it('refuses what two programs could read differently, and JSON that is not strict', () => {
    expect(refuse(`${SMALL}schema: a\n`)).toEqual(['yaml/duplicate-key line 9, column 1'])
    expect(refuse(SMALL.replace('yard team', '&a yard'))).toEqual(['yaml/alias line 6, column 15'])
    expect(refusals(parseAdvisoryExceptions(Buffer.from(SMALL), 'json'))).toEqual([
      expect.stringMatching(/^yaml\/json/),
    ])
  })

  it('refuses more exceptions than are read', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => exception(`CVE-2026-${index}`))
    expect(json(...many(1_001))[0]).toMatch(/^snapshot\/advisory-exceptions/)
    expect(json(...many(1_000))).toEqual([])
  })
})
