import { describe, expect, it } from 'vitest'
import { accepted, said } from '../locked.ts'

const PATH = 'packages.lock.json'
const HASH = Buffer.alloc(64, 0xab).toString('base64')
const lock = (packages: object, version: unknown = 1) =>
  JSON.stringify({ version, dependencies: { 'net8.0': packages } }, null, 1)
const entry = { type: 'Direct', requested: '[1.0.0, )', resolved: '1.0.0', contentHash: HASH }

describe('a lockfile of NuGet', () => {
  it('locks a hash of the package without its signature, and says of what it is', () => {
    expect(accepted(PATH, lock({ A: entry })).dependencies).toMatchObject([
      {
        id: 'net8.0/A',
        purl: 'pkg:nuget/A@1.0.0',
        digests: [{ algorithm: 'sha512', value: 'ab'.repeat(64), of: 'unsigned package' }],
        source: { kind: 'registry' },
        relationship: 'direct',
        locked: { path: PATH, line: 5 },
      },
    ])
  })

  it('finds names without regard to case, and only in the same framework', () => {
    const packages = {
      A: { ...entry, dependencies: { b: '1.0.0', gone: '1.0.0' } },
      B: { ...entry, type: 'Transitive' },
      c: { type: 'Project', dependencies: { B: '[1.0.0, )' } },
    }
    const { kind, dependencies } = accepted(PATH, lock(packages, 2))
    expect(kind).toBe('nuget/2')
    expect(dependencies).toMatchObject([
      { id: 'net8.0/A', dependsOn: ['net8.0/B'] },
      { id: 'net8.0/B', relationship: 'direct' },
      { id: 'net8.0/c', source: { kind: 'workspace' }, digests: [] },
    ])
  })

  it('is open where a package has no hash', () => {
    const { contentHash: _, ...rest } = entry
    expect(accepted(PATH, lock({ A: rest })).floating).toEqual([
      { name: 'A', requirement: '1.0.0', line: 5 },
    ])
    expect(accepted(PATH, lock({ A: entry })).floating).toEqual([])
  })
})

describe('a lockfile of NuGet is refused', () => {
  const good = lock({ A: entry })
  it.each([
    ['with a version to come', 'version at packages.lock.json', lock({}, 3), lock({}, 2)],
    ['with a version as text', 'version at packages.lock.json', lock({}, '1'), lock({})],
    [
      'with a short hash',
      'digest at packages.lock.json line 5',
      lock({ A: { ...entry, contentHash: 'q6s=' } }),
      good,
    ],
    [
      'with loose base64',
      'digest at packages.lock.json line 5',
      lock({ A: { ...entry, contentHash: HASH.slice(0, -2) } }),
      good,
    ],
    [
      'without what was resolved',
      'entry at packages.lock.json line 5',
      lock({ A: { ...entry, resolved: undefined } }),
      good,
    ],
    [
      'with a type to come',
      'entry at packages.lock.json line 5',
      lock({ A: { ...entry, type: 'Other' } }),
      good,
    ],
    [
      'with a package twice',
      'syntax at packages.lock.json line 1, column 42',
      '{"version":1,"dependencies":{"a":{"A":{},"A":{}}}}',
      good,
    ],
  ])('%s', (_, problem, refused, twin) => {
    expect(said(PATH, refused)).toBe(problem)
    expect(said(PATH, twin)).toBe('accepted')
  })
})
