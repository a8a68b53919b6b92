import * as z from 'zod/mini'
import { describe, expect, it } from 'vitest'
import { equalBytes } from '../../src/core/index.ts'
import {
  buildEmptyTrust,
  encodePublicKey,
  encodeTrust,
  parseTrust,
  trustDocumentSchema,
} from '../../src/trust/index.ts'
import { KEY, ROLE, WHOLE, parse, trust, withKey } from './documents.ts'
import { P256_JWK, readKey, valueOf } from './keys.ts'

const found = (document: unknown) => {
  const result = parse(document)
  if (result.ok) return 'accepted'
  return result.problems.map(({ code, at }) => `${code} ${at ?? ''}`.trim())
}

describe('parseTrust()', () => {
  it('reads every member, sorted by name', () => {
    const document = valueOf(parse(WHOLE))
    expect(document.keys.map(({ name }) => name)).toEqual(['alice', 'release-2026'])
    expect(document.keys[1]).toMatchObject({
      notBefore: Date.UTC(2026, 0, 1),
      notAfter: Date.UTC(2026, 11, 31, 23, 59, 59, 500),
      revoked: { at: Date.UTC(2026, 5, 1), reason: 'compromised' },
      roles: ['approver', 'release'],
      kind: 'automation',
    })
    expect(document.roles).toEqual([
      {
        name: 'approver',
        predicateTypes: ['https://cyclonedx.org/bom', 'https://slsa.dev/provenance/v1'],
        targets: ['render_staging_rollout'],
        threshold: 2,
        distinctFrom: ['release'],
      },
    ])
  })

  it('reads back what encodeTrust() writes, and writes it the same way again', () => {
    for (const document of [valueOf(parse(WHOLE)), buildEmptyTrust()]) {
      const again = valueOf(parseTrust(encodeTrust(document)))
      expect(again.digest).toBe(document.digest)
      expect(equalBytes(encodeTrust(again), encodeTrust(document))).toBe(true)
    }
  })

  it('gives one digest for every spelling of the same trust, and others for other trust', () => {
    const pem = Buffer.from(encodePublicKey(readKey(P256_JWK))).toString()
    const [release, alice] = WHOLE.keys as [object, object]
    const spelt = trust({
      keys: [
        { ...alice, roles: ['approver'] },
        { ...release, publicKey: pem, roles: ['approver', 'release'] },
      ],
      roles: WHOLE.roles,
    })
    const { digest } = valueOf(parse(WHOLE))
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(valueOf(parse(JSON.stringify(spelt, null, 7))).digest).toBe(digest)
    expect(valueOf(parse({ ...WHOLE, keys: [release] })).digest).not.toBe(digest)
  })

  it('tells everything that is wrong, each with its pointer', () => {
    const document = trust({
      keys: [
        { ...KEY, publicKey: { ...P256_JWK, y: P256_JWK.x }, notAfter: '2026-02-30T00:00:00Z' },
        { ...KEY, name: 'b', roles: ['nobody'] },
      ],
      roles: [{ ...ROLE, distinctFrom: ['nobody'] }],
    })
    expect(found(document)).toEqual([
      'trust/key-invalid /keys/0/publicKey',
      'core/timestamp /keys/0',
      'trust/role-unknown',
      'trust/role-unknown',
    ])
  })

  it('points at members whose names need escapes (RFC 6901)', () => {
    expect(found({ ...trust(), 'a/b~c': 1 })).toEqual(['trust/document'])
    expect(found(withKey({ kind: 'robot', roles: [] }))).toEqual([
      'trust/document /keys/0/roles',
      'trust/document /keys/0/kind',
    ])
  })

  it('publishes a JSON Schema of the document', () => {
    expect(z.toJSONSchema(trustDocumentSchema)).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['schema', 'keys', 'roles'],
    })
  })
})
