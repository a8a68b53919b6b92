import { describe, expect, it } from 'vitest'
import { readYamlTree } from '../../../src/snapshot/lockfiles/yaml-tree.ts'

const read = (text: string) => {
  const starts = new Map<object, number>()
  const tree = readYamlTree(Buffer.from(text), starts)
  return tree.ok ? tree.value.value : tree.problems.map(({ code, at }) => `${code} ${at}`).join()
}

describe('readYamlTree()', () => {
  it('reads mappings, sequences and text, and nothing but text', () => {
    expect(read("a: true\n'b@c': [1, ~, {d: 1e3}]\ne: no\nf: |\n  g\n")).toEqual({
      a: 'true',
      'b@c': ['1', '~', { d: '1e3' }],
      e: 'no',
      f: 'g\n',
    })
  })

  it('tells where each mapping begins: at its key', () => {
    const starts = new Map<object, number>()
    readYamlTree(Buffer.from('a:\n  b:\n    c: d\n'), starts)
    expect([...starts.values()]).toEqual([0, 0, 5])
  })

  // What YAML can do beyond a tree, and the nearest tree.
  it.each([
    ['an anchor', 'a: &x 1', 'line 1', 'a: "&x 1"'],
    ['an alias', 'b: *x', 'line 1', 'b: "*x"'],
    ['an alias bomb', 'a: &a [x]\nb: &b [*a, *a]', 'line 1', 'a: [x]\nb: [a, a]'],
    ['a cycle', '&x [*x]', 'line 1', '[x]'],
    ['a tag', 'a: !!js/function x', 'line 1', 'a: js/function x'],
    ['an ordered map', 'a: !!omap []', 'line 1', 'a: []'],
    ['a merge key', '<<: {a: b}', 'line 1', '"<": {a: b}'],
    ['a duplicate key', 'a: 1\na: 2', 'line 2', 'a: 1\nA: 2'],
    ['a duplicate in another spelling', 'a: 1\n"\\x61": 2', 'line 2', 'a: 1\n"\\x62": 2'],
    ['"__proto__"', '__proto__: {}', 'line 1', 'proto: {}'],
    ['a key that is a list', '? [a]\n: b', 'line 1', '? a\n: b'],
    ['a second document', 'a: 1\n---\nb: 2', 'line 1', '---\na: 1\n'],
    ['depth', '['.repeat(66) + ']'.repeat(66), 'line 1', '['.repeat(63) + ']'.repeat(63)],
    ['a lone surrogate', 'a: "\\ud800"', 'line 1', 'a: "\\u00e9"'],
    ['broken syntax', 'a: [', 'line 1', 'a: []'],
  ])('refuses %s (A-100)', (_, refused, line, twin) => {
    expect(read(refused)).toBe(`snapshot/lockfile-syntax ${line}`)
    expect(read(twin)).toBeTypeOf('object')
  })

  it('refuses bytes that are not UTF-8', () => {
    const tree = readYamlTree(Uint8Array.of(0x61, 0xff), new Map())
    expect(tree).toMatchObject({ ok: false, problems: [{ code: 'core/utf8' }] })
  })
})
