import { describe, expect, it } from 'vitest'
import { findPathCollisions, findUnportablePaths } from '../../src/digest/index.ts'

const collisions = (...paths: string[]) =>
  findPathCollisions(paths.map((path) => ({ path }))).map(([first, second]) => [
    first.path,
    second.path,
  ])
const unportable = (paths: string[], folders: string[] = []) =>
  findUnportablePaths(paths, folders).map(({ code }) => code)

describe('findPathCollisions()', () => {
  it.each([
    ['twice the same', ['a', 'b', 'a'], [['a', 'a']]],
    ['two cases', ['a/b', 'A/b'], [['a/b', 'A/b']]],
    ['two spellings of one letter', ['é', 'e\u0301'], [['é', 'e\u0301']]],
    ['a file that is a folder to another', ['a/b/c', 'a/b'], [['a/b', 'a/b/c']]],
  ])('finds %s', (_, paths, found) => {
    expect(collisions(...paths)).toEqual(found)
  })

  it('finds none in paths that only begin alike', () => {
    expect(collisions('a', 'ab', 'b/a', 'b/ab', 'a.b/c')).toEqual([])
  })
})

describe('findUnportablePaths()', () => {
  it.each([
    ['folders that differ in case', ['a/x', 'A/y'], ['b/x', 'A/y']],
    ['folders that differ in case far down', ['a/b/x', 'a/B/y'], ['a/b/x', 'a/c/y']],
    ['a file like a folder', ['a/x', 'A'], ['a/x', 'A.']],
  ])('tells %s (digest/path-folder-case)', (_, refused, accepted) => {
    expect(unportable(refused)).toEqual(['digest/path-folder-case'])
    expect(unportable(accepted.map((path) => path.replace('.', '1')))).toEqual([])
  })

  it('counts folders that hold nothing', () => {
    expect(unportable(['a/x'], ['A', 'a'])).toEqual(['digest/path-folder-case'])
    expect(unportable(['a/x'], ['a', 'b/c'])).toEqual([])
  })

  it('leaves one path for a file and a folder to findPathCollisions()', () => {
    expect(unportable(['a', 'a/b'])).toEqual([])
  })

  // Microsoft, "Naming Files, Paths, and Namespaces".
  it.each([
    ['a stream', 'a:b', 'a-b'],
    ['a wildcard', 'a*', 'a'],
    ['a quote', 'a"b', "a'b"],
    ['a dot at the end', 'a.', '.a'],
    ['a blank at the end', 'a ', 'a b'],
    ['a device', 'CON', 'CONSOLE'],
    ['a device with an extension', 'nul.tar.gz', 'null.tar.gz'],
    ['a numbered device', 'com1', 'com'],
    ['a device with a superscript', 'LPT²', 'LPT'],
    ['a part of 256 units', 'a'.repeat(256), 'a'.repeat(255)],
  ])('tells %s that Windows can not hold (digest/path-windows)', (_, refused, accepted) => {
    expect(unportable([refused])).toEqual(['digest/path-windows'])
    expect(unportable([`b/${refused}/c`, `b/${refused}/d`])).toEqual(['digest/path-windows'])
    expect(unportable([accepted, `b/${accepted}/c`])).toEqual([])
  })
})
