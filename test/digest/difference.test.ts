import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSet, compareSets, isSameSet } from '../../src/digest/index.ts'
import { anyArtifacts, artifact } from './artifacts.ts'

const digestOf = (content: string) => `sha256:${artifact('', content).sha256}`

describe('compareSets()', () => {
  it('puts every artifact into exactly one list', () => {
    const expected = [
      artifact('same', '1'),
      artifact('other', '2'),
      artifact('gone', '3'),
      artifact('old', '4'),
    ]
    const found = [
      artifact('same', '1'),
      artifact('other', '2b'),
      artifact('more', '5'),
      artifact('new', '4'),
    ]
    expect(compareSets(expected, found)).toEqual({
      matched: [{ path: 'same', digest: digestOf('1') }],
      changed: [{ path: 'other', expected: digestOf('2'), found: digestOf('2b') }],
      missing: [{ path: 'gone', digest: digestOf('3') }],
      extra: [{ path: 'more', digest: digestOf('5') }],
      renamed: [{ from: 'old', to: 'new', digest: digestOf('4') }],
    })
  })

  it('pairs files of like content once each, in the order of their paths', () => {
    const difference = compareSets(
      [artifact('b'), artifact('a'), artifact('c')],
      [artifact('y'), artifact('x')],
    )
    expect(difference.renamed.map(({ from, to }) => [from, to])).toEqual([
      ['a', 'x'],
      ['b', 'y'],
    ])
    expect(difference.missing.map(({ path }) => path)).toEqual(['c'])
  })

  it('compares every digest that both sides name', () => {
    const sha512 = 'a'.repeat(128)
    const one = { path: 'a', sha256: 'b'.repeat(64), sha512 }
    const verdictOn = (other: { path: string; sha256?: string; sha512?: string }) =>
      isSameSet(compareSets([other], [one]))
    expect(verdictOn(one)).toBe(true)
    expect(verdictOn({ path: 'a', sha512 })).toBe(true)
    expect(verdictOn({ path: 'a', sha256: one.sha256 })).toBe(true)
    expect(verdictOn({ ...one, sha512: 'c'.repeat(128) })).toBe(false)
    expect(verdictOn({ ...one, sha256: 'c'.repeat(64) })).toBe(false)
    expect(verdictOn({ path: 'a' })).toBe(false)
  })

  it('says which digest differs, or which there were', () => {
    const found = { path: 'a', sha256: '1', sha512: '2' }
    const [change] = compareSets([{ ...found, sha512: '3' }], [found]).changed
    expect(change).toEqual({ path: 'a', expected: 'sha512:3', found: 'sha512:2' })
    const [other] = compareSets([{ path: 'a', sha512: '3' }], [{ path: 'a', sha256: '1' }]).changed
    expect(other).toEqual({ path: 'a', expected: 'sha512:3', found: 'sha256:1' })
  })

  it('finds what was renamed by SHA-512 too', () => {
    const { renamed } = compareSets([{ path: 'a', sha512: '1' }], [{ path: 'b', sha512: '1' }])
    expect(renamed).toEqual([{ from: 'a', to: 'b', digest: 'sha512:1' }])
  })

  it('finds what was renamed where the sides share only one of their digests', () => {
    const both = { path: 'b', sha256: '1', sha512: '2' }
    const { renamed } = compareSets([{ path: 'a', sha512: '2' }], [both])
    expect(renamed.map(({ to }) => to)).toEqual(['b'])
  })

  it('never lets a second artifact of one path hide behind the first', () => {
    const twice = [artifact('a', '1'), artifact('a', '2')]
    expect(compareSets([artifact('a', '2')], twice).extra).toHaveLength(1)
    expect(isSameSet(compareSets(twice, [artifact('a', '2')]))).toBe(false)
  })

  it('finds a set the same as itself, and different after any one change (property)', () => {
    fc.assert(
      fc.property(anyArtifacts, fc.nat(), (artifacts, place) => {
        expect(isSameSet(compareSets(artifacts, artifacts.toReversed()))).toBe(true)
        const at = place % artifacts.length
        const without = artifacts.toSpliced(at, 1)
        expect(isSameSet(compareSets(artifacts, without))).toBe(false)
        expect(isSameSet(compareSets(without, artifacts))).toBe(false)
      }),
    )
  })
})

describe('checkSet()', () => {
  const check = (expected: string[], found: string[]) =>
    checkSet(
      compareSets(
        expected.map((path) => artifact(path, path)),
        found.map((path) => artifact(path, path)),
      ),
    )

  it('accepts the exact set alone', () => {
    expect(check(['a', 'b'], ['b', 'a'])).toMatchObject({
      outcome: 'accepted',
      message: 'The set is exactly the expected one',
    })
  })

  it('says of nothing that there is nothing (missing)', () => {
    expect(check([], [])).toMatchObject({
      outcome: 'missing',
      message: 'There is nothing to compare',
    })
  })

  it.each([
    ['digest/artifact-missing', 'missing', [artifact('a')], []],
    ['digest/artifact-extra', 'rejected', [artifact('a')], [artifact('a'), artifact('b', 'b')]],
    ['digest/artifact-changed', 'rejected', [artifact('a')], [artifact('a', 'b')]],
    ['digest/artifact-renamed', 'rejected', [artifact('a')], [artifact('b')]],
  ])('tells each difference with its code (%s)', (code, outcome, expected, found) => {
    const verdict = checkSet(compareSets(expected, found))
    expect(verdict.outcome).toBe(outcome)
    expect(verdict.checks).toContainEqual(expect.objectContaining({ code, outcome }))
  })

  it('counts what differs', () => {
    expect(check(['a', 'b'], ['a', 'c']).message).toBe(
      'The set differs from the expected one in 2 of 3 artifacts',
    )
  })

  it('escapes names', () => {
    const [part] = check(['a\u001b'], []).checks ?? []
    expect(part?.message).toBe('a\\u{1b} is not there')
  })
})
