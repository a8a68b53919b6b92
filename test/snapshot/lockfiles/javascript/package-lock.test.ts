import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accepted, folderOf, readFixture, said } from './fixture.ts'
import { makeTemporaryFolder } from '../../../temporary-folder.ts'

/** The part of `@npmcli/arborist` that is asked; the package has no types of its own. */
interface Node {
  readonly location: string
  readonly packageName: string
  readonly version: string
  readonly integrity: string | null
  readonly dev: boolean
  readonly optional: boolean
  readonly devOptional: boolean
  readonly peer: boolean
  readonly isLink: boolean
  readonly isProjectRoot: boolean
  readonly target: Node
  readonly edgesOut: ReadonlyMap<string, { readonly to: Node | null }>
}
const Arborist = createRequire(import.meta.url)('@npmcli/arborist') as new (options: {
  readonly path: string
}) => { loadVirtual(): Promise<{ readonly inventory: ReadonlyMap<string, Node> }> }

const SHA512 = `sha512-${Buffer.alloc(64, 1).toString('base64')}`
const SHA1 = `sha1-${Buffer.alloc(20, 2).toString('base64')}`
const PATH = 'package-lock.json'

const lock = (packages: object, version: unknown = 3) =>
  JSON.stringify({ lockfileVersion: version, packages: { '': {}, ...packages } }, null, 1)
const entry = (fields: object) => accepted(PATH, lock({ 'node_modules/a': fields })).dependencies[0]

describe('beside arborist', () => {
  it.each(['semantic-release-npm', 'ws', 'fastify-static', 'sigstore-members', 'edge'])(
    'reads %s',
    async (name) => {
      const tree = await new Arborist({ path: checkOut(`npm/${name}`) }).loadVirtual()
      const nodes = [...tree.inventory.values()].filter((node) => {
        return !node.isProjectRoot && !(node.isLink && node.target !== node)
      })
      const flagged = (id: string) => id.includes('node_modules/')
      const expected = nodes.map((node) => ({
        id: node.location,
        name: node.packageName,
        version: node.version,
        digests: node.integrity?.split(' ').length ?? 0,
        ...(flagged(node.location) && {
          dev: node.dev,
          // Arborist marks what is only for development as `devOptional` too.
          optional: node.optional || (node.devOptional && !node.dev),
          peer: node.peer,
        }),
        dependsOn: [
          ...new Set([...node.edgesOut.values()].flatMap(({ to }) => to?.target.location ?? [])),
        ].toSorted(),
      }))
      const found = readFixture(`npm/${name}`).dependencies.map((entry) => ({
        id: entry.id,
        name: entry.name,
        version: entry.version,
        digests: entry.digests.length,
        ...(flagged(entry.id) && { dev: entry.dev, optional: entry.optional, peer: entry.peer }),
        dependsOn: entry.dependsOn.toSorted(),
      }))
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
      expect(found.toSorted(byId)).toEqual(expected.toSorted(byId))
    },
  )
})

/**
 * Arborist follows members only into folders that are there: they are made from what the lockfile
 * repeats of them.
 */
function checkOut(fixture: string): string {
  const folder = makeTemporaryFolder('package-lock')
  cpSync(folderOf(fixture), folder, { recursive: true })
  const { packages = {} } = JSON.parse(readFileSync(join(folder, PATH), 'utf8'))
  for (const [location, manifest] of Object.entries<{ name?: string }>(packages)) {
    if (location === '' || location.includes('node_modules')) continue
    mkdirSync(join(folder, location), { recursive: true })
    const named = { name: basename(location), ...manifest }
    writeFileSync(join(folder, location, 'package.json'), JSON.stringify(named))
  }
  return folder
}

describe('an entry of npm', () => {
  it('keeps every digest, the registry with its path, and the line', () => {
    expect(
      entry({
        version: '1.0.0',
        resolved: 'https://user:secret@registry.example/npm/a/-/a-1.0.0.tgz?token=secret',
        integrity: `${SHA512} ${SHA1}`,
      }),
    ).toMatchObject({
      purl: 'pkg:npm/a@1.0.0',
      digests: [
        { algorithm: 'sha512', value: '01'.repeat(64) },
        { algorithm: 'sha1', value: '02'.repeat(20) },
      ],
      registry: 'https://registry.example/npm',
      source: { kind: 'registry', url: 'https://registry.example/npm/a/-/a-1.0.0.tgz' },
      locked: { path: PATH, line: 5 },
    })
  })

  it('of an alias has the name behind it', () => {
    expect(entry({ name: '@scope/b', version: '2.0.0' })).toMatchObject({
      id: 'node_modules/a',
      name: '@scope/b',
      purl: 'pkg:npm/%40scope/b@2.0.0',
    })
  })

  it.each([
    ['git+ssh://git@code.example/x/a.git#' + 'c'.repeat(40), 'git', 'c'.repeat(40)],
    ['git+https://ci:secret@code.example/x/a.git#main', 'git', undefined],
  ])('of a repository has its commit: %s', (resolved, kind, commit) => {
    const { source } = entry({ version: '1.0.0', resolved }) ?? {}
    expect(source).toMatchObject({ kind, ...(commit !== undefined && { commit }) })
    expect(JSON.stringify(source)).not.toContain('secret')
  })

  it('of a repository without a commit is floating', () => {
    const content = lock({ 'node_modules/a': { resolved: 'git+https://code.example/a.git#main' } })
    expect(accepted(PATH, content).floating).toEqual([
      { name: 'a', requirement: 'git+https://code.example/a.git', line: 5 },
    ])
  })

  it('that its dependant names by an address comes from no registry', () => {
    const content = lock({
      '': { dependencies: { a: 'https://files.example/a.tgz', b: 'file:b.tgz' } },
      'node_modules/a': { version: '1.0.0', resolved: 'https://files.example/a.tgz' },
      'node_modules/b': { version: '1.0.0', resolved: 'file:b.tgz' },
    })
    expect(accepted(PATH, content).dependencies).toMatchObject([
      { source: { kind: 'url', url: 'https://files.example/a.tgz' }, relationship: 'direct' },
      { source: { kind: 'file', path: 'b.tgz' } },
    ])
  })

  it('inside the archive of another has no digest of its own', () => {
    const inner = 'node_modules/a/node_modules/b'
    const content = lock({
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
      [inner]: { version: '1.0.0', inBundle: true },
    })
    expect(accepted(PATH, content).dependencies).toMatchObject([
      { dependsOn: [inner] },
      { id: inner, source: { kind: 'bundled', within: 'node_modules/a' }, digests: [] },
    ])
  })

  it('that is required and not locked makes the lockfile floating', () => {
    const content = lock({
      '': { dependencies: { gone: '^1' }, optionalDependencies: { left: '1' } },
    })
    expect(accepted(PATH, content).floating).toEqual([{ name: 'gone', requirement: '^1', line: 4 }])
  })
})

describe('version 1', () => {
  const V1 = JSON.stringify({
    lockfileVersion: 1,
    dependencies: {
      a: { version: '1.0.0', requires: { b: '1' } },
      b: { version: '1.0.0', dev: true },
      c: { version: 'npm:@scope/d@2.0.0' },
    },
  })

  it('takes what the project asks for from package.json', () => {
    const manifest = Buffer.from('{"dependencies": {"b": "1"}}')
    const direct = (siblings?: () => Uint8Array) =>
      accepted(PATH, V1, siblings)
        .dependencies.filter((found) => found.relationship === 'direct')
        .map(({ name }) => name)
    expect(direct(() => manifest)).toEqual(['b'])
    expect(direct()).toEqual(['a', '@scope/d'])
  })

  it('takes a package.json that it can not read for a refusal', () => {
    expect(said(PATH, V1, '{')).toMatch(/^snapshot\/lockfile-syntax at package.json line 1/)
    expect(said(PATH, V1, '{}')).toBe('accepted')
  })
})

// Each refusal, and the nearest text that is accepted.
describe('a lockfile of npm is refused', () => {
  const both = (integrity: string) =>
    JSON.stringify({
      lockfileVersion: 2,
      packages: { '': {}, 'node_modules/a': { version: '1.0.0', integrity: SHA512 } },
      dependencies: { a: { version: '1.0.0', integrity } },
    })
  const a = (fields: object) => lock({ 'node_modules/a': fields })
  it.each([
    ['without a version', 'lockfile-version', '{"packages": {}}', lock({})],
    ['with a version to come', 'lockfile-version', lock({}, 4), lock({}, 3)],
    ['with a version as text', 'lockfile-version', lock({}, '3'), lock({}, 2)],
    ['that says one member twice', 'lockfile-syntax', '{"a":1,"a":1}', lock({})],
    ['that is a list', 'lockfile-syntax', '[]', lock({})],
    ['without packages', 'lockfile-entry', '{"lockfileVersion": 3}', lock({})],
    ['with a number for a version', 'lockfile-entry', a({ version: 1 }), a({ version: '1' })],
    [
      'with an unknown digest',
      'lockfile-digest',
      a({ integrity: 'crc32-AAAAAA==' }),
      a({ integrity: SHA1 }),
    ],
    [
      'with a cut digest',
      'lockfile-digest',
      a({ integrity: SHA512.slice(0, -4) }),
      a({ integrity: SHA512 }),
    ],
    ['with two readings', 'lockfile-entry', both(SHA1), both(SHA512)],
    ['with a name that is none', 'lockfile-entry', a({ name: 'b c' }), a({ name: 'b' })],
    [
      'with a bundle in nothing',
      'lockfile-entry',
      lock({ 'node_modules/a/node_modules/b': { inBundle: true } }),
      lock({ 'node_modules/b': { inBundle: true } }),
    ],
  ])('%s', (_, code, refused, twin) => {
    expect(said(PATH, refused)).toMatch(new RegExp(`^snapshot/${code} at package-lock.json`))
    expect(said(PATH, twin)).toBe('accepted')
    expect(said('npm-shrinkwrap.json', twin)).toBe('accepted')
  })
})
