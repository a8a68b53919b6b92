import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildPurl, parsePurl } from '../../src/snapshot/index.ts'

const said = (text: string) => {
  const parsed = parsePurl(text)
  return parsed.ok ? 'accepted' : parsed.problems.map(({ code }) => code).join()
}

describe('buildPurl()', () => {
  it('writes the canonical form', () => {
    expect(
      buildPurl({ type: 'npm', namespace: '@scope', name: 'Name', version: '1.0.0+b' }),
    ).toEqual({
      ok: true,
      value: 'pkg:npm/%40scope/name@1.0.0+b',
    })
  })

  it('leaves ":" as it is, in every part', () => {
    const built = buildPurl({
      type: 'generic',
      name: 'a:b',
      version: '1:2',
      qualifiers: { checksum: 'sha256:00', vcs_url: 'git+https://code.example/a' },
    })
    expect(built).toEqual({
      ok: true,
      value: 'pkg:generic/a:b@1:2?checksum=sha256:00&vcs_url=git%2Bhttps:%2F%2Fcode.example%2Fa',
    })
  })

  it('refuses parts that make no purl, and says which', () => {
    expect(buildPurl({ type: 'swift', name: 'a', version: '1' })).toMatchObject({
      ok: false,
      problems: [{ code: 'snapshot/purl', message: expect.stringContaining('"swift/a"') }],
    })
    expect(buildPurl({ type: 'swift', namespace: 'b', name: 'a', version: '1' }).ok).toBe(true)
  })

  it('gives what parsePurl() reads back', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((part) => /^[^\s/@?#%\p{Cc}.]+$/u.test(part))
    fc.assert(
      fc.property(text, text, text, (name, version, value) => {
        const parts = { type: 'generic', name, version, qualifiers: { value } }
        const built = buildPurl(parts)
        expect(built.ok && parsePurl(built.value)).toEqual({ ok: true, value: parts })
      }),
    )
  })
})

describe('parsePurl()', () => {
  it.each([
    ['another scheme', 'npm:a@1', 'pkg:npm/a@1'],
    ['credentials', 'pkg://user:secret@npm/a', 'pkg://npm/a'],
    ['a qualifier twice', 'pkg:npm/a?x=1&x=2', 'pkg:npm/a?x=1&y=2'],
    ['a line break that URLs pass over', 'pkg:npm/a\nb', 'pkg:npm/ab'],
    ['a blank', 'pkg:npm/a b', 'pkg:npm/a%20b'],
    ['a broken escape', 'pkg:npm/a?x=%zz', 'pkg:npm/a?x=%7a'],
    ['nothing', '', 'pkg:npm/a'],
  ])('refuses %s', (_, refused, twin) => {
    expect(said(refused)).toBe('snapshot/purl')
    expect(said(twin)).toBe('accepted')
  })

  it('reads a subpath without what climbs', () => {
    expect(parsePurl('pkg:npm/a@1#../b/./c')).toMatchObject({ value: { subpath: 'b/c' } })
  })
})
