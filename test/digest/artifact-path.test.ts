import { describe, expect, it } from 'vitest'
import { collisionKey, parseArtifactPath } from '../../src/digest/index.ts'
import { codesOf } from './artifacts.ts'

describe('parseArtifactPath()', () => {
  // What is refused, the rule that it breaks, and the nearest path that is accepted.
  it.each([
    ['nothing', '', 'a name', 'a'],
    ['an absolute path', '/a', 'a relative path', 'a'],
    ['the absolute path of Windows', 'C:/a', 'a relative path', 'c/a'],
    ['a drive alone', 'c:', 'a relative path', 'c'],
    ['a path that climbs', 'a/../b', 'no empty, "." or ".." part', 'a/..b'],
    ['a path that only climbs', '..', 'no empty, "." or ".." part', '...'],
    ['a part that is a dot', 'a/./b', 'no empty, "." or ".." part', 'a/.b'],
    ['an empty part', 'a//b', 'no empty, "." or ".." part', 'a/b'],
    ['a folder', 'a/', 'no empty, "." or ".." part', 'a'],
    ['a newline', 'a\nb', 'no control or direction characters', 'a b'],
    ['a NUL', 'a\0', 'no control or direction characters', 'a0'],
    ['an escape sequence', 'a\u001b[2J', 'no control or direction characters', 'a[2J'],
    ['a line separator', 'a\u2028b', 'no control or direction characters', 'a\u00a0b'],
    ['a direction mark', 'a\u202eb', 'no control or direction characters', 'a\u05d0b'],
    ['a backslash', 'a\\b', 'no backslash', 'a/b'],
    ['a climb as Windows writes it', '..\\a', 'no backslash', '..a'],
    ['a lone surrogate', 'a\ud800', 'well-formed Unicode', 'a\u{10000}'],
    ['a very long path', 'a'.repeat(4097), 'at most 4096 bytes', 'a'.repeat(4096)],
    ['a very deep path', `${'a/'.repeat(256)}b`, 'at most 256 parts', `${'a/'.repeat(255)}b`],
  ])('refuses %s', (_, refused, rule, accepted) => {
    const result = parseArtifactPath(refused)
    expect(codesOf(result)).toEqual(['digest/path-unsafe'])
    expect(result.ok || result.problems[0].message).toMatch(new RegExp(`expected ${rule}$`))
    expect(parseArtifactPath(accepted)).toEqual({ ok: true, value: accepted })
  })
})

describe('collisionKey()', () => {
  // Unicode Character Database, CaseFolding.txt; UAX 15.
  it.each([
    ['README', 'readme'],
    ['stra\u00dfe', 'STRASSE'],
    ['\ufb01le', 'file'],
    ['\u03a3', '\u03c2'],
    ['\u00e9', 'e\u0301'],
    ['\u00c9', 'e\u0301'],
    ['\u212b', '\u00e5'],
  ])('is one for %s and %s', (one, other) => {
    expect(collisionKey(one)).toBe(collisionKey(other))
  })

  it.each([
    ['a', 'b'],
    ['s\u0131k', 'sik'],
    ['e', '\u00e9'],
    ['\u{1f600}', '\u{1f601}'],
  ])('differs for %s and %s', (one, other) => {
    expect(collisionKey(one)).not.toBe(collisionKey(other))
  })
})
