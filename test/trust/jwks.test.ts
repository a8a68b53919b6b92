import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { CompactSign, calculateJwkThumbprint, createLocalJWKSet, compactVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { buildJwks } from '../../src/trust/index.ts'
import { findPython } from '../outside-tool.ts'
import { pemOf, readKey } from './keys.ts'

const PAIRS: readonly (readonly [string, { publicKey: KeyObject; privateKey: KeyObject }])[] = [
  ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ['ES512', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ['EdDSA', generateKeyPairSync('ed25519')],
  ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
]
const keys = PAIRS.map(([, { publicKey }]) => readKey(pemOf(publicKey)))

/** One token of each key, signed by jose. */
function signTokens(): Promise<readonly string[]> {
  return Promise.all(
    PAIRS.map(([alg, { privateKey }], index) =>
      new CompactSign(Buffer.from('hello'))
        .setProtectedHeader({ alg, kid: keys[index]!.keyId })
        .sign(privateKey),
    ),
  )
}

describe('buildJwks()', () => {
  it('gives each key once, with the thumbprint that jose computes', async () => {
    const set = await buildJwks([...keys, ...keys])
    expect(set.keys.map((key) => key['kid'])).toEqual(keys.map(({ keyId }) => keyId))
    expect(set.keys.map((key) => [key['use'], key['alg']])).toEqual(
      PAIRS.map(([alg]) => ['sig', alg]),
    )
    for (const key of set.keys) expect(await calculateJwkThumbprint({ ...key })).toBe(key['kid'])
  })

  it('holds nothing private', async () => {
    const text = JSON.stringify(await buildJwks(keys))
    expect(text).not.toMatch(/"(?:d|p|q|dp|dq|qi|oth|k)":/)
  })

  it('gives keys with which jose verifies', async () => {
    const find = createLocalJWKSet(await buildJwks(keys))
    for (const token of await signTokens()) {
      expect(Buffer.from((await compactVerify(token, find)).payload).toString()).toBe('hello')
    }
  })

  const python = findPython('joserfc')
  it.skipIf(python === undefined)('gives keys with which joserfc verifies', async () => {
    const program = [
      'import json, sys',
      'from joserfc import jws',
      'from joserfc.jwk import KeySet',
      'given = json.load(sys.stdin)',
      'keys = KeySet.import_key_set(given["set"])',
      'algorithms = ["ES256", "ES384", "ES512", "EdDSA", "RS256"]',
      'for token in given["tokens"]:',
      '    print(jws.deserialize_compact(token, keys, algorithms=algorithms).payload.decode())',
    ].join('\n')
    const input = JSON.stringify({ set: await buildJwks(keys), tokens: await signTokens() })
    const printed = execFileSync(python!, ['-c', program], { input }).toString()
    expect(printed.trim().split('\n')).toEqual(PAIRS.map(() => 'hello'))
  })
})
