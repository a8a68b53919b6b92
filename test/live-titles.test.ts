import { describe, expect, it } from 'vitest'
import { listLiveTitles, readLiveCode } from './live-titles.ts'

describe('listLiveTitles()', () => {
  it.each([
    ['a test', "it('A-1', () => {})", ['A-1']],
    ['a suite', "describe('A-1', () => { it('a', () => {}) })", ['A-1', 'a']],
    ['a table', "it.each([['b (A-1)', 2]])('a %s', () => {})", ['a %s', 'b (A-1)']],
    ['a table of suites', "describe.each(['A-1'])('a', () => { it('b', f) })", ['a', 'A-1', 'b']],
    ['a title that is put together', 'it(`A-1 ${name}`, () => {})', ['A-1 ', '']],
  ])('lists the titles of %s', (_, text, titles) => {
    expect(listLiveTitles(text)).toEqual(titles)
  })

  it.each([
    ['a comment', "// A-1\nit('a', () => {})"],
    ['a test that is commented out', "// it('A-1', () => {})\nit('a', () => {})"],
    ['a test that is left out', "it.skip('A-1', () => {})\nit('a', () => {})"],
    ['a table that is left out', "it.skip.each(['A-1'])('%s', () => {})\nit('a', () => {})"],
    ['a test that is to come', "it.todo('A-1')\nit('a', () => {})"],
    ['a test that may be left out', "it.skipIf(x)('A-1', () => {})\nit('a', () => {})"],
    ['a suite that is left out', "describe.skip('A-1', () => { it('b', f) })\nit('a', () => {})"],
    ['a suite without a test', "describe('A-1', () => { f('A-1') })\nit('a', () => {})"],
    ['the body of a test', "it('a', () => { f('A-1') })"],
  ])('does not list %s', (_, text) => {
    expect(listLiveTitles(text)).toEqual(['a'])
  })
})

describe('readLiveCode()', () => {
  it('reads what a test does, without comments, of those that an id names (A-1)', () => {
    // Not this: A-2.
    const [own = '', ...others] = readLiveCode('live-titles.test.ts', 'A-1').filter((code) =>
      code.includes('readLiveCode'),
    )
    expect(own).toContain('toContain')
    expect(own).not.toMatch(/\/\/ Not/)
    expect(others).toEqual([])
    expect(readLiveCode('live-titles.test.ts')).toHaveLength(3)
    expect(readLiveCode('live-titles.test.ts', 'A-3')).toEqual([])
  })
})
