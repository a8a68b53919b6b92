import { describe, expect, it } from 'vitest'
import { parseYaml, parseYamlDocument } from '../../src/yaml/yaml.ts'
import type { YamlNode } from '../../src/yaml/yaml-node.ts'

function plain(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plain)
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, plain(value)]))
}

function read(text: string | Uint8Array, sharing: 'refuse' | 'apply' = 'refuse'): unknown {
  const root = parseYamlDocument(typeof text === 'string' ? Buffer.from(text) : text, { sharing })
  return root.ok ? plain(root.value) : root.problems.map(({ code, at }) => `${code} ${at ?? ''}`)
}

const NAMES = 'abcdefgh'.split('')
const BOMB = NAMES.map((name, index) => {
  const before = NAMES[index - 1]
  const items = Array.from({ length: 9 }, () => (before === undefined ? 'x' : `*${before}`))
  return `${name}: &${name} [${items.join(', ')}]`
}).join('\n')

describe('parseYamlDocument()', () => {
  it('keeps lines and columns', () => {
    const root = parseYamlDocument(Buffer.from('a:\n  - b: 1\n'))
    expect(root).toMatchObject({
      value: { kind: 'map', line: 1, column: 1, keys: new Map([['a', { line: 1, column: 1 }]]) },
    })
    expect(read('a:\n  - b: 1\n    c: yes\n    d: null\n')).toEqual({
      a: [{ b: 1, c: 'yes', d: null }],
    })
  })

  it('applies merge keys and aliases as the tools do, where that is asked for', () => {
    const text = 'a: &a { x: 1, y: 2 }\nb: &b { y: 3, z: 4 }\nc: { <<: [*a, *b], x: 0 }\nd: *a\n'
    expect(read(text, 'apply')).toMatchObject({ c: { x: 0, y: 2, z: 4 }, d: { x: 1, y: 2 } })
    expect(read('a: !reference [b, c]\n', 'apply')).toEqual({ a: ['b', 'c'] })
    expect(read('"<<": 1\n')).toEqual({ '<<': 1 })
  })

  it.each([
    ['a merge key', 'a: { <<: { x: 1 } }', 'yaml/alias line 1, column 6'],
    ['an anchor', 'a: &x 1', 'yaml/alias line 1, column 7'],
    ['an alias', 'a: [*x]', 'yaml/alias line 1, column 5'],
    ['a tag', 'a: !!binary aGk=', 'yaml/alias line 1, column 13'],
    ['a key twice', 'a: 1\nb: 2\na: 3', 'yaml/duplicate-key line 3, column 1'],
    ['a key that is a list', '[a]: 1', 'yaml/syntax line 1, column 1'],
    ['a broken text', 'a: [1', 'yaml/syntax line 1, column 6'],
    ['two documents', 'a: 1\n---\nb: 2', 'yaml/syntax '],
    ['nothing', '', 'yaml/syntax '],
  ])('refuses %s', (_, text, expected) => {
    expect(read(text)).toEqual([expected])
    expect(read('a: 1\nb: 2\nc: [3]')).toEqual({ a: 1, b: 2, c: [3] })
  })

  it('refuses bytes that are no UTF-8', () => {
    expect(read(Uint8Array.of(0x61, 0xff))).toEqual(['yaml/syntax line 1, column 2'])
  })

  it('refuses what grows without end, at once', () => {
    const started = performance.now()
    expect(read(BOMB, 'apply')).toEqual([expect.stringContaining('yaml/alias')])
    expect(read('a: &a [*a]', 'apply')).toEqual([expect.stringContaining('yaml/alias')])
    const wide = Array.from({ length: 1_000 }, (_, i) => `k${i}: 1`).join(', ')
    const merges = Array.from({ length: 1_000 }, (_, i) => `m${i}: { <<: *w }`).join('\n')
    expect(read(`w: &w { ${wide} }\n${merges}`, 'apply')).toEqual([
      expect.stringContaining('yaml/alias'),
    ])
    expect(read(`${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'apply')).toContainEqual(
      expect.stringContaining('yaml/syntax'),
    )
    // One broken bracket is not told fifty thousand times.
    expect(read('['.repeat(50_000), 'apply')).toHaveLength(20)
    expect(read(`${'['.repeat(100)}${']'.repeat(100)}`)).toEqual([
      expect.stringContaining('yaml/syntax'),
    ])
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(read('a: &a [x]\nb: [*a, *a]', 'apply')).toEqual({ a: ['x'], b: [['x'], ['x']] })
  })

  it('says nothing of the text in a refusal', () => {
    for (const text of [
      'a: ghp_secret: x',
      '"ghp_secret',
      'ghp_secret: [',
      '%ghp_secret\n---\na',
    ]) {
      expect(JSON.stringify(parseYaml(Buffer.from(text)))).not.toContain('ghp_secret"')
    }
  })
})
