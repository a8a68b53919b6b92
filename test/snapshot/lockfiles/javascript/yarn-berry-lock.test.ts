import { describe, expect, it } from 'vitest'
import { accepted, readFixture, said } from './fixture.ts'

const PATH = 'yarn.lock'
const HEX = 'ab'.repeat(64)
const HEAD = '__metadata:\n  version: 8\n  cacheKey: 10c0\n\n'

const block = (resolution: string, ...fields: string[]) =>
  `${HEAD}"a@x":\n  version: 1.0.0\n  resolution: "${resolution}"\n${fields.map((field) => `  ${field}\n`).join('')}`
const first = (resolution: string, ...fields: string[]) =>
  accepted(PATH, block(resolution, ...fields)).dependencies[0]

describe('a lockfile of Yarn 2 and later', () => {
  it('has checksums of the cache, never of the artifact', () => {
    expect(first('a@npm:1.0.0', `checksum: 10c0/${HEX}`)?.digests).toEqual([
      { algorithm: 'berry-zip', value: HEX, of: '10c0' },
    ])
    expect(first('a@npm:1.0.0', `checksum: ${HEX}`)?.digests).toEqual([
      { algorithm: 'berry-zip', value: HEX, of: '10c0' },
    ])
    expect(first('a@npm:1.0.0')?.digests).toEqual([])
  })

  it('names another registry, without its credentials', () => {
    const url = encodeURIComponent('https://u:secret@registry.example/npm/a/-/a-1.0.0.tgz')
    const found = first(`a@npm:1.0.0::__archiveUrl=${url}`)
    expect(found).toMatchObject({ name: 'a', registry: 'https://registry.example/npm' })
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it.each([
    [`a@https://u:secret@code.example/a.git#commit=${'c'.repeat(40)}`, 'git'],
    ['a@https://u:secret@files.example/a.tgz', 'url'],
    ['a@file:lib#lib::hash=abc&locator=root%40workspace%3A.', 'file'],
    ['a@portal:../a::locator=root%40workspace%3A.', 'link'],
    ['a@workspace:packages/a', 'workspace'],
    ['a@patch:a@npm%3A1.0.0#~/.yarn/patches/a.patch::version=1.0.0&hash=abc', 'registry'],
  ])('knows %s', (resolution, kind) => {
    const found = first(resolution)
    expect(found).toMatchObject({ name: 'a', source: { kind } })
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it('answers a request as "resolutions" of package.json say', () => {
    const content = `${HEAD}"root@workspace:.":
  version: 0.0.0-use.local
  resolution: "root@workspace:."
  dependencies:
    a: "npm:^1"
"a@npm:2.0.0":
  version: 2.0.0
  resolution: "a@npm:2.0.0"
"a@npm:3.0.0":
  version: 3.0.0
  resolution: "a@npm:3.0.0"
`
    const direct = (manifest: string) =>
      accepted(PATH, content, () => Buffer.from(manifest)).dependencies.filter(
        ({ relationship }) => relationship === 'direct',
      )
    expect(direct('{"resolutions": {"a": "2.0.0"}}')).toMatchObject([{ version: '2.0.0' }])
    expect(direct('{"resolutions": {"a@npm:^1": "npm:3.0.0"}}')).toMatchObject([
      { version: '3.0.0' },
    ])
    expect(direct('{}')).toEqual([])
    expect(accepted(PATH, content).floating).toEqual([
      { name: 'a', requirement: 'npm:^1', line: 5 },
    ])
  })

  it('has what only the root needs to develop, and the members', () => {
    const { dependencies } = readFixture('berry/edge')
    const flags = (id: string) => dependencies.find((found) => found.id.startsWith(id))
    expect(flags('typescript@patch:')).toMatchObject({ relationship: 'direct', dev: true })
    expect(flags('semver@npm:7.5.4')).toMatchObject({ relationship: 'direct', dev: false })
    expect(flags('member@')).toMatchObject({
      source: { kind: 'workspace', path: 'packages/member' },
    })
    expect(flags('fsevents@')).toMatchObject({ optional: true })
  })
})

describe('a lockfile of Yarn 2 and later is refused', () => {
  const good = block('a@npm:1.0.0')
  it.each([
    ['with a version to come', 'version at yarn.lock', HEAD.replace('8', '11'), HEAD],
    [
      'with a version that was never tried',
      'version at yarn.lock',
      HEAD.replace('8', '7'),
      HEAD.replace('8', '6'),
    ],
    ['without a version', 'entry at yarn.lock line 1', '__metadata: {}\n', HEAD],
    [
      'with a block twice',
      'syntax at yarn.lock line 8',
      `${good}"a@x": {}\n`,
      `${good}"b@x": {version: 1, resolution: "b@npm:1"}\n`,
    ],
    ['without a locator', 'entry at yarn.lock line 5', block('a'), good],
    ['without a version of a package', 'entry at yarn.lock line 5', `${HEAD}"a@x": {}\n`, good],
    [
      'with two blocks of one locator',
      'entry at yarn.lock line 8',
      `${good}"b@x":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n`,
      good,
    ],
    [
      'with a cut checksum',
      'digest at yarn.lock line 5',
      block('a@npm:1.0.0', 'checksum: 10c0/abcd'),
      good,
    ],
  ])('%s', (_, code, refused, twin) => {
    expect(said(PATH, refused)).toContain(`snapshot/lockfile-${code}`)
    expect(said(PATH, twin)).toBe('accepted')
  })
})
