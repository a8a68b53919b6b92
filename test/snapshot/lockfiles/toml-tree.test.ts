import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseTomlDocument } from '../../../src/snapshot/lockfiles/toml-tree.ts'

const FIXTURES = fileURLToPath(new URL('../../../fixtures/lockfiles/', import.meta.url))
const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => {
  const document = parseTomlDocument('a.toml', bytes(text))
  if (!document.ok) throw new Error(JSON.stringify(document.problems))
  return document.value
}
const said = (text: string | Uint8Array) => {
  const document = parseTomlDocument('a.toml', typeof text === 'string' ? bytes(text) : text)
  return document.ok ? 'accepted' : document.problems.map(({ code, at }) => `${code} at ${at}`)
}

describe('a TOML document', () => {
  it('tells the line of every table that has a header', () => {
    const text = [
      'text = """',
      '[[package]]',
      '""" # [[package]]',
      'nested = [',
      '  [ "[[package]]" ],',
      ']',
      '[[package]]',
      "name = '[a]'",
      '[package.source]',
      '[[package]]',
      '[[package.files]]',
      ' [ "quoted key" . a ] ',
    ].join('\n')
    const document = read(text)
    const packages = document.root['package'] as Record<string, never>[]
    expect(packages.map(document.lineOf)).toEqual([7, 10])
    expect(document.lineOf(packages[0]?.['source'])).toBe(9)
    expect(document.lineOf(packages.at(-1)?.['files']?.[0])).toBe(11)
    expect(document.lineOf((document.root['quoted key'] as never)['a'])).toBe(12)
  })

  it('gives dates and integers beyond a double as text', () => {
    const { root } = read(
      'a = 1979-05-27T07:32:00Z\nb = 9223372036854775807\nc = 7\nd = inf\ne = true',
    )
    expect(root).toEqual({
      a: '1979-05-27T07:32:00.000Z',
      b: '9223372036854775807',
      c: 7,
      d: 'Infinity',
      e: true,
    })
  })

  // a key is a name and nothing else.
  it.each([
    '__proto__.polluted = 1',
    '[__proto__]\npolluted = 1',
    'a = { "__proto__" = { polluted = 1 } }',
  ])('refuses %j', (text) => {
    expect(said(text)).toEqual(['snapshot/lockfile-syntax at a.toml'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(said(text.replaceAll('__proto__', 'proto'))).toBe('accepted')
  })

  it('inherits nothing: a package may be called "constructor"', () => {
    const { root } = read('constructor = 1\n[a]\ntoString = 2')
    expect(Object.getPrototypeOf(root)).toBeNull()
    expect(root['valueOf']).toBeUndefined()
    expect(Object.keys(root)).toEqual(['constructor', 'a'])
  })

  it.each([
    ['a key twice', 'a = 1\na = 2', 'line 2', 'a = 1\nb = 2'],
    ['a table twice', '[a]\n[a]', 'line 2', '[a]\n[b]'],
    ['another text', '{ "a": 1 }', 'line 1', 'a = 1'],
    ['a byte order mark in the middle', 'a = 1\n\ufeffb = 2', 'line 2', 'a = "\ufeff"'],
    ['deep arrays', `a = ${'['.repeat(200)}${']'.repeat(200)}`, 'line 1', 'a = [[[[]]]]'],
  ])('refuses %s', (_, refused, place, accepted) => {
    expect(said(refused)).toEqual([`snapshot/lockfile-syntax at a.toml ${place}`])
    expect(said(accepted)).toBe('accepted')
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(said(Uint8Array.of(0x61, 0x3d, 0x22, 0xff, 0x22))).toEqual([
      'snapshot/lockfile-syntax at a.toml line 1, column 4',
    ])
  })

  it.each([
    ['keys', `${'a.'.repeat(20_000)}b = 1`],
    ['headers', `[${'a.'.repeat(20_000)}b]`],
    ['a long string', `a = """${'\\\\"'.repeat(200_000)}"""`],
    ['many headers', '[[a]]\n'.repeat(100_000)],
  ])('ends in good time for %s', (_, text) => {
    const began = performance.now()
    said(text)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})

const PYTHON = `import json, sys, tomllib
print(json.dumps({path: tomllib.load(open(path, "rb")) for path in sys.argv[1:]}, default=str))`
const hasTomllib = runs('python3', ['-c', 'import tomllib'])
if (!hasTomllib) process.stderr.write('LEFT OUT: TOML beside Python, because no tomllib is here\n')

it.skipIf(!hasTomllib)('a TOML fixture means the same to tomllib of Python', () => {
  const names = ['Cargo.lock', 'Cargo.toml', 'uv.lock', 'poetry.lock', 'pyproject.toml', 'Pipfile']
  const paths = ['cargo', 'uv', 'poetry', 'pipfile'].flatMap((kind) =>
    readdirSync(FIXTURES + kind).flatMap((folder) =>
      names
        .map((name) => `${FIXTURES}${kind}/${folder}/${name}`)
        .filter((path) => existsSync(path)),
    ),
  )
  expect(paths.length).toBeGreaterThan(20)
  const python = execFileSync('python3', ['-c', PYTHON, ...paths], { maxBuffer: 2 ** 26 })
  const ours = paths.map((path) => {
    const document = parseTomlDocument(path, readFileSync(path))
    return [path, document.ok ? document.value.root : document.problems] as const
  })
  // Dates are text in both, in two spellings.
  const plain = (text: string): unknown =>
    JSON.parse(text.replace(/\d{4}-\d\d-\d\d[T ][\d:.Z+]+/g, 'date'))
  expect(plain(JSON.stringify(Object.fromEntries(ours)))).toEqual(plain(python.toString()))
})

function runs(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
