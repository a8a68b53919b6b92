import { describe, expect, it } from 'vitest'
import { accepted, readFixture, said } from './fixture.ts'

const PATH = 'pnpm-lock.yaml'
const SHA512 = `sha512-${Buffer.alloc(64, 1).toString('base64')}`
const HEAD = "lockfileVersion: '9.0'\nimporters:\n  .: {}\n"

const one = (key: string, resolution: string, version = key.slice(key.indexOf('@', 1) + 1)) =>
  [
    "lockfileVersion: '9.0'",
    'importers:',
    '  .:',
    `    dependencies: {a: {specifier: x, version: '${version}'}}`,
    'packages:',
    `  '${key}': {resolution: ${resolution}}`,
    'snapshots:',
    `  '${key}': {}`,
  ].join('\n')
const source = (key: string, resolution: string) =>
  accepted(PATH, one(key, resolution)).dependencies[0]?.source

describe('a lockfile of pnpm', () => {
  it('says where each package is locked, and who asks for it', () => {
    const [first] = accepted(PATH, one('a@1.0.0', `{integrity: ${SHA512}}`)).dependencies
    expect(first).toEqual({
      id: 'a@1.0.0',
      purl: 'pkg:npm/a@1.0.0',
      name: 'a',
      version: '1.0.0',
      ecosystem: 'npm',
      digests: [{ algorithm: 'sha512', value: '01'.repeat(64) }],
      source: { kind: 'registry' },
      relationship: 'direct',
      dev: false,
      optional: false,
      peer: false,
      locked: { path: PATH, line: 6 },
      dependsOn: [],
    })
  })

  it('has an alias under its true name', () => {
    const content = one('@scope/b@2.0.0', '{}', '@scope/b@2.0.0')
    expect(accepted(PATH, content).dependencies).toMatchObject([
      { name: '@scope/b', version: '2.0.0', relationship: 'direct' },
    ])
  })

  it('tells repositories, archives and folders from packages of the registry', () => {
    const commit = 'c'.repeat(40)
    const repository = `{type: git, repo: https://ci:secret@code.example/a.git, commit: ${commit}}`
    expect(source(`a@git+https://code.example/a.git#${commit}`, repository)).toEqual({
      kind: 'git',
      url: 'git+https://code.example/a.git',
      commit,
    })
    const archive = `https://codeload.github.com/x/a/tar.gz/${commit}`
    expect(source(`a@${archive}`, `{tarball: ${archive}}`)).toEqual({
      kind: 'git',
      url: 'https://github.com/x/a',
      commit,
    })
    expect(
      source('a@https://u:p@files.example/a.tgz', '{tarball: https://u:p@files.example/a.tgz}'),
    ).toEqual({
      kind: 'url',
      url: 'https://files.example/a.tgz',
    })
    expect(source('a@file:lib', '{directory: lib, type: directory}')).toEqual({
      kind: 'file',
      path: 'lib',
    })
  })

  it('keeps a package apart for each set of peers, with the same digests', () => {
    const content = one('a@1.0.0', `{integrity: ${SHA512}}`)
      .replace("'1.0.0'", "'1.0.0(b@1.0.0)'")
      .replace('packages:', 'packages:\n  b@1.0.0: {resolution: {}}\n  b@2.0.0: {resolution: {}}')
      .replace(
        /'a@1.0.0': \{\}$/,
        `a@1.0.0(b@1.0.0): {dependencies: {b: 1.0.0}}
  a@1.0.0(b@2.0.0): {dependencies: {b: 2.0.0}}
  b@1.0.0: {}
  b@2.0.0: {}`,
      )
    const found = accepted(PATH, content).dependencies.filter(({ name }) => name === 'a')
    expect(found).toMatchObject([
      { id: 'a@1.0.0(b@1.0.0)', relationship: 'direct', dependsOn: ['b@1.0.0'] },
      { id: 'a@1.0.0(b@2.0.0)', relationship: 'transitive', dependsOn: ['b@2.0.0'] },
    ])
    expect(new Set(found.map(({ purl }) => purl))).toEqual(new Set(['pkg:npm/a@1.0.0']))
    expect(found[0]?.digests).toEqual(found[1]?.digests)
  })

  it('has the members of the workspace, and what each asks for', () => {
    const { dependencies } = readFixture('pnpm/edge')
    const member = dependencies.find(({ source: { kind } }) => kind === 'workspace')
    expect(member).toMatchObject({
      relationship: 'direct',
      source: { path: 'packages/member' },
      dependsOn: ['debug@4.3.4', 'semver@7.5.4'],
    })
    const flags = (name: string) => dependencies.find((found) => found.name === name)
    expect(flags('semver')).toMatchObject({ relationship: 'direct', dev: true })
    expect(flags('fsevents')).toMatchObject({ optional: true, dev: false })
    expect(flags('react')).toMatchObject({ peer: true, relationship: 'transitive' })
    expect(flags('is-number')).toMatchObject({ version: '7.0.0', relationship: 'direct' })
  })
})

describe('a lockfile of pnpm is refused', () => {
  const good = one('a@1.0.0', `{integrity: ${SHA512}}`)
  it.each([
    ['with an older version', 'version at pnpm-lock.yaml', HEAD.replace('9.0', '6.0'), HEAD],
    ['with a version to come', 'version at pnpm-lock.yaml', HEAD.replace('9.0', '10.0'), HEAD],
    ['without a version', 'version at pnpm-lock.yaml', 'importers: {}', HEAD],
    ['without importers', 'entry at pnpm-lock.yaml line 1', "lockfileVersion: '9.0'", HEAD],
    [
      'with one package twice',
      'syntax at pnpm-lock.yaml line 5',
      `${HEAD}packages: {}\npackages: {}`,
      `${HEAD}packages: {}`,
    ],
    [
      'with an alias',
      'syntax at pnpm-lock.yaml line 4',
      `${HEAD}packages: &a {}\nsnapshots: *a`,
      `${HEAD}packages: {}\nsnapshots: {}`,
    ],
    ['with a merge key', 'syntax at pnpm-lock.yaml line 4', `${HEAD}<<: {}`, `${HEAD}x: {}`],
    [
      'with a package that nothing uses',
      'entry at pnpm-lock.yaml line 6',
      good.replace(/snapshots[^]*/, 'snapshots: {}').replace(/ {4}dependencies.*/, '    x: {}'),
      good,
    ],
    [
      'with a request that nothing answers',
      'entry at pnpm-lock.yaml line 3',
      good.replace("version: '1.0.0'", "version: '2.0.0'"),
      good,
    ],
    [
      'with a snapshot of no package',
      'entry at pnpm-lock.yaml line 1',
      good.replace(/packages:\n.*\n/, ''),
      good,
    ],
    [
      'with a snapshot named as what objects inherit',
      'entry at pnpm-lock.yaml line 1',
      `${HEAD}snapshots: {constructor: {}}`,
      `${HEAD}snapshots: {}`,
    ],
    [
      'with a cut digest',
      'digest at pnpm-lock.yaml line 6',
      good.replace(SHA512, 'sha512-AAAA'),
      good,
    ],
  ])('%s', (_, code, refused, twin) => {
    expect(said(PATH, refused)).toContain(`snapshot/lockfile-${code}`)
    expect(said(PATH, twin)).toBe('accepted')
  })
})
