import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../src/core/index.ts'
import { buildEntry, encodeEntry, isSameEntry, parseEntry } from '../../src/ledger/index.ts'
import { codesOf, entryOf, expectValue } from './test-ledger.ts'

const ENTRY = entryOf(1)
const LINE = `{"predicateType":"https://slsa.dev/provenance/v1","release":"staging__web__v1.1__run-1","sha256":"${ENTRY.sha256}"}`
const parse = (text: string) => codesOf(parseEntry(encodeUtf8(text)))

describe('an entry', () => {
  it('is one line of canonical JSON, its members in order', () => {
    expect(Buffer.from(encodeEntry(ENTRY)).toString()).toBe(LINE)
    expect(expectValue(parseEntry(encodeUtf8(LINE)))).toEqual(ENTRY)
  })

  it.each(['git:' + 'a'.repeat(40), 'git:' + '0'.repeat(64), 'ledger', 'staging__web__v1%2frc__7'])(
    'is about %j',
    (release) => {
      expect(codesOf(buildEntry({ ...ENTRY, release }))).toBe('accepted')
      expect(expectValue(parseEntry(encodeEntry({ ...ENTRY, release })))).toMatchObject({ release })
    },
  )

  it.each([
    ['a set id of three parts', { release: 'staging__web__v1' }],
    ['a short commit', { release: 'git:abcdef0' }],
    ['no release', { release: '' }],
    ['an upper-case digest', { sha256: ENTRY.sha256.toUpperCase() }],
    ['a short digest', { sha256: ENTRY.sha256.slice(1) }],
    ['a predicate type that is no URI', { predicateType: 'provenance' }],
    ['a predicate type with a lone surrogate', { predicateType: 'https://x/\uD800' }],
  ])('has not %s', (_, change) => {
    expect(codesOf(buildEntry({ ...ENTRY, ...change }))).toEqual(['ledger/entry'])
  })

  it('tells everything that is wrong with it', () => {
    const wrong = buildEntry({ sha256: '', predicateType: '', release: '' })
    expect(wrong.ok ? [] : wrong.problems.map(({ at }) => at)).toEqual([
      '/sha256',
      '/predicateType',
      '/release',
    ])
  })

  it('has at most 1 KiB', () => {
    const rest = encodeEntry({ ...ENTRY, predicateType: '' }).length
    const longest = `https:${'a'.repeat(1024 - rest - 6)}`
    expect(encodeEntry({ ...ENTRY, predicateType: longest })).toHaveLength(1024)
    expect(codesOf(buildEntry({ ...ENTRY, predicateType: longest }))).toBe('accepted')
    expect(codesOf(buildEntry({ ...ENTRY, predicateType: `${longest}a` }))).toEqual([
      'ledger/entry-size',
    ])
    expect(parse(LINE.replace('provenance', 'p'.repeat(1024)))).toEqual(['ledger/entry-size'])
  })
})

describe('parseEntry()', () => {
  it.each([
    ['a blank', LINE.replace(':', ': ')],
    ['a newline at the end', `${LINE}\n`],
    ['an escaped letter', LINE.replace('staging', String.raw`\u0073taging`)],
    [
      'members in another order',
      JSON.stringify({ sha256: ENTRY.sha256, release: 'ledger', predicateType: 'a:b' }),
    ],
    ['one member more', LINE.replace('{', '{"a":"","')],
    ['another member more', LINE.replace('{', '{"a":"b",')],
    ['one member less', '{"predicateType":"a:b","release":"ledger"}'],
    ['a number', LINE.replace('"staging__web__v1.1__run-1"', '7')],
    ['a list', '[]'],
    ['two digests', LINE.replace('{', `{"sha256":"${ENTRY.sha256}",`)],
    ['a wrong digest', LINE.replace(ENTRY.sha256, 'no')],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parse(LINE)).toBe('accepted')
    expect(parse(text)).toEqual(['ledger/entry'])
  })

  it('refuses a line of which any bit was turned, or reads another entry from it', () => {
    fc.assert(
      fc.property(fc.nat(LINE.length * 8 - 1), (bit) => {
        const bytes = Buffer.from(LINE)
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const parsed = parseEntry(bytes)
        expect(parsed.ok && isSameEntry(parsed.value, ENTRY)).toBe(false)
      }),
    )
  })
})
