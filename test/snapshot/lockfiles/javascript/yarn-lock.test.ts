import { describe, expect, it } from 'vitest'
import { accepted, readFixture, said } from './fixture.ts'

const PATH = 'yarn.lock'
const HEAD = '# yarn lockfile v1\n\n'
const SHA1 = '02'.repeat(20)

const block = (pattern: string, ...fields: string[]) =>
  `${HEAD}${pattern}:\n  version "1.0.0"\n${fields.map((field) => `  ${field}\n`).join('')}`
const first = (pattern: string, ...fields: string[]) =>
  accepted(PATH, block(pattern, ...fields)).dependencies[0]

describe('a lockfile of Yarn 1', () => {
  it('gives one entry to all patterns of a block, under the first', () => {
    const { dependencies } = accepted(PATH, block('"@scope/a@^1.0.0", "@scope/a@>=1 <2"'))
    expect(dependencies).toMatchObject([
      { id: '@scope/a@^1.0.0', name: '@scope/a', locked: { path: PATH, line: 3 } },
    ])
  })

  it('takes the SHA-1 behind the address, and leaves the credentials out', () => {
    const url = `https://u:secret@registry.example/a/-/a-1.0.0.tgz#${SHA1}`
    const found = first('a@^1', `resolved "${url}"`)
    expect(found).toMatchObject({
      digests: [{ algorithm: 'sha1', value: SHA1 }],
      registry: 'https://registry.example',
    })
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it.each([
    ['"b@npm:@scope/a@^1"', '@scope/a', 'registry'],
    ['"b@https://u:secret@files.example/b.tgz"', 'b', 'url'],
    ['"b@file:lib"', 'b', 'file'],
    ['b@x/y', 'b', 'git'],
  ])('knows %s', (pattern, name, kind) => {
    const address =
      kind === 'git'
        ? `git+https://code.example/y.git#${'c'.repeat(40)}`
        : 'https://files.example/b.tgz'
    const fields = kind === 'file' ? [] : [`resolved "${address}"`]
    const found = first(pattern, ...fields)
    expect(found).toMatchObject({ name, source: { kind } })
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it('takes what the project asks for from package.json', () => {
    const { dependencies, floating } = readFixture('yarn/edge')
    const flags = (name: string) => dependencies.find((found) => found.name === name)
    expect(flags('typescript')).toMatchObject({ relationship: 'direct', dev: true })
    expect(flags('fsevents')).toMatchObject({ relationship: 'direct', optional: true })
    expect(flags('is-number')).toMatchObject({ version: '7.0.0', dev: false })
    expect(floating).toEqual([])
  })

  it('is floating where a request has no answer', () => {
    const manifest = '{"dependencies": {"a": "^1", "b": "^2"}}'
    const { floating } = accepted(PATH, block('a@^1'), () => Buffer.from(manifest))
    expect(floating).toEqual([{ name: 'b', requirement: '^2', line: 1 }])
  })
})

describe('a lockfile of Yarn 1 is refused', () => {
  const good = block('a@^1')
  it.each([
    [
      'with a pattern twice',
      'syntax at yarn.lock line 5',
      `${good}a@^1:\n  version "2.0.0"\n`,
      `${good}a@^2:\n  version "2.0.0"\n`,
    ],
    [
      'with a field twice',
      'syntax at yarn.lock line 5',
      block('a@^1', 'version "2.0.0"'),
      block('a@^1', 'uid "2.0.0"'),
    ],
    [
      'with a request twice',
      'syntax at yarn.lock line 7',
      block('a@^1', 'dependencies:\n    b "1"\n    b "2"'),
      block('a@^1', 'dependencies:\n    b "1"\n    c "2"'),
    ],
    [
      'with the mark of a merge',
      'syntax at yarn.lock line 3',
      `${HEAD}<<<<<<< HEAD\n${good}`,
      good,
    ],
    ['with "__proto__"', 'syntax at yarn.lock line 3', block('__proto__'), block('proto@1')],
    [
      'with an escape in a pattern',
      'syntax at yarn.lock line 3',
      block('"\\u0061@1"'),
      block('"a@1"'),
    ],
    [
      'without a version of a package',
      'entry at yarn.lock line 3',
      `${HEAD}a@^1:\n  resolved "x"\n`,
      good,
    ],
    [
      'with a cut digest',
      'digest at yarn.lock line 3',
      block('a@^1', 'integrity sha512-AAAA'),
      good,
    ],
    [
      'with a cut SHA-1',
      'digest at yarn.lock line 3',
      block('a@^1', 'resolved "https://r.example/a.tgz#0202"'),
      block('a@^1', `resolved "https://r.example/a.tgz#${SHA1}"`),
    ],
    ['with a byte order mark', 'version at yarn.lock', `\ufeff${good}`, good],
    ['with a version to come', 'version at yarn.lock', good.replace('v1', 'v2'), good],
    ['without its header', 'version at yarn.lock', good.slice(HEAD.length), good],
  ])('%s', (_, code, refused, twin) => {
    expect(said(PATH, refused)).toContain(`snapshot/lockfile-${code}`)
    expect(said(PATH, twin)).toBe('accepted')
  })
})
