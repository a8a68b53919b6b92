// Signed results: what they hold, and that no field of one can be changed.

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeUtf8, type JsonObject, parseJson } from '../../../src/core/index.ts'
import { createLocalSigner, signCompactJws, signJose } from '../../../src/sign/index.ts'
import { newKey, valueOf } from '../../trust/keys.ts'
import { COMMIT, NOW, RELEASE } from '../evidence.ts'
import { STAGING } from '../states.ts'
import {
  DIGEST,
  judge,
  published,
  REGISTRY,
  resultOf,
  SIGNER,
  SIGNERS,
  signed,
  signedJws,
} from './results.ts'

const HELD = ['accepted']

type Document = Record<string, string>
const documentOf = async () => valueOf(parseJson(await signed())) as unknown as Document
const bytesOf = (document: object) => encodeUtf8(JSON.stringify(document))

/** Another text of the same alphabet. */
function changed(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

/** A payload that says another instant of the judgement, and commits to it. */
function madeOf(at: string): JsonObject {
  const preimage = resultOf().payload.preimage.replace('2026-04-10T12:00:00Z', at)
  return { preimage, commitment_id: createHash('sha256').update(preimage).digest('hex') }
}

describe('a signed result', () => {
  it('holds what it is about, and commits to its stated preimage', () => {
    const { payload, bytes, preimage } = resultOf()
    expect(preimage).toEqual({
      at: '2026-04-10T12:00:00Z',
      gate: STAGING,
      set: { id: RELEASE.id, sha256: DIGEST },
      commit: COMMIT,
      policies: expect.arrayContaining([
        { id: STAGING, sha256: REGISTRY.policies.get(STAGING)?.digest },
      ]) as unknown,
      registry: REGISTRY.digest,
      trust: DIGEST,
      head: { size: 7, root: Buffer.alloc(32).toString('base64') },
    })
    expect(payload.commitment_id).toBe(createHash('sha256').update(payload.preimage).digest('hex'))
    expect(JSON.parse(payload.preimage)).toEqual(preimage)
    expect(Buffer.from(bytes).toString()).toMatch(/^\{"commitment_id":/)
  })

  it.each(SIGNERS)('holds with a key for %s, as JSON and as JWS', async (_, signer) => {
    const keys = [published(signer), published(SIGNER)]
    for (const keySet of [keys, keys.toReversed()]) {
      expect(judge(await signed({ signer }), keySet)).toEqual(HELD)
      expect(judge(encodeUtf8(await signedJws({ signer })), keySet)).toEqual(HELD)
    }
  })

  it.each(SIGNERS)('is signed by another key of %s than is published', async (_, signer) => {
    const document = valueOf(parseJson(await signed({ signer }))) as JsonObject
    const forged = { ...document, signature: Buffer.alloc(64, 1).toString('base64url') }
    expect(judge(bytesOf(forged), [published(signer)])).toEqual([
      'rejected',
      'gate/result-signature',
    ])
    expect(judge(bytesOf(document), [published(signer)])).toEqual(HELD)
  })

  it('signs r and s at their full length, however many zeros they begin with', async () => {
    for (let round = 0; round < 64; round += 1) {
      const { signature } = await documentOf()
      expect(Buffer.from(signature ?? '', 'base64url')).toHaveLength(64)
    }
  })

  it.each<readonly [string, string, string]>([
    ['commitment_id', '0'.repeat(64), 'gate/result-member'],
    ['kid', newKey().keyId, 'gate/result-member'],
    ['sig_alg', 'none', 'gate/result-member'],
    ['verdict', 'blocked', 'gate/result-member'],
  ])('is refused with another %s around it', async (name, value, code) => {
    const document = await documentOf()
    expect(judge(bytesOf({ ...document, [name]: value }))).toEqual(['rejected', code])
    expect(judge(bytesOf(document))).toEqual(HELD)
  })

  it.each<readonly [string, JsonObject, readonly string[]]>([
    ['commitment_id', { commitment_id: '0'.repeat(64) }, ['gate/result-commitment']],
    ['verdict', { verdict: 'missing' }, ['gate/result-verdict']],
    ['sig_alg', { sig_alg: 'ES384' }, ['gate/result-algorithm']],
    [
      'signed_at',
      { signed_at: '2026-02-30T00:00:00Z' },
      ['gate/result-window', 'gate/result-time'],
    ],
    ['at', madeOf('2026-02-30T00:00:00Z'), ['gate/result-time']],
    [
      'preimage',
      { preimage: resultOf({ ledger: 'error' }).payload.preimage.replace('"size":7', '"size":8') },
      ['gate/result-commitment'],
    ],
  ])(
    'is refused with another %s inside, even if all around says the same',
    async (_, change, codes) => {
      const payload = { ...resultOf().payload, ...change }
      const bytes = bytesOf(payload)
      const { commitment_id, kid, sig_alg, verdict } = payload
      const schema = 'assay/signed-result/v1'
      const around = {
        schema,
        commitment_id,
        kid,
        sig_alg,
        verdict,
        payload: Buffer.from(bytes).toString('base64url'),
      }
      const { signature } = await documentOf()
      expect(judge(bytesOf({ ...around, signature }))).toContain('gate/result-signature')
      // Whoever holds the key can sign nonsense; it is refused for what it is.
      const resigned = Buffer.from(await signJose(bytes, SIGNER)).toString('base64url')
      expect(judge(bytesOf({ ...around, signature: resigned }))).toEqual(['rejected', ...codes])
    },
  )

  it('is refused with any character of the payload or the signature changed', async () => {
    const document = await documentOf()
    for (const name of ['payload', 'signature'] as const) {
      const text = document[name] ?? ''
      for (let at = 0; at < text.length; at += 7) {
        const found = judge(bytesOf({ ...document, [name]: changed(text, at) }))
        expect(found).not.toEqual(HELD)
      }
    }
  })

  it('is refused as JWS with any character changed', async () => {
    const text = await signedJws()
    for (let at = 0; at < text.length; at += 7) {
      expect(judge(encodeUtf8(changed(text, at)))).not.toEqual(HELD)
    }
    expect(judge(encodeUtf8(`${text}\n`))).toEqual(HELD)
  })

  it.each<readonly [string, object]>([
    ['another key', { kid: newKey().keyId }],
    ['another algorithm', { alg: 'none' }],
  ])('is refused as JWS with %s in the header', async (_, change) => {
    const [, payload = '', signature = ''] = (await signedJws()).split('.')
    const header = { alg: 'ES256', kid: SIGNER.publicKey.keyId, typ: 'assay-signed-result+json' }
    const compact = (value: object) =>
      encodeUtf8(
        [Buffer.from(JSON.stringify(value)).toString('base64url'), payload, signature].join('.'),
      )
    expect(judge(compact({ ...header, ...change }))).toEqual(
      expect.arrayContaining(['gate/result-member', 'gate/result-signature']),
    )
    expect(judge(compact(header))).toEqual(HELD)
  })

  it('is refused under a key that is not published', async () => {
    expect(judge(await signed(), [published(SIGNERS[3]![1])])).toEqual([
      'rejected',
      'gate/result-key',
    ])
  })

  it('is refused outside of the window of its key', async () => {
    const bytes = await signed()
    const at = NOW + 1000
    const key = published()
    const retired = (when: number) => ({
      ...key,
      revoked: { at: when, reason: 'retired' } as const,
    })
    expect(judge(bytes, [{ ...key, notBefore: at, notAfter: at }])).toEqual(HELD)
    expect(judge(bytes, [retired(at + 1)])).toEqual(HELD)
    for (const ended of [
      { ...key, notBefore: at + 1 },
      { ...key, notAfter: at - 1 },
      retired(at),
    ]) {
      expect(judge(bytes, [ended])).toEqual(['rejected', 'gate/result-window'])
    }
  })
})

describe('parseSignedResult()', () => {
  it.each<readonly [string, JsonObject]>([
    ['an unknown member', { more: 1 }],
    ['a commitment id that is no digest', { commitment_id: 'x' }],
    ['a verdict of no meaning', { verdict: 'go' }],
    ['another schema', { schema: 'assay/signed-result/v2' }],
  ])('refuses %s', async (_, change) => {
    expect(judge(bytesOf({ ...(await documentOf()), ...change }))).toEqual(['gate/result'])
  })

  it('refuses what is padded, too large, of two parts, or no text', async () => {
    const document = await documentOf()
    expect(judge(bytesOf({ ...document, payload: `${document['payload']}A` }))).toEqual([
      'core/base64',
    ])
    expect(judge(bytesOf({ ...document, signature: document['signature']?.slice(1) }))).toEqual([
      'core/base64',
    ])
    const jws = await signedJws()
    expect(judge(encodeUtf8(`${jws}==`))).toEqual(['gate/result'])
    expect(judge(encodeUtf8(jws.slice(1)))).toEqual(['core/base64'])
    expect(judge(encodeUtf8(jws.replace('.', '.A')))).toEqual(['core/base64'])
    expect(judge(encodeUtf8(jws.split('.').slice(1).join('.')))).toEqual(['gate/result'])
    expect(judge(encodeUtf8(`${jws}.${jws}`))).toEqual(['gate/result'])
    expect(judge(new Uint8Array(2 ** 20 + 1))).toEqual(['gate/result'])
    expect(judge(Uint8Array.of(0xff))).toEqual(['core/utf8'])
    expect(judge(encodeUtf8('{'))).toEqual(['core/json-syntax'])
  })

  it('refuses what no gate says, whoever signed it', async () => {
    const jws = async (change: object, of: Parameters<typeof resultOf>[0] = {}) =>
      judge(
        encodeUtf8(
          await signCompactJws(
            bytesOf({ ...resultOf(of).payload, ...change }),
            SIGNER,
            'assay-signed-result+json',
          ),
        ),
      )
    const exceptions = [{ check: 'a#b', expires: '2026-05-01T00:00:00Z', sha256: DIGEST }]
    expect(await jws({ exceptions })).toEqual(HELD)
    expect(await jws({ exceptions }, { isStrict: true })).toEqual(['gate/result'])
    expect(await jws({}, { isStrict: true })).toEqual(HELD)
    expect(await jws({ exceptions, verdict: 'missing' })).toEqual(['gate/result'])
    const { preimage } = resultOf().payload
    const { at, ...others } = JSON.parse(preimage) as JsonObject
    for (const other of [` ${preimage}`, JSON.stringify({ ...others, at })]) {
      const commitment_id = createHash('sha256').update(other).digest('hex')
      expect(await jws({ preimage: other, commitment_id })).toEqual(['gate/result'])
    }
    expect(await jws({ preimage })).toEqual(HELD)
  })

  it('refuses headers of anything else, and payloads that are no results', async () => {
    const payload = resultOf().bytes
    const jws = async (bytes: Uint8Array, type = 'assay-signed-result+json') =>
      judge(encodeUtf8(await signCompactJws(bytes, SIGNER, type)))
    expect(await jws(payload)).toEqual(HELD)
    expect(await jws(payload, 'JWT')).toEqual(['gate/result'])
    expect(await jws(encodeUtf8('{}'))).toContain('gate/result')
    expect(await jws(encodeUtf8('no'))).toEqual(['core/json-syntax'])
    const stating = (preimage: string) => bytesOf({ ...resultOf().payload, preimage })
    expect(await jws(stating('no'))).toEqual(['core/json-syntax'])
    expect(await jws(stating('{}'))).toContain('gate/result')
    const [, ...rest] = (await signedJws()).split('.')
    for (const header of [
      '1',
      '{"alg":"ES256"}',
      'no',
      '{"alg":"ES256","kid":"a","typ":"assay-signed-result+json","b64":false}',
    ]) {
      const first = Buffer.from(header).toString('base64url')
      expect(judge(encodeUtf8([first, ...rest].join('.')))).toEqual([
        header === 'no' ? 'core/json-syntax' : 'gate/result',
      ])
    }
  })
})

describe('signJose()', () => {
  it('publishes no signature that its own key does not verify', async () => {
    const other = createLocalSigner({
      key: (await import('node:crypto')).generateKeyPairSync('ed25519').privateKey,
      publicKey: newKey(),
    })
    await expect(signJose(encodeUtf8('x'), other)).rejects.toThrow('does not verify')
  })
})
