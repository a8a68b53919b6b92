// Keys for tests, the same in every run: Ed25519 keys from the digest of their name, so that no fixture holds a private key.

import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { type PublicKey, parsePublicKey } from '../../src/trust/index.ts'

export interface TestKey {
  readonly publicKey: PublicKey
  readonly privateKey: KeyObject
  sign(bytes: Uint8Array): Uint8Array
}

/** PKCS#8 of an Ed25519 key without its 32 bytes (RFC 8410, section 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key of that name. */
export function testKey(name: string): TestKey {
  const seed = createHash('sha256').update(`assay test key ${name}`).digest()
  const der = Buffer.concat([PKCS8_HEAD, seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { ...withPublicHalf(privateKey), sign: (bytes) => sign(null, bytes, privateKey) }
}

/** A fresh key of another kind, whose signatures differ from run to run. */
export function freshKey(type: 'P-256' | 'P-384' | 'P-521' | 'rsa', digest: string): TestKey {
  const { privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: type })
  return { ...withPublicHalf(privateKey), sign: (bytes) => sign(digest, bytes, privateKey) }
}

function withPublicHalf(privateKey: KeyObject): Pick<TestKey, 'publicKey' | 'privateKey'> {
  const jwk = privateKey.export({ format: 'jwk' })
  const { kty, crv, x, y, n, e } = jwk
  const parsed = parsePublicKey(Buffer.from(JSON.stringify({ kty, crv, x, y, n, e })))
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return { publicKey: parsed.value, privateKey }
}
