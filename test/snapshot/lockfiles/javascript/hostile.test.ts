import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLockfileParser } from '../../../../src/snapshot/index.ts'
import { said } from './fixture.ts'

const ADDRESS = 'https://ci:hunter2@host.example/a.tgz?token=hunter2'
const SHA512 = `sha512-${Buffer.alloc(64, 1).toString('base64')}`

const read = (path: string, content: string) =>
  JSON.stringify(
    findLockfileParser(path)?.({
      path,
      bytes: Buffer.from(content),
      siblings: () => undefined,
    }),
  )

// Each file has credentials wherever its format has an address: in keys, in values, in what is refused.
describe('credentials never leave a lockfile', () => {
  const encoded = encodeURIComponent(ADDRESS)
  const v3 = (entry: object, version = 3) =>
    JSON.stringify({
      lockfileVersion: version,
      packages: { '': { dependencies: { a: ADDRESS, gone: ADDRESS } }, 'node_modules/a': entry },
      dependencies: { a: { version: ADDRESS, integrity: SHA512 } },
    })
  const pnpm = (snapshot: string) =>
    `lockfileVersion: '9.0'\nimporters: {.: {dependencies: {a: {version: '${ADDRESS}'}}}}\n` +
    `packages: {'a@${ADDRESS}': {resolution: {tarball: '${ADDRESS}'}}}\nsnapshots: {'${snapshot}': {}}`
  const berry = (resolution: string) =>
    `__metadata: {version: 8}\n"a@${ADDRESS}": {version: 1.0.0, resolution: "${resolution}", ` +
    `dependencies: {b: "${ADDRESS}"}}\n`
  const bun = (entry: string) =>
    `{"lockfileVersion": 1, "workspaces": {"": {"dependencies": {"b": "${ADDRESS}"}}}, "packages": {"a": ${entry}}}`
  it.each([
    ['package-lock.json', v3({ resolved: ADDRESS }), v3({ name: ADDRESS, resolved: ADDRESS })],
    ['package-lock.json', v3({ integrity: SHA512 }, 2), v3({ integrity: 'md5-AAAA' }, 2)],
    ['package-lock.json', v3({}, 1), v3({ version: 1 })],
    ['pnpm-lock.yaml', pnpm(`a@${ADDRESS}`), pnpm(`b@${ADDRESS}`)],
    [
      'yarn.lock',
      `# yarn lockfile v1\n"a@${ADDRESS}":\n  version "1"\n  resolved "${ADDRESS}"\n`,
      `# yarn lockfile v1\n"a@${ADDRESS}":\n  resolved "${ADDRESS}"\n`,
    ],
    ['yarn.lock', berry(`a@${ADDRESS}`), berry(ADDRESS)],
    ['yarn.lock', berry(`a@npm:1.0.0::__archiveUrl=${encoded}`), berry(encoded)],
    [
      'package-lock.json',
      '{"lockfileVersion": 3, "packages": {"": {}}}',
      `{"${ADDRESS}": 1, "${ADDRESS}": 2}`,
    ],
    ['yarn.lock', berry('a@npm:1'), `__metadata: {version: 8}\n"${ADDRESS}": 1\n"${ADDRESS}": 2`],
    [
      'yarn.lock',
      '# yarn lockfile v1\n',
      `# yarn lockfile v1\n"${ADDRESS}":\n  version "1"\n`.replace(
        /(".*:)/,
        '$1\n  version "1"\n$1',
      ),
    ],
    ['bun.lock', bun(`["a@${ADDRESS}", {}]`), bun(`["${ADDRESS}"]`)],
  ])('%s', (path, taken, refused) => {
    expect(said(path, taken)).toBe('accepted')
    expect(said(path, refused)).toMatch(/^snapshot\//)
    expect(read(path, taken)).not.toContain('hunter2')
    expect(read(path, refused)).not.toContain('hunter2')
  })
})

it.each(['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'])(
  'whatever lies in %s, the answer is a value or problems',
  (path) => {
    const heads = [
      '',
      '{"lockfileVersion": 3, "packages": ',
      "lockfileVersion: '9.0'\nimporters: ",
      '# yarn lockfile v1\n',
      '__metadata: {version: 8}\n',
      '{"lockfileVersion": 1, "workspaces": {}, "packages": ',
    ]
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.stringMatching(/^[a@"':,{}[\]\n #&*!|>%-]*$/),
    )
    fc.assert(
      fc.property(fc.constantFrom(...heads), text, fc.constantFrom('', '}'), (head, body, tail) => {
        expect(read(path, head + body + tail)).toMatch(/^\{"ok":/)
      }),
    )
  },
)
