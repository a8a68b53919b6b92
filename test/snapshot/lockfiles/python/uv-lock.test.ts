import { describe, expect, it } from 'vitest'
import { accepted, said } from '../locked.ts'

const PATH = 'uv.lock'
const SHA256 = 'ab'.repeat(32)
const REGISTRY = 'source = { registry = "https://u:secret@registry.example/simple" }'
const lock = (packages: string, version = '1') => `version = ${version}\nrevision = 9\n${packages}`
const entry = (name: string, rest = '', source = REGISTRY) =>
  `[[package]]\nname = "${name}"\nversion = "1.0"\n${source}\n${rest}\n`
const root = (rest: string) => entry('app', rest, 'source = { virtual = "." }')

describe('a lockfile of uv', () => {
  it('says of each digest which file it is of', () => {
    const files = `sdist = { url = "https://u:secret@files.example/a-1.0.tar.gz", hash = "sha256:${SHA256}" }
wheels = [
  { url = "https://files.example/a-1.0-py3-none-any.whl?x=1", hash = "sha512:${SHA256}${SHA256}" },
  { path = "wheels/a-1.0-cp312.whl" },
]`
    const [found] = accepted(PATH, lock(entry('a', files))).dependencies
    expect(found).toMatchObject({
      purl: 'pkg:pypi/a@1.0',
      digests: [
        { algorithm: 'sha256', value: SHA256, of: 'a-1.0.tar.gz' },
        { algorithm: 'sha512', value: SHA256 + SHA256, of: 'a-1.0-py3-none-any.whl' },
      ],
      registry: 'https://registry.example/simple',
      source: { kind: 'registry', url: 'https://files.example/a-1.0.tar.gz' },
      locked: { path: PATH, line: 3 },
    })
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it.each([
    [
      `git = "https://u:secret@git.example/a?tag=v1#${'c'.repeat(40)}"`,
      { kind: 'git', url: 'https://git.example/a', commit: 'c'.repeat(40) },
    ],
    ['git = "https://git.example/a#main"', { kind: 'git', url: 'https://git.example/a' }],
    [
      'url = "https://u:secret@files.example/a.whl"',
      { kind: 'url', url: 'https://files.example/a.whl' },
    ],
    ['path = "../a.whl"', { kind: 'file', path: '../a.whl' }],
    ['directory = "lib/a"', { kind: 'link', path: 'lib/a' }],
    ['editable = "lib/a"', { kind: 'workspace', path: 'lib/a' }],
    ['virtual = "lib/a"', { kind: 'workspace', path: 'lib/a' }],
  ])('knows { %s }', (source, expected) => {
    const [found] = accepted(PATH, lock(entry('a', '', `source = { ${source} }`))).dependencies
    expect(found?.source).toEqual(expected)
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it('tells from the project what is direct, for development, or can be left out', () => {
    const text = lock(
      ['a', 'b', 'c', 'd', 'e']
        .map((name) => entry(name, name === 'a' ? 'dependencies = [{ name = "e" }]' : ''))
        .join('') +
        root(`dependencies = [{ name = "a" }, { name = "b", marker = "sys_platform == 'win32'" }]
[package.optional-dependencies]
x = [{ name = "c" }]
[package.dev-dependencies]
dev = [{ name = "d" }, { name = "app" }]`),
    )
    const flags = accepted(PATH, text).dependencies.map(({ name, relationship, dev, optional }) =>
      [name, relationship, dev && 'dev', optional && 'optional'].filter(Boolean).join(' '),
    )
    expect(flags).toEqual([
      'a direct',
      'b direct optional',
      'c direct optional',
      'd direct dev',
      'e transitive',
    ])
  })

  it('finds the one of several versions that is asked for', () => {
    const two = entry('a') + entry('a').replace('1.0', '2.0')
    const text = lock(two + entry('b', 'dependencies = [{ name = "a", version = "2.0" }]'))
    const found = accepted(PATH, text).dependencies.find(({ name }) => name === 'b')
    expect(found?.dependsOn).toEqual(['a 2.0 registry+https://registry.example/simple'])
  })
})

describe('a lockfile of uv is refused', () => {
  const good = lock(entry('a'))
  it.each([
    ['with a version to come', 'version at uv.lock', lock('', '2'), lock('')],
    ['without a version', 'version at uv.lock', entry('a'), good],
    ['with a version that is a list', 'version at uv.lock', lock('', '[]'), good],
    [
      'with a digest of no known algorithm',
      'digest at uv.lock line 3',
      lock(entry('a', 'sdist = { hash = "blake2b:00" }')),
      lock(entry('a', `sdist = { hash = "sha256:${SHA256}" }`)),
    ],
    [
      'with a source of no kind',
      'entry at uv.lock line 3',
      lock(entry('a', '', 'source = {}')),
      good,
    ],
    [
      'with a package twice',
      'entry at uv.lock line 8',
      lock(entry('a') + entry('a')),
      lock(entry('a') + entry('b')),
    ],
    [
      'with a request that two versions answer',
      'entry at uv.lock line 13',
      lock(
        entry('a') +
          entry('a').replace('1.0', '2.0') +
          entry('b', 'dependencies = [{ name = "a" }]'),
      ),
      lock(entry('a') + entry('b', 'dependencies = [{ name = "a" }]')),
    ],
    [
      'with a name that is a number',
      'entry at uv.lock line 3',
      lock(entry('a').replace('"a"', '1')),
      good,
    ],
  ])('%s', (_, problem, refused, twin) => {
    expect(said(PATH, refused)).toBe(problem)
    expect(said(PATH, twin)).toBe('accepted')
  })
})
