// The page in a pack, for every kind of key and root that a trust document holds; and the same page in docs/.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { checkPage } from '../../src/cli/pack/check-page.ts'
import { trustFiles } from '../../src/cli/pack/trust-files.ts'
import { encodePublicKey } from '../../src/trust/index.ts'
import { hasTool } from '../outside-tool.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { ROOT as TRUSTED_ROOT } from '../trust/sigstore/entry-cases.ts'
import { freshKey, testKey } from '../verify/keys.ts'
import { digestOf, readTrust, trust } from '../verify/release.ts'
import { runBlock } from './check-blocks.ts'

const PAGE = checkPage({
  ...{ release: 'SET_ID', phase: 'PHASE', trust: 'DIGEST' },
  ...{ hasKeys: true, hasRoots: true, hasSet: true },
})

const KEYS = {
  ed25519: testKey('release'),
  p256: freshKey('P-256', 'sha256'),
  p384: freshKey('P-384', 'sha384'),
  p521: freshKey('P-521', 'sha512'),
  rsa: freshKey('rsa', 'sha256'),
}
const RETIRED = { at: '2026-01-01T00:00:00Z', reason: 'retired' }
const REGISTRY_KEY = freshKey('P-256', 'sha256').publicKey
const TRUST = readTrust({
  ...trust(
    Object.entries(KEYS).map(([name, { publicKey }]) => ({
      ...{ name, publicKey: publicKey.jwk, roles: ['release'] },
      ...(name === 'p384' && { revoked: RETIRED }),
    })),
  ),
  roots: [TRUSTED_ROOT],
  registryKeys: [
    {
      ...{ name: 'npm', keyId: `SHA256:${'A'.repeat(43)}`, publicKey: REGISTRY_KEY.jwk },
      validFor: { start: '2026-01-01T00:00:00Z' },
    },
  ],
})

let folder: string
beforeEach(() => {
  folder = makeTemporaryFolder('check-keys')
  for (const [path, bytes] of [...trustFiles(TRUST), ['CHECK.md', PAGE] as const]) put(path, bytes)
})

function put(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), bytes)
}

const pathOf = (name: keyof typeof KEYS) => `keys/${KEYS[name].publicKey.keyId}.pem`

describe.skipIf(!hasTool('openssl', 'version'))('the block about keys', () => {
  const said = () => runBlock(folder, 'Whose keys').trim().split('\n').toSorted()

  it('knows every kind of key of the trust document', () => {
    const names = Object.keys(KEYS) as (keyof typeof KEYS)[]
    const expected = names.map((name) => `a key of trust.json: ${pathOf(name)}`)
    expect(said()).toEqual(expected.toSorted())
  })

  it.each(Object.keys(KEYS) as (keyof typeof KEYS)[])(
    'finds another %s key in its place',
    (name) => {
      put(pathOf(name), encodePublicKey(testKey('another').publicKey))
      expect(said().filter((line) => line.startsWith('WRONG'))).toEqual([
        `WRONG NAME: ${pathOf(name)} is the key ${testKey('another').publicKey.keyId}`,
      ])
    },
  )

  it('finds a key that only a registry has, one that nobody has, and what is no key', () => {
    const strangers = [REGISTRY_KEY, testKey('another').publicKey]
    for (const key of strangers) put(`keys/${key.keyId}.pem`, encodePublicKey(key))
    put('keys/none.pem', 'no key')
    const wrong = said().filter((line) => line.startsWith('WRONG'))
    expect(wrong).toHaveLength(3)
    for (const { keyId } of strangers) {
      expect(wrong).toContain(`WRONG KEY, which trust.json does not hold: keys/${keyId}.pem`)
    }
  })
})

describe('the block about roots', () => {
  const said = () => runBlock(folder, 'Whose roots').trim()
  const [{ digest } = { digest: '' }] = TRUST.roots
  const GENUINE = Buffer.from(trustFiles(TRUST).get(`roots/${digest}.json`) ?? '').toString()

  it('knows those of the trust document, and finds others', () => {
    expect(said()).toBe(`a root of trust.json: roots/${digest}.json`)
    for (const other of ['{}', GENUINE.replace('trustedroot', 'otherroot'), `${GENUINE}\n`]) {
      rmSync(join(folder, 'roots'), { recursive: true })
      put(`roots/${digestOf(other)}.json`, other)
      expect(said()).toBe(`WRONG ROOT: roots/${digestOf(other)}.json`)
    }
    rmSync(join(folder, 'roots'), { recursive: true })
    put(`roots/${'0'.repeat(64)}.json`, GENUINE)
    expect(said()).toBe(`WRONG ROOT: roots/${'0'.repeat(64)}.json`)
  })
})

describe('docs/check-pack.md', () => {
  it('is the page of a pack that has everything', () => {
    const page = Buffer.from(PAGE).toString()
    const [, ...sections] = page.split(/^(?=## )/m)
    const [, ...documented] = readFileSync(join(ROOT, 'docs/check-pack.md'), 'utf8').split(
      /^(?=## )/m,
    )
    expect(documented).toEqual(sections)
  })
})
