import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSigner } from '../../src/cli/key/signer-input.ts'
import { encodeUnsafeUnencryptedKey, generatePrivateKey } from '../../src/sign/index.ts'
import { isSignedBy } from '../../src/trust/index.ts'
import { createTestHost } from '../host/test-host.ts'
import { codes, valueOf } from '../trust/keys.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const folder = makeTemporaryFolder('key-signer')
const { host } = createTestHost(folder)
const key = generatePrivateKey('ed25519')
writeFileSync(join(folder, 'key.pem'), encodeUnsafeUnencryptedKey(key), { mode: 0o600 })

describe('openSigner()', () => {
  it('signs with the key of --key', async () => {
    const signer = valueOf(await openSigner(host, { key: 'key.pem' }))
    const bytes = Buffer.from('hello')
    expect(signer.hint).toBe(key.publicKey.keyId)
    expect(isSignedBy(key.publicKey, bytes, await signer.sign(bytes))).toBe(true)
  })

  it.each([
    ['neither a key nor a program', {}, 'cli/usage'],
    ['both', { key: 'key.pem', signerCommand: './sign' }, 'cli/usage'],
    ['a key that is missing', { key: 'nothing.pem' }, 'host/file-missing'],
    ['a program that is missing', { signerCommand: './sign' }, 'host/signer-missing'],
  ])('refuses %s', async (_, flags, code) => {
    expect(codes(await openSigner(host, flags))).toEqual([code])
  })
})
