import { expect, it } from 'vitest'
import { said } from './fixture.ts'

const lock = (entry: string) =>
  JSON.stringify({
    name: 'app',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': {} },
  }).replace('"":{}', `"":{},"node_modules/a":${entry}`)
const PATH = 'package-lock.json'
const DIGEST = `sha512-${Buffer.alloc(64).toString('base64')}`

it('A lockfile with a cut digest is refused, and with the whole one accepted', () => {
  const entry = (integrity: string) => lock(JSON.stringify({ version: '1.0.0', integrity }))
  expect(said(PATH, entry('sha512-AAAA'))).toContain('snapshot/lockfile-digest')
  expect(said(PATH, entry(DIGEST))).toBe('accepted')
})

it('A lockfile with an entry that is no package is refused, and with a package accepted', () => {
  expect(said(PATH, lock('7'))).toContain('snapshot/lockfile-entry')
  expect(said(PATH, lock(JSON.stringify({ version: '1.0.0', integrity: DIGEST })))).toBe('accepted')
})
