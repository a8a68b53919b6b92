import { describe, expect, it } from 'vitest'
import { accepted, readFixture, said } from './fixture.ts'

const PATH = 'bun.lock'
const SHA512 = `sha512-${Buffer.alloc(64, 1).toString('base64')}`

const lock = (packages: string, version = '1') =>
  `{\n  "lockfileVersion": ${version},\n  "workspaces": { "": { "dependencies": { "a": "^1", }, }, },\n  "packages": {\n    ${packages}\n  },\n}\n`
const first = (value: string) => accepted(PATH, lock(`"a": ${value},`)).dependencies[0]

describe('a lockfile of bun', () => {
  it('says where each package is locked, and by which digest', () => {
    expect(first(`["a@1.0.0", "", {}, "${SHA512}"]`)).toMatchObject({
      purl: 'pkg:npm/a@1.0.0',
      digests: [{ algorithm: 'sha512', value: '01'.repeat(64) }],
      source: { kind: 'registry' },
      relationship: 'direct',
      locked: { path: PATH, line: 5 },
    })
  })

  it.each([
    [`["@scope/b@2.0.0", "", {}, "${SHA512}"]`, '@scope/b', { kind: 'registry' }],
    [
      `["a@1.0.0", "https://u:secret@registry.example/npm/a/-/a-1.0.0.tgz", {}, "${SHA512}"]`,
      'a',
      { kind: 'registry', url: 'https://registry.example/npm/a/-/a-1.0.0.tgz' },
    ],
    [
      `["a@git+https://u:secret@code.example/a.git#${'c'.repeat(40)}", {}, "${'c'.repeat(40)}"]`,
      'a',
      { kind: 'git', url: 'git+https://code.example/a.git', commit: 'c'.repeat(40) },
    ],
    [
      `["a@github:x/a#ccccccc", {}, "x-a-${'c'.repeat(40)}", "${SHA512}"]`,
      'a',
      { kind: 'git', url: 'github:x/a', commit: 'c'.repeat(40) },
    ],
    [
      '["a@https://u:secret@files.example/a.tgz", {}]',
      'a',
      { kind: 'url', url: 'https://files.example/a.tgz' },
    ],
    ['["a@file:lib", {}]', 'a', { kind: 'file', path: 'lib' }],
    ['["a@link:a", {}]', 'a', { kind: 'link', path: 'a' }],
  ])('knows %s', (value, name, source) => {
    const found = first(value)
    expect(found).toMatchObject({ name })
    expect(found?.source).toEqual(source)
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it('finds the nearest package of a name', () => {
    const { dependencies } = readFixture('bun/edge')
    const asked = dependencies.find(({ id }) => id === 'debug')?.dependsOn
    expect(asked).toEqual(['debug/ms'])
    expect(dependencies.find(({ id }) => id === 'lib')?.dependsOn).toEqual(['ms'])
  })

  it('has members, and flags from the graph', () => {
    const { dependencies } = readFixture('bun/edge')
    const flags = (id: string) => dependencies.find((found) => found.id === id)
    expect(flags('member')).toMatchObject({ source: { kind: 'workspace' }, version: '2.0.0' })
    expect(flags('semver')).toMatchObject({ relationship: 'direct', dev: true })
    expect(flags('fsevents')).toMatchObject({ optional: true })
    expect(flags('react')).toMatchObject({ peer: true })
    expect(flags('is-number-alias')).toMatchObject({ name: 'is-number' })
  })

  it('is floating where a request has no answer', () => {
    expect(accepted(PATH, lock('')).floating).toEqual([{ name: 'a', requirement: '^1', line: 1 }])
  })
})

describe('a lockfile of bun is refused', () => {
  const good = lock(`"a": ["a@1.0.0", "", {}, "${SHA512}"],`)
  it.each([
    ['with a version to come', 'version at bun.lock', lock('', '3'), lock('', '2')],
    ['with a version as text', 'version at bun.lock', lock('', '"1"'), lock('', '0')],
    [
      'with a package twice',
      'syntax at bun.lock line 6',
      lock('"a": ["a@1"],\n"a": ["a@2"]'),
      lock('"a": ["a@1"],\n"b": ["b@2"]'),
    ],
    ['with a comment', 'syntax at bun.lock line 5', lock('// b'), lock('')],
    [
      'with two commas',
      'syntax at bun.lock line 5',
      lock('"a": ["a@1",,],'),
      lock('"a": ["a@1",],'),
    ],
    ['with a comma alone', 'syntax at bun.lock line 5', lock(','), lock('')],
    ['with a package that is a text', 'entry at bun.lock line 4', lock('"a": "a@1"'), good],
    ['without name and version', 'entry at bun.lock line 5', lock('"a": ["a"]'), good],
    [
      'with a cut digest',
      'digest at bun.lock line 5',
      lock('"a": ["a@1", "", {}, "sha512-AAAA"]'),
      good,
    ],
  ])('%s', (_, code, refused, twin) => {
    expect(said(PATH, refused)).toContain(`snapshot/lockfile-${code}`)
    expect(said(PATH, twin)).toBe('accepted')
  })
})
