import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePurl } from '../../../src/snapshot/index.ts'
import { folderOf, parse } from './locked.ts'

/** Each format, a real file of it, and pieces of which noise is made that comes close. */
const FORMATS = [
  [
    'Cargo.lock',
    'cargo/workspace',
    ['version = 4', '[[package]]', 'name = "a"', 'source = "git+x"', 'dependencies = ["a"]'],
  ],
  [
    'go.sum',
    'go/replace',
    ['a v1.0.0', '/go.mod', 'h1:', 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s='],
  ],
  [
    'uv.lock',
    'uv/workspace',
    ['version = 1', '[[package]]', 'name = "a"', 'source = { git = "x" }', 'wheels = [{}]'],
  ],
  [
    'poetry.lock',
    'poetry/git',
    ['[[package]]', 'name = "a"', 'version = "1"', '[metadata]', 'lock-version = "2.0"'],
  ],
  [
    'Pipfile.lock',
    'pipfile/git',
    ['{"_meta":', '{"pipfile-spec":6}', ',"default":', '{"a":{"version":"=="}}', '}'],
  ],
  [
    'requirements.txt',
    'requirements/mixed',
    ['a', '==1', '--hash=sha256:', '-r ', '\\', '# via', '@', '[', ';', 'git+'],
  ],
  [
    'Gemfile.lock',
    'gemfile/checksums',
    ['GEM', '  remote: x', '  specs:', '    a (1.0)', '      b', 'CHECKSUMS', '  a (1) x='],
  ],
  [
    'composer.lock',
    'composer/vcs',
    ['{"packages":[', '{"name":"a/b","version":"1"', '"dist":{}', '}', ']', '}', ','],
  ],
  [
    'packages.lock.json',
    'nuget/central',
    ['{"version":1', ',"dependencies":', '{"a":{"b":', '{"type":"Direct"}', '}}', '}'],
  ],
  ['gradle.lockfile', 'gradle/java', ['a', ':', '=', ',', 'empty=', '-SNAPSHOT']],
] as const

describe.each(FORMATS)('noise as %s', (name, fixture, pieces) => {
  const real = readFileSync(folderOf(fixture) + name)
  const lines = real.toString().split('\n')

  it('is accepted or refused, and nothing else', () => {
    const near = fc
      .array(
        fc.constantFrom(
          ...pieces,
          ' ',
          '\n',
          '"',
          '\u0000',
          '\u{1f4a9}',
          '__proto__',
          'constructor',
        ),
      )
      .map((parts) => parts.join(''))
    const noise = fc.oneof(
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      near.map((text) => Buffer.from(text)),
    )
    fc.assert(fc.property(noise, noise, (bytes, sibling) => sound(name, bytes, sibling.toString())))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('in place of a part of a real file is read whole or refused', () => {
    const place = fc.nat({ max: lines.length - 1 })
    const piece = fc.oneof(fc.constantFrom(...pieces, '', '[', '{', '"'), fc.string())
    fc.assert(
      fc.property(place, place, piece, (from, count, text) => {
        const changed = lines.toSpliced(from, count % 4, text).join('\n')
        return sound(name, Buffer.from(changed), '')
      }),
      { numRuns: 60 },
    )
    expect(sound(name, real, '')).toBe(true)
  })

  it.each(pieces)('of a hundred thousand %j ends in good time', (piece) => {
    const began = performance.now()
    for (const text of [piece.repeat(100_000), `${piece}\n`.repeat(50_000)])
      sound(name, Buffer.from(text), text)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

/** A refusal says why; what is accepted has purls, ids of its own, edges that lead somewhere, and real lines. */
function sound(name: string, bytes: Uint8Array, sibling: string): boolean {
  const siblings = ['go.mod', 'Cargo.toml', 'pyproject.toml', 'Pipfile', 'composer.json']
  const lockfile = parse(name, bytes, Object.fromEntries(siblings.map((one) => [one, sibling])))
  const alone = parse(name, bytes)
  if (!lockfile.ok) return lockfile.problems.every(({ message }) => message.length > 0)
  if (!alone.ok)
    throw new Error('Expected a manifest to add facts, found that it made the file readable')
  const ids = new Set(lockfile.value.dependencies.map(({ id }) => id))
  const linesMax = Math.max(bytes.length, sibling.length) + 1
  for (const { purl, dependsOn, locked, digests } of lockfile.value.dependencies) {
    if (!parsePurl(purl).ok) throw new Error(`Expected a purl, found ${purl}`)
    if (locked.line < 1 || locked.line > linesMax)
      throw new Error(`Expected a line, found ${locked.line}`)
    if (!digests.every(({ value }) => /^(?:[0-9a-f]{2}){16,64}$/.test(value)))
      throw new Error('Expected hex')
    const lost = dependsOn.filter((id) => !ids.has(id))
    if (lost.length > 0) throw new Error(`Expected edges to entries, found ${lost[0]}`)
  }
  return ids.size === lockfile.value.dependencies.length
}
