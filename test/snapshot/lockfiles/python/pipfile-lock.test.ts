import { describe, expect, it } from 'vitest'
import { accepted, said } from '../locked.ts'

const PATH = 'Pipfile.lock'
const SHA256 = 'ab'.repeat(32)
const HASHES = [`sha256:${SHA256}`]
const META = {
  'pipfile-spec': 6,
  sources: [
    { name: 'main', url: 'https://u:secret@registry.example/simple' },
    { name: 'own', url: 'https://own.example/simple' },
  ],
}
const lock = (categories: object, meta: object = META) =>
  JSON.stringify({ _meta: meta, ...categories }, null, 1)
const first = (entry: object) => accepted(PATH, lock({ default: { a: entry } }))

describe('a lockfile of Pipenv', () => {
  it('locks each package by a digest of one of its archives', () => {
    const { dependencies, floating } = first({ version: '==1.0', hashes: HASHES })
    expect(dependencies).toMatchObject([
      {
        id: 'default/a',
        purl: 'pkg:pypi/a@1.0',
        digests: [{ algorithm: 'sha256', value: SHA256 }],
        registry: 'https://registry.example/simple',
        relationship: 'unknown',
        locked: { path: PATH, line: 16 },
      },
    ])
    expect(floating).toEqual([])
  })

  it('names the registry of an index', () => {
    const entry = { version: '==1.0', hashes: HASHES, index: 'own' }
    expect(first(entry).dependencies[0]?.registry).toBe('https://own.example/simple')
    expect(first({ ...entry, index: 'none' }).dependencies[0]?.registry).toBeUndefined()
  })

  it.each([
    [
      { git: 'https://u:secret@git.example/a', ref: 'c'.repeat(40) },
      { kind: 'git', url: 'https://git.example/a', commit: 'c'.repeat(40) },
      0,
    ],
    [
      { git: 'https://git.example/a', ref: 'main' },
      { kind: 'git', url: 'https://git.example/a' },
      1,
    ],
    [{ path: './a', editable: true }, { kind: 'link', path: './a' }, 0],
    [{ file: 'a.whl' }, { kind: 'file', path: 'a.whl' }, 0],
    [
      { file: 'https://u:secret@files.example/a.whl' },
      { kind: 'url', url: 'https://files.example/a.whl' },
      1,
    ],
    [
      { file: 'https://files.example/a.whl', hashes: HASHES },
      { kind: 'url', url: 'https://files.example/a.whl' },
      0,
    ],
    [{ version: '==1.0' }, { kind: 'registry' }, 1],
    [{ version: '*', hashes: HASHES }, { kind: 'registry' }, 1],
  ])('knows %j', (entry, source, open) => {
    const { dependencies, floating } = first(entry)
    expect(dependencies[0]?.source).toEqual(source)
    expect(floating).toHaveLength(open)
    expect(JSON.stringify([dependencies, floating])).not.toContain('secret')
  })

  it('tells from the Pipfile who asks, in each category', () => {
    const pinned = { version: '==1.0', hashes: HASHES }
    const text = lock({
      default: { a: pinned, 'b-c': { ...pinned, markers: "sys_platform == 'win32'" } },
      develop: { a: pinned, d: { ...pinned, markers: "python_version >= '3.8'" } },
      docs: { e: pinned },
    })
    const pipfile =
      '[[source]]\nurl = "x"\n[packages]\nB_C = "*"\n[dev-packages]\na = "*"\n[docs]\ne = "*"\n[requires]\na = "1"'
    const flags = accepted(PATH, text, { Pipfile: pipfile }).dependencies.map(
      ({ id, relationship, dev, optional }) =>
        [id, relationship, dev && 'dev', optional && 'optional'].filter(Boolean).join(' '),
    )
    expect(flags).toEqual([
      'default/a transitive',
      'default/b-c direct optional',
      'develop/a direct dev',
      'develop/d transitive dev',
      'docs/e direct',
    ])
  })
})

describe('a lockfile of Pipenv is refused', () => {
  const good = lock({ default: { a: { version: '==1.0', hashes: HASHES } } })
  it.each([
    [
      'with a version to come',
      'version at Pipfile.lock',
      lock({}, { 'pipfile-spec': 7 }),
      lock({}),
    ],
    ['without metadata', 'entry at Pipfile.lock line 1', '{}', good],
    ['with a short digest', 'digest at Pipfile.lock line 16', good.replace('abab', 'ab'), good],
    ['with a range', 'entry at Pipfile.lock line 16', good.replace('==1.0', '>=1.0'), good],
    [
      'with a package twice',
      'syntax at Pipfile.lock line 1, column 50',
      '{"_meta": {"pipfile-spec": 6}, "default": {"a":1,"a":2}}',
      good,
    ],
    [
      'with a prototype',
      'syntax at Pipfile.lock line 1, column 44',
      '{"_meta": {"pipfile-spec": 6}, "default": {"__proto__":1}}',
      good,
    ],
  ])('%s', (_, problem, refused, twin) => {
    expect(said(PATH, refused)).toBe(problem)
    expect(said(PATH, twin)).toBe('accepted')
  })
})
