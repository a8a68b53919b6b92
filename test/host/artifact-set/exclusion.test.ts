import { describe, expect, it } from 'vitest'
import { compileExclusion } from '../../../src/host/artifact-set/exclusion.ts'

describe('compileExclusion()', () => {
  it.each([
    ['*.map', 'a.map', 'a.map'],
    ['*.map', 'lib/a.map', 'lib/a.map'],
    ['*.map', 'lib/a.map/b', 'lib/a.map/'],
    ['node_modules', 'a/node_modules/b/c', 'a/node_modules/'],
    ['node_modules/', 'node_modules/b', 'node_modules/'],
    ['lib/*.js', 'lib/a.js', 'lib/a.js'],
    ['lib/**', 'lib/a/b', 'lib/a/'],
    ['**/*.test.ts', 'a/b.test.ts', 'a/b.test.ts'],
    ['.*', '.git/config', '.git/'],
    ['*', '.dot', '.dot'],
    ['!a', '!a', '!a'],
  ])('%s leaves out %s by %s', (glob, path, by) => {
    expect(compileExclusion([glob])(path)).toBe(by)
  })

  it.each([
    ['*.map', 'a.mapx'],
    ['lib/*.js', 'src/lib/a.js'],
    ['lib/*.js', 'lib/a/b.js'],
    ['node_modules', 'node_modules2/a'],
    ['a', 'A'],
    ['!a', 'b'],
  ])('%s keeps %s', (glob, path) => {
    expect(compileExclusion([glob])(path)).toBeUndefined()
  })

  it('reads no extended glob, whose matching takes exponential time (A-99)', () => {
    const started = performance.now()
    expect(compileExclusion(['+(a|aa)+(a|aa)b'])('a'.repeat(255))).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('keeps all without globs, and leaves out what any of several matches', () => {
    expect(compileExclusion([])('a')).toBeUndefined()
    expect(compileExclusion(['a', 'b'])('b')).toBe('b')
  })
})
