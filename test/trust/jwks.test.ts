import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { CompactSign, calculateJwkThumbprint, createLocalJWKSet, compactVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { encodeUtf8, type JsonObject } from '../../src/core/index.ts'
import { buildJwks, joseAlgorithmOf, parseJwks, type PublishedKey } from '../../src/trust/index.ts'
import { findPython } from '../outside-tool.ts'
import { codes, newKey, pemOf, readKey, valueOf } from './keys.ts'

const PAIRS: readonly (readonly [string, { publicKey: KeyObject; privateKey: KeyObject }])[] = [
  ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ['ES512', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ['EdDSA', generateKeyPairSync('ed25519')],
  ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
]
const publicKeys = PAIRS.map(([, { publicKey }]) => readKey(pemOf(publicKey)))
const keys: readonly PublishedKey[] = publicKeys.map((publicKey) => ({ publicKey }))
const DAY = Date.UTC(2026, 3, 10)

const build = async (published: readonly PublishedKey[]) => valueOf(await buildJwks(published))
const parse = (value: unknown) => parseJwks(encodeUtf8(JSON.stringify(value)))

/** One token of each key, signed by jose. */
function signTokens(): Promise<readonly string[]> {
  return Promise.all(
    PAIRS.map(([alg, { privateKey }], index) =>
      new CompactSign(Buffer.from('hello'))
        .setProtectedHeader({ alg, kid: publicKeys[index]!.keyId })
        .sign(privateKey),
    ),
  )
}

describe('buildJwks()', () => {
  it('gives each key once, with the thumbprint that jose computes', async () => {
    const set = await build([...keys, ...keys])
    expect(set.keys.map((key) => key['kid'])).toEqual(
      publicKeys.map(({ keyId }) => keyId).toSorted(),
    )
    const algorithms = new Map(set.keys.map((key) => [key['kid'], [key['use'], key['alg']]]))
    for (const [index, [alg]] of PAIRS.entries()) {
      expect(algorithms.get(publicKeys[index]!.keyId)).toEqual(['sig', alg])
      expect(joseAlgorithmOf(publicKeys[index]!.type)).toBe(alg)
    }
    for (const key of set.keys) expect(await calculateJwkThumbprint({ ...key })).toBe(key['kid'])
  })

  it('gives the same bytes whatever the order', async () => {
    const backwards = JSON.stringify(await build(keys.toReversed()))
    expect(backwards).toBe(JSON.stringify(await build(keys)))
  })

  it.each(PAIRS)('holds nothing private of a key for %s', async (_, { publicKey, privateKey }) => {
    const text = JSON.stringify(await build([{ publicKey: readKey(pemOf(publicKey)) }]))
    expect(text).not.toMatch(/"(?:d|p|q|dp|dq|qi|oth|k)":/)
    const { d } = privateKey.export({ format: 'jwk' })
    expect(d).toBeTypeOf('string')
    expect(text).not.toContain(d)
  })

  it('gives windows in members of ours, and reads them back', async () => {
    const window = {
      notBefore: DAY,
      notAfter: DAY + 2,
      revoked: { at: DAY + 1, reason: 'retired' },
    }
    const published = { publicKey: publicKeys[0]!, ...window } as const
    const set = await build([published as PublishedKey])
    expect(set.keys[0]).toMatchObject({
      assay_notBefore: '2026-04-10T00:00:00Z',
      assay_notAfter: '2026-04-10T00:00:00.002Z',
      assay_revokedAt: '2026-04-10T00:00:00.001Z',
    })
    const [read] = valueOf(parse(set))
    expect(read).toMatchObject({ ...window, publicKey: { keyId: published.publicKey.keyId } })
  })

  it('publishes no compromised key, and a retired one', async () => {
    const key = (reason: 'compromised' | 'retired'): PublishedKey => ({
      publicKey: newKey(),
      revoked: { at: DAY, reason },
    })
    expect(codes(await buildJwks([key('retired'), key('compromised')]))).toEqual([
      'trust/jwks-compromised',
    ])
    expect(codes(await buildJwks([key('retired')]))).toBe('accepted')
  })

  it('gives keys with which jose verifies', async () => {
    const find = createLocalJWKSet(await build(keys))
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
    const input = JSON.stringify({ set: await build(keys), tokens: await signTokens() })
    const printed = execFileSync(python!, ['-c', program], { input }).toString()
    expect(printed.trim().split('\n')).toEqual(PAIRS.map(() => 'hello'))
  })
})

describe('parseJwks()', () => {
  it('reads what was built', async () => {
    const read = valueOf(parse(await build(keys)))
    expect(read.map(({ publicKey }) => publicKey.keyId)).toEqual(
      publicKeys.map(({ keyId }) => keyId).toSorted(),
    )
    expect(read.flatMap((key) => Object.keys(key))).toEqual(keys.map(() => 'publicKey'))
  })

  const changed = async (change: JsonObject) => {
    const [key] = (await build(keys)).keys
    return { keys: [{ ...key, ...change }] }
  }

  it.each([
    ['no set', []],
    ['a set without keys', { keys: [] }],
    ['a key that is no object', { keys: ['key'] }],
  ])('refuses %s', (_, value) => {
    expect(codes(parse(value))).toEqual(['trust/jwks'])
  })

  it.each<readonly [string, JsonObject, string]>([
    ['a kid that is not the thumbprint', { kid: 'release' }, 'trust/jwks'],
    ['a kid that is no text', { kid: 1 }, 'trust/jwks'],
    ['a window that is no time', { assay_notAfter: 'tomorrow' }, 'trust/jwks'],
    ['a window that is no text', { assay_revokedAt: 0 }, 'trust/jwks'],
    ['another use', { use: 'enc' }, 'trust/key-algorithm'],
    ['a private key', { d: 'AAAA' }, 'trust/key-private'],
  ])('refuses %s', async (_, change, code) => {
    expect(codes(parse(await changed(change)))).toEqual([code])
    expect(codes(parse(await changed({})))).toBe('accepted')
  })

  it('refuses a key that stands there twice, and what is no JSON', async () => {
    const { keys: once } = await build(keys.slice(0, 1))
    expect(codes(parse({ keys: [...once, ...once] }))).toEqual(['trust/jwks'])
    expect(codes(parseJwks(encodeUtf8('{')))).toEqual(['core/json-syntax'])
  })
})
