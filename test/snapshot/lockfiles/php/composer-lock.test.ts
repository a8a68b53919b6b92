import { describe, expect, it } from 'vitest'
import { accepted, said } from '../locked.ts'

const PATH = 'composer.lock'
const COMMIT = 'c'.repeat(40)
const SHA1 = 'ab'.repeat(20)
const entry = (name: string, rest: object = {}) => ({ name, version: '1.0.0', ...rest })
const lock = (packages: readonly object[], rest: object = {}) =>
  JSON.stringify({ packages, 'packages-dev': [], 'plugin-api-version': '2.6.0', ...rest }, null, 1)
const zip = (rest: object = {}) => ({
  dist: { type: 'zip', url: 'https://u:secret@files.example/a.zip', shasum: '', ...rest },
})
const git = (reference: string) => ({
  source: { type: 'git', url: 'https://u:secret@git.example/a.git', reference },
})
const first = (rest: object) => {
  const { dependencies, floating } = accepted(PATH, lock([entry('v/a', rest)]))
  expect(JSON.stringify([dependencies, floating])).not.toContain('secret')
  return { ...dependencies[0], open: floating.length }
}

describe('a lockfile of Composer', () => {
  it('pins by SHA-1 where there is one', () => {
    expect(first({ ...zip({ shasum: SHA1 }), ...git(COMMIT) })).toMatchObject({
      id: 'v/a',
      purl: 'pkg:composer/v/a@1.0.0',
      digests: [{ algorithm: 'sha1', value: SHA1 }],
      source: { kind: 'registry', url: 'https://files.example/a.zip' },
      relationship: 'unknown',
      locked: { path: PATH, line: 3 },
      open: 0,
    })
  })

  it.each([
    [
      { ...zip(), ...git(COMMIT), 'notification-url': 'https://registry.example/downloads/' },
      {
        purl: 'pkg:composer/v/a@1.0.0',
        registry: 'https://registry.example',
        source: { kind: 'git', commit: COMMIT },
        open: 0,
      },
    ],
    [
      git(COMMIT),
      { source: { kind: 'git', url: 'https://git.example/a.git', commit: COMMIT }, open: 0 },
    ],
    [git('main'), { source: { kind: 'git', url: 'https://git.example/a.git' }, open: 1 }],
    [zip(), { source: { kind: 'registry' }, digests: [], open: 1 }],
    [zip({ reference: COMMIT }), { source: { kind: 'registry' }, digests: [], open: 0 }],
    [{}, { source: { kind: 'registry' }, open: 1 }],
    [
      { dist: { type: 'path', url: 'lib/a' }, ...git(COMMIT) },
      { source: { kind: 'link', path: 'lib/a' }, open: 0 },
    ],
    [zip({ url: 'a.zip', shasum: SHA1 }), { source: { kind: 'file', path: 'a.zip' }, open: 0 }],
  ])('without one, by what there is: %j', (rest, expected) => {
    expect(first(rest)).toMatchObject(expected)
  })

  it('follows requests to what is replaced or provided, and tells who asks', () => {
    const text = lock(
      [
        entry('v/a', {
          require: { php: '>=8', 'ext-json': '*', 'virtual/log': '*', 'v/old': '*' },
        }),
        entry('v/b', { provide: { 'virtual/log': '1' }, require: [] }),
        entry('v/new', { replace: { 'v/old': '*' } }),
      ],
      { 'packages-dev': [entry('v/kit')] },
    )
    const manifest = '{"require": {"v/a": "*"}, "require-dev": {"v/kit": "*"}}'
    const flags = accepted(PATH, text, { 'composer.json': manifest }).dependencies.map(
      ({ id, relationship, dev, dependsOn }) =>
        [id, relationship, dev && 'dev', ...dependsOn].filter(Boolean).join(' '),
    )
    expect(flags).toEqual([
      'v/a direct v/b v/new',
      'v/b transitive',
      'v/kit direct dev',
      'v/new transitive',
    ])
  })
})

describe('a lockfile of Composer is refused', () => {
  const good = lock([entry('v/a')])
  it.each([
    [
      'with a version to come',
      'version at composer.lock',
      lock([], { 'plugin-api-version': '3.0.0' }),
      lock([], { 'plugin-api-version': '1.1.0' }),
    ],
    [
      'with a version that is a list',
      'version at composer.lock',
      lock([], { 'plugin-api-version': [] }),
      '{"packages": []}',
    ],
    [
      'with a short digest',
      'digest at composer.lock line 3',
      lock([entry('v/a', zip({ shasum: 'ab' }))]),
      lock([entry('v/a', zip())]),
    ],
    ['without packages', 'entry at composer.lock line 1', '{}', '{"packages": []}'],
    [
      'with a package twice',
      'entry at composer.lock line 7',
      lock([entry('v/a'), entry('v/a')]),
      lock([entry('v/a'), entry('v/b')]),
    ],
    ['with a number for a name', 'entry at composer.lock line 3', good.replace('"v/a"', '1'), good],
    ['that is no JSON', 'syntax at composer.lock line 1, column 1', 'x', good],
  ])('%s', (_, problem, refused, twin) => {
    expect(said(PATH, refused)).toBe(problem)
    expect(said(PATH, twin)).toBe('accepted')
  })

  it('with a manifest that can not be read', () => {
    expect(said(PATH, good, { 'composer.json': '[' })).toMatch(/^syntax at composer.json/)
    expect(said(PATH, good, { 'composer.json': '{}' })).toBe('accepted')
  })
})
