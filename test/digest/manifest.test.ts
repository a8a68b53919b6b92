import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../src/core/index.ts'
import { encodeManifest, parseManifest, parseManifestLines } from '../../src/digest/index.ts'
import { artifact, codesOf, EMPTY_SHA256 as EMPTY } from './artifacts.ts'

const codes = (text: string) => codesOf(parseManifest(Buffer.from(text)))

describe('parseManifest()', () => {
  const names = ['b', 'a b', 'é', '*c', ' d']

  it.each([
    ['sha256sum', 'sha256', []],
    ['sha256sum', 'sha256', ['--binary']],
    ['sha512sum', 'sha512', []],
  ] as const)('reads what %s wrote (%s %j)', (command, algorithm, options) => {
    const folder = mkdtempSync(join(tmpdir(), 'manifest-'))
    for (const name of names) writeFileSync(join(folder, name), name)
    const written = execFileSync(command, [...options, ...names], { cwd: folder })
    rmSync(folder, { recursive: true })
    const parsed = parseManifestLines(algorithm, written)
    expect(parsed.ok && parsed.value.map(({ path }) => path)).toEqual([' d', '*c', 'a b', 'b', 'é'])
    const expected = names.map((name) => artifact(name, name))
    if (algorithm === 'sha256') {
      expect(parsed.ok && parsed.value.map(({ digest }) => digest).toSorted()).toEqual(
        expected.map(({ sha256 }) => sha256).toSorted(),
      )
    }
  })

  it('reads what find and sha256sum wrote about a tree', () => {
    expect(parseManifest(Buffer.from(`${EMPTY}  ./b/c\n${EMPTY}  ./a\n`))).toEqual({
      ok: true,
      value: [artifact('a'), artifact('b/c')],
    })
  })

  it('tells every line that is wrong, not only the first', () => {
    expect(codes(`${EMPTY}  a\nnonsense\n${EMPTY}  ../b\n${EMPTY}  A\n`)).toEqual([
      'digest/manifest-line line 2',
      'digest/path-unsafe line 3',
      'digest/path-collision line 4',
    ])
  })

  it('refuses bytes that are not UTF-8, and says where', () => {
    const bytes = Buffer.concat([Buffer.from(`${EMPTY}  `), Buffer.of(0xff)])
    expect(codesOf(parseManifest(bytes))).toEqual(['digest/manifest-utf8 line 1, column 67'])
  })

  it('refuses more bytes than the limit before it looks at them', () => {
    // Untouched memory of the size costs nothing.
    const large = new Uint8Array(LIMITS.manifestBytesMax + 1)
    expect(codesOf(parseManifest(large))).toEqual(['digest/manifest-size'])
  })

  // Each refusal, its code, and the nearest thing that is accepted.
  it.each([
    ['upper-case hex', 'digest/manifest-line', `${EMPTY.toUpperCase()}  a`, `${EMPTY}  a`],
    ['a short digest', 'digest/manifest-line', `${EMPTY.slice(1)}  a`, `${EMPTY} *a`],
    ['an escaped name', 'digest/manifest-line', `\\${EMPTY}  a\\nb`, `${EMPTY}  a b`],
    ['a byte order mark', 'digest/manifest-line', `\ufeff${EMPTY}  a`, `${EMPTY}  \u00e9`],
    ['a line without a path', 'digest/manifest-line', `${EMPTY}  `, `${EMPTY}  a`],
    ['an empty line', 'digest/manifest-line', `${EMPTY}  a\n\n`, `${EMPTY}  a\n`],
    ['a digest of SHA-512', 'digest/manifest-line', `${EMPTY}${EMPTY}  a`, `${EMPTY}  a`],
    ['a line of Windows', 'digest/manifest-line', `${EMPTY}  a\r`, `${EMPTY}  a`],
    ['an absolute path', 'digest/path-unsafe', `${EMPTY}  /a`, `${EMPTY}  a/b`],
    ['a path that climbs', 'digest/path-unsafe', `${EMPTY}  a/../b`, `${EMPTY}  a/..b`],
    ['one path twice', 'digest/path-collision', `${EMPTY}  a\n${EMPTY}  ./a`, `${EMPTY}  a`],
    ['one path in two cases', 'digest/path-collision', `${EMPTY}  a\n${EMPTY}  A`, `${EMPTY}  a`],
    ['a file below a file', 'digest/path-collision', `${EMPTY}  a\n${EMPTY}  a/b`, `${EMPTY}  a/b`],
    ['nothing', 'digest/manifest-empty', '', `${EMPTY}  0`],
  ])('refuses %s (%s)', (_, code, refused, accepted) => {
    expect(codes(refused)).toEqual([expect.stringContaining(code)])
    expect(codes(accepted)).toBe('accepted')
  })
})

describe('encodeManifest()', () => {
  it('writes what sha256sum -c accepts, sorted by path bytes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifest-'))
    const names = ['\ue000', '\uff21', '\u{1f600}', 'a', 'B', 'a b']
    for (const name of names) writeFileSync(join(folder, name), name)
    const manifest = encodeManifest(names.map((name) => artifact(name, name)))
    const said = execFileSync('sha256sum', ['-c', '--strict'], { cwd: folder, input: manifest })
    const sorted = execFileSync('bash', ['-c', 'LC_ALL=C; sha256sum *'], { cwd: folder })
    rmSync(folder, { recursive: true })
    expect(said.toString().trim().split('\n')).toHaveLength(names.length)
    expect(Buffer.from(manifest)).toEqual(sorted)
  })
})
