// Large files of one repeated character: each is read in time that grows with its size, and not with the square of it.

import { describe, expect, it } from 'vitest'
import { publicAddress } from '../../src/snapshot/address.ts'
import { asksForNothing } from '../../src/snapshot/collection/manifest.ts'
import { readCompose } from '../../src/snapshot/build-inputs/compose.ts'
import { readContainerFile } from '../../src/snapshot/build-inputs/container-file.ts'
import { findLockfileParser } from '../../src/snapshot/index.ts'
import { parseAddress, isAddress } from '../../src/snapshot/lockfiles/python/python-address.ts'
import { readInput } from './build-inputs/reading.ts'

const LENGTH = 300_000
const many = (text: string) => text.repeat(LENGTH)

function lock(path: string, text: string): unknown {
  const lockfile = findLockfileParser(path)?.({
    path,
    bytes: Buffer.from(text),
    siblings: () => undefined,
  })
  if (lockfile?.ok !== true) return lockfile
  return lockfile.value.dependencies[0]?.name ?? lockfile.value.dependencies.length
}

const context = (text: string) =>
  readInput(readCompose, `services:\n  a:\n    build:\n      context: "${text}"\n`)

const packageLock = (resolved: string) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { name: 'x', dependencies: { a: '1.0.0' } },
      'node_modules/a': { version: '1.0.0', resolved },
    },
  })

const BERRY = (key: string, resolution = 'a@npm:1.0.0') =>
  `__metadata:\n  version: 8\n\n"${key}":\n  version: 1.0.0\n  resolution: "${resolution}"\n  checksum: 10/${'a'.repeat(128)}\n  languageName: node\n  linkType: hard\n`

const UV = (url: string) =>
  `version = 1\nrequires-python = ">=3.9"\n\n[[package]]\nname = "a"\nversion = "1"\nsource = { registry = "https://pypi.example/simple" }\nsdist = { url = "${url}", hash = "sha256:${'a'.repeat(64)}", size = 1 }\n`

const READINGS: readonly (readonly [string, () => unknown, unknown])[] = [
  [
    'a go.mod of line ends',
    () => asksForNothing('go.mod', Buffer.from(`module x\n${many('\n')}`)),
    true,
  ],
  [
    'a go.mod of blanks',
    () => asksForNothing('go.mod', Buffer.from(`module x\n${many(' ')}require a v1\n`)),
    false,
  ],
  [
    'a context of "@"',
    () => context(many('@')),
    [expect.stringContaining('uses container-file @@')],
  ],
  ['a context of "@" before a ":"', () => context(`${many('@')}:`), ['4: repository - floating']],
  [
    'a context of "#"',
    () => context(`https://x.example/${many('#')}\\n`),
    ['4: repository https://x.example/ floating'],
  ],
  ['a context of dots', () => context(`a@${many('.')}:!`), ['4: repository - floating']],
  ['an address of dots', () => publicAddress(`a@${many('.')}:!`), undefined],
  [
    'a download of "#"',
    () => readInput(readContainerFile, `FROM a:1\nADD https://x.example/${many('#')} /a\n`),
    ['1: image a 1 tag-pinned', '2: download https://x.example/ floating'],
  ],
  [
    'a package-lock.json of "#"',
    () => lock('package-lock.json', packageLock(`https://r.example/${many('#')}\n`)),
    'a',
  ],
  ['a yarn.lock of blanks', () => lock('yarn.lock', BERRY(`a@npm:1${many(' ')}x`)), 'a'],
  [
    'a patch of "#"',
    () => lock('yarn.lock', BERRY('a@npm:1', `a@patch:a@npm%3A1.0.0${many('#')}\\n`)),
    'a',
  ],
  [
    'an older yarn.lock of blanks and a bare carriage return',
    () => lock('yarn.lock', `# yarn lockfile v1\n\n${many(' ')}\ra\n`),
    expect.objectContaining({ ok: false }),
  ],
  ['a uv.lock of "#"', () => lock('uv.lock', UV(`https://x.example/${many('#')}\\n`)), 'a'],
  ['a requirement of "#"', () => isAddress(`${many('#')}\n`), false],
  ['an egg of "["', () => parseAddress(`https://x.example/a#egg=b${many('[.')}\n`).name, 'b'],
]

describe('hostile files of 300,000 characters take time in proportion:', () => {
  it.each(READINGS)('%s', (_, read, found) => {
    const start = performance.now()
    expect(read()).toEqual(found)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

describe('what was told by the same expressions before', () => {
  it.each([
    ['git@git.example:x/y.git', 'ssh://git.example/x/y.git'],
    ['localhost:x', 'ssh://localhost/x'],
    ['a.b:x', 'ssh://a.b/x'],
    ['host:x', undefined],
    ['git@.a:x', undefined],
    ['a.:x', undefined],
    ['a.b://x', 'a.b://x'],
  ])('the address %s is %s', (given, expected) => {
    expect(publicAddress(given)).toBe(expected)
  })

  it.each([
    ['a@b:c', true],
    ['a@@:c', true],
    ['@b:c', false],
    ['a@:c', false],
    ['a@b/c:d', false],
    ['a@b', false],
    ['ssh://a/b', true],
    ['./a', false],
  ])('the context %s lies elsewhere: %s', (given, isElsewhere) => {
    expect(context(given)[0]?.includes('repository')).toBe(isElsewhere)
  })

  it.each([
    ['require a v1', false],
    ['\t require (\n)', false],
    ['module x\r\n\r\n  require a v1\r\n', false],
    ['// require', true],
    ['requires a', true],
  ])('go.mod %j asks for nothing: %s', (text, expected) => {
    expect(asksForNothing('go.mod', Buffer.from(text))).toBe(expected)
  })
})
