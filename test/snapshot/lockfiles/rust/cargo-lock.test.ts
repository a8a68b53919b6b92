import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accepted, linesOf, said } from '../locked.ts'

const PATH = 'app/Cargo.lock'
const REGISTRY = 'source = "registry+https://u:secret@registry.example/index"'
const SHA256 = 'ab'.repeat(32)
const crate = (name: string, rest = `${REGISTRY}\nchecksum = "${SHA256}"`) =>
  `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${rest}\n`
const lock = (packages: string, version = '4') => `version = ${version}\n${packages}`
const MANIFEST = '[package]\nname = "app"\n'

describe('a lockfile of cargo', () => {
  it('says where each crate is locked, by which digest, and from which registry', () => {
    const { kind, dependencies } = accepted(PATH, lock(crate('a')))
    expect(kind).toBe('cargo/4')
    expect(dependencies).toEqual([
      {
        id: 'a 1.0.0 (registry+https://registry.example/index)',
        purl: 'pkg:cargo/a@1.0.0',
        name: 'a',
        version: '1.0.0',
        ecosystem: 'cargo',
        digests: [{ algorithm: 'sha256', value: SHA256 }],
        registry: 'https://registry.example/index',
        source: { kind: 'registry' },
        relationship: 'transitive',
        dev: false,
        optional: false,
        peer: false,
        locked: { path: PATH, line: 2 },
        dependsOn: [],
      },
    ])
  })

  it.each([
    ['source = "sparse+https://registry.example/index/"', { kind: 'registry' }],
    [
      `source = "git+ssh://git@git.example/a.git?branch=x%2Fy#${'c'.repeat(40)}"`,
      { kind: 'git', url: 'ssh://git@git.example/a.git', commit: 'c'.repeat(40) },
    ],
    [
      'source = "git+https://u:secret@git.example/a"',
      { kind: 'git', url: 'https://git.example/a' },
    ],
    ['', { kind: 'workspace' }],
  ])('knows %j', (source, expected) => {
    const [found] = accepted(PATH, lock(crate('a', source))).dependencies
    expect(found?.source).toEqual(expected)
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it('finds a folder beside a crate of its name, and a repository by its address alone', () => {
    const git = (branch: string, commit: string) =>
      crate('b', `source = "git+https://git.example/b?branch=${branch}#${commit.repeat(40)}"`)
    const text = lock(
      `${crate('a', '')}${crate('a')}${git('x', 'c')}${git('y', 'd')}` +
        crate('app', 'dependencies = ["a 1.0.0", "b 1.0.0 (git+https://git.example/b?branch=y)"]'),
    )
    const app = accepted(PATH, text).dependencies.find(({ name }) => name === 'app')
    expect(app?.dependsOn[0]).toBe('a 1.0.0')
    expect(app?.dependsOn[1]).toContain('d'.repeat(40))
    expect(app?.dependsOn).toHaveLength(2)
  })

  it('reads the checksums of version 1 from its metadata', () => {
    const text = `${crate('a', REGISTRY)}[metadata]\n"checksum a 1.0.0 (${REGISTRY.slice(10, -1)})" = "${SHA256}"`
    const lockfile = accepted(PATH, text)
    expect(lockfile.kind).toBe('cargo/1')
    expect(lockfile.dependencies[0]?.digests).toEqual([{ algorithm: 'sha256', value: SHA256 }])
    expect(accepted(PATH, text.replace(SHA256, '<none>')).dependencies[0]?.digests).toEqual([])
  })

  it('knows version 2 by a checksum beside its package, and the oldest form by its root', () => {
    expect(accepted(PATH, crate('a')).kind).toBe('cargo/2')
    const old = `[root]\nname = "app"\nversion = "0.1.0"\ndependencies = ["a"]\n${crate('a', REGISTRY)}`
    const { dependencies } = accepted(PATH, old, { 'Cargo.toml': MANIFEST })
    expect(dependencies.map(({ name, relationship }) => [name, relationship])).toEqual([
      ['a', 'direct'],
    ])
  })

  it('tells what is for development only with the manifest beside it', () => {
    const text = lock(
      ['a', 'b', 'c', 'd'].map((name) => crate(name)).join('') +
        crate('app', 'dependencies = ["a", "b", "c", "d"]'),
    )
    const manifest = `${MANIFEST}[dependencies]
x = { package = "a", version = "1" }
b = { version = "1", optional = true }
[dev-dependencies]
a = "1"
c = "1"
[target.'cfg(windows)'.dependencies]
d = "1"
`
    const flags = (siblings?: Record<string, string>) =>
      accepted(PATH, text, siblings).dependencies.flatMap(({ name, dev, optional }) =>
        name === 'app' ? [] : `${name}${dev ? ' dev' : ''}${optional ? ' optional' : ''}`,
      )
    expect(flags({ 'Cargo.toml': manifest })).toEqual(['a', 'b optional', 'c dev', 'd optional'])
    expect(flags()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('finds the names that members inherit from the workspace', () => {
    const text = lock(crate('real') + crate('member', 'dependencies = ["real"]'))
    const siblings = {
      'Cargo.toml':
        '[workspace]\nmembers = ["m", "others/*"]\n[workspace.dependencies]\nx = { package = "real" }',
      'm/Cargo.toml': '[package]\nname = "member"\n[dev-dependencies]\nx = { workspace = true }',
    }
    const { dependencies } = accepted(PATH, text, siblings)
    expect(dependencies).toMatchObject([
      { name: 'member', source: { kind: 'workspace', path: 'm' }, relationship: 'direct' },
      { name: 'real', dev: true, relationship: 'direct' },
    ])
  })
})

describe('a lockfile of cargo is refused', () => {
  const good = lock(crate('a'))
  it.each([
    ['with a version to come', `version at ${PATH}`, lock(crate('a'), '5'), lock(crate('a'), '3')],
    ['with a version as text', `version at ${PATH}`, lock('', '"4"'), lock('')],
    ['with a version that is a table', `version at ${PATH}`, '[version]', ''],
    ['with a short checksum', `digest at ${PATH} line 2`, good.replace(/ab"/, '"'), good],
    ['with upper-case hex', `digest at ${PATH} line 2`, good.replaceAll('ab', 'AB'), good],
    [
      'with a crate twice',
      `entry at ${PATH} line 7`,
      lock(crate('a') + crate('a')),
      lock(crate('a') + crate('b')),
    ],
    [
      'with a request that nothing answers',
      `entry at ${PATH} line 2`,
      lock(crate('a', 'dependencies = ["b"]')),
      lock(crate('a', 'dependencies = ["b"]') + crate('b')),
    ],
    [
      'with a request that two crates answer',
      `entry at ${PATH} line 2`,
      lock(crate('a', 'dependencies = ["b"]') + crate('b') + crate('b').replace('1.0.0', '2.0.0')),
      lock(
        crate('a', 'dependencies = ["b 2.0.0"]') +
          crate('b') +
          crate('b').replace('1.0.0', '2.0.0'),
      ),
    ],
    [
      'with a source of another kind',
      `entry at ${PATH} line 2`,
      lock(crate('a', 'source = "ftp+ftp://u:p@a.example"')),
      lock(crate('a', 'source = "git+https://a.example/a"')),
    ],
    ['with a name that is a number', `entry at ${PATH} line 2`, good.replace('"a"', '1'), good],
    ['that is no TOML', `syntax at ${PATH} line 1`, '{}', good],
  ])('%s', (_, problem, refused, twin) => {
    expect(said(PATH, refused)).toBe(problem)
    expect(said(PATH, twin)).toBe('accepted')
  })

  it('with a manifest that can not be read', () => {
    expect(said(PATH, good, { 'Cargo.toml': '[' })).toBe('syntax at app/Cargo.toml line 1')
    expect(said(PATH, good, { 'Cargo.toml': '[package]\nname = 1' })).toMatch(
      /^entry at app\/Cargo.toml/,
    )
    expect(said(PATH, good, { 'Cargo.toml': MANIFEST })).toBe('accepted')
  })
})

const CARGO = findCargo()
if (CARGO === undefined)
  process.stderr.write('LEFT OUT: Cargo.lock beside cargo, because no cargo is here\n')

it.skipIf(CARGO === undefined)(
  'cargo and we see the same in a workspace that it has just locked',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'cargo-'))
    const write = (name: string, manifest: string) => {
      mkdirSync(join(folder, name, 'src'), { recursive: true })
      writeFileSync(join(folder, name, 'src/lib.rs'), '')
      writeFileSync(join(folder, name, 'Cargo.toml'), manifest)
    }
    const named = (name: string) =>
      `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n`
    write(
      '.',
      `${named('root')}[dependencies]\na = { path = "a" }\n[workspace]\nmembers = ["a", "b"]\n`,
    )
    write('a', `${named('a')}[dev-dependencies]\nb = { path = "../b" }\n`)
    write('b', named('b'))
    const json = execFileSync(CARGO ?? '', ['metadata', '--format-version', '1', '--offline'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const { packages } = JSON.parse(json.toString()) as {
      packages: { name: string; version: string }[]
    }
    const manifest = (name: string) => readFileSync(join(folder, name), 'utf8')
    const lockfile = accepted('Cargo.lock', manifest('Cargo.lock'), {
      'Cargo.toml': manifest('Cargo.toml'),
      'a/Cargo.toml': manifest('a/Cargo.toml'),
      'b/Cargo.toml': manifest('b/Cargo.toml'),
    })
    rmSync(folder, { recursive: true })
    const theirs = packages.flatMap(({ name, version }) =>
      name === 'root' ? [] : `${name}@${version}`,
    )
    expect(linesOf(lockfile).map((line) => line.split(' ', 1)[0])).toEqual(theirs.toSorted())
  },
)

function findCargo(): string | undefined {
  const known = ['cargo', join(process.env['HOME'] ?? '', '.cargo/bin/cargo')]
  return known.find((path) => {
    try {
      execFileSync(path, ['--version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}
