import { describe, expect, it } from 'vitest'
import { accepted, said } from '../locked.ts'

const PATH = 'poetry.lock'
const SHA256 = 'ab'.repeat(32)
const entry = (name: string, rest = '') =>
  `[[package]]\nname = "${name}"\nversion = "1.0"\noptional = false\n${rest}\n`
const lock = (packages: string, version = '2.0', metadata = '') =>
  `${packages}[metadata]\nlock-version = "${version}"\n${metadata}`
const first = (rest: string, version?: string, metadata?: string) =>
  accepted(PATH, lock(entry('a', rest), version, metadata)).dependencies[0]

describe('a lockfile of Poetry', () => {
  it('says of each digest which file it is of, wherever its version keeps the files', () => {
    const file = `{ file = "a-1.0.tar.gz", hash = "sha256:${SHA256}" }`
    const digests = [{ algorithm: 'sha256', value: SHA256, of: 'a-1.0.tar.gz' }]
    expect(first(`files = [${file}]`, '2.1')).toMatchObject({ purl: 'pkg:pypi/a@1.0', digests })
    expect(first('', '1.1', `[metadata.files]\na = [${file}]`)).toMatchObject({ digests })
    expect(first('', '1.0')).toMatchObject({ digests: [], locked: { path: PATH, line: 1 } })
  })

  it.each([
    [
      `type = "git"\nurl = "https://u:secret@git.example/a"\nreference = "v1"\nresolved_reference = "${'c'.repeat(40)}"`,
      { kind: 'git', url: 'https://git.example/a', commit: 'c'.repeat(40) },
    ],
    [
      'type = "url"\nurl = "https://u:secret@files.example/a.whl"',
      { kind: 'url', url: 'https://files.example/a.whl' },
    ],
    ['type = "file"\nurl = "../a.whl"', { kind: 'file', path: '../a.whl' }],
    ['type = "directory"\nurl = "lib/a"', { kind: 'link', path: 'lib/a' }],
    ['type = "legacy"\nurl = "https://u:secret@registry.example/simple"', { kind: 'registry' }],
  ])('knows %j', (source, expected) => {
    const found = first(`[package.source]\n${source}`)
    expect(found?.source).toEqual(expected)
    expect(JSON.stringify(found)).not.toContain('secret')
    expect(found?.registry).toBe(
      expected.kind === 'registry' ? 'https://registry.example/simple' : undefined,
    )
  })

  it('tells from pyproject.toml who asks, in the words of Poetry and of the specification', () => {
    const text = lock(
      ['a', 'b', 'c', 'd', 'e.f'].map((name) => entry(name)).join('') +
        entry(
          'g',
          '[package.dependencies]\nE_F = "*"\nunlocked = { version = "*", optional = true }',
        ),
    )
    const flags = (pyproject: string) =>
      accepted(PATH, text, { 'pyproject.toml': pyproject }).dependencies.map(
        ({ name, relationship, dev, dependsOn }) =>
          [name, relationship, dev && 'dev', ...dependsOn].filter(Boolean).join(' '),
      )
    const expected = [
      'a direct',
      'b direct',
      'c direct dev',
      'd direct dev',
      'e.f transitive',
      'g direct e.f 1.0',
    ]
    expect(
      flags(`[tool.poetry.dependencies]
python = "^3.9"
A = "*"
b = { version = "*", optional = true }
[tool.poetry.dev-dependencies]
c = "*"
[tool.poetry.group.docs.dependencies]
d = "*"
[tool.poetry.group.main.dependencies]
g = "*"`),
    ).toEqual(expected)
    expect(
      flags(`[project]
dependencies = ["A (>=1)", "g"]
optional-dependencies = { x = ["b[extra]>=1; python_version > '3'"] }
[dependency-groups]
dev = ["c", { include-group = "more" }]
more = ["d"]`),
    ).toEqual(expected)
  })

  it('without pyproject.toml does not know who asks', () => {
    expect(first('')).toMatchObject({ relationship: 'unknown', dev: false })
  })

  it('takes groups and categories at their word', () => {
    expect(first('groups = ["dev"]', '2.1')).toMatchObject({ dev: true })
    expect(first('groups = ["dev", "main"]', '2.1')).toMatchObject({ dev: false })
    expect(first('category = "dev"', '1.1')).toMatchObject({ dev: true })
    expect(first('category = "main"', '1.1')).toMatchObject({ dev: false })
  })

  it('counts a request as conditional only when every form of it is', () => {
    const text = (request: string) =>
      lock(
        entry('a', `[package.dependencies]\nb = ${request}`) +
          entry('b').replace('optional = false\n', ''),
      )
    const isOptional = (request: string) =>
      accepted(PATH, text(request), {
        'pyproject.toml': '[tool.poetry.dependencies]\na = "*"',
      }).dependencies.at(1)?.optional
    expect(isOptional('[{ version = "1", markers = "x" }, { version = "1", markers = "y" }]')).toBe(
      true,
    )
    expect(isOptional('[{ version = "1", markers = "x" }, { version = "1" }]')).toBe(false)
  })
})

describe('a lockfile of Poetry is refused', () => {
  const good = lock(entry('a'))
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => entry('a').replace('1.0', `1.${n}`)).join('')
  it.each([
    ['with a version to come', 'version at poetry.lock', lock('', '3.0'), lock('')],
    [
      'with a version as number',
      'version at poetry.lock',
      '[metadata]\nlock-version = 2',
      lock(''),
    ],
    ['without metadata', 'version at poetry.lock', entry('a'), good],
    [
      'with a short digest',
      'digest at poetry.lock line 1',
      lock(entry('a', 'files = [{ file = "a", hash = "sha256:00" }]')),
      lock(entry('a', `files = [{ file = "a", hash = "sha256:${SHA256}" }]`)),
    ],
    [
      'with a package twice',
      'entry at poetry.lock line 6',
      lock(entry('a') + entry('a')),
      lock(entry('a') + entry('b')),
    ],
    [
      'with more versions than edges can go to',
      'entry at poetry.lock',
      lock(many(65)),
      lock(many(64)),
    ],
    [
      'with a source of another kind',
      'entry at poetry.lock line 5',
      lock(entry('a', '[package.source]\ntype = "ftp"\nurl = "x"')),
      lock(entry('a', '[package.source]\ntype = "url"\nurl = "x"')),
    ],
  ])('%s', (_, problem, refused, twin) => {
    expect(said(PATH, refused)).toBe(problem)
    expect(said(PATH, twin)).toBe('accepted')
  })
})
