import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../../src/core/index.ts'
import { addRegistryKeys, buildEmptyTrust, parseRegistryKeys } from '../../../src/trust/index.ts'
import { codes, valueOf } from '../keys.ts'

describe('parseRegistryKeys()', () => {
  const rawBytes = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .publicKey.export({ type: 'spki', format: 'der' })
    .toString('base64')
  const SERVED = {
    keyid: 'SHA256:ab/+cd',
    keytype: 'ecdsa-sha2-nistp256',
    scheme: 'ecdsa-sha2-nistp256',
    key: rawBytes,
    expires: null,
  }
  const SIGNED = {
    keyId: 'SHA256:ab/+cd',
    keyUsage: 'npm:attestations',
    publicKey: {
      rawBytes,
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor: { start: '2022-12-01T00:00:00.000Z' },
    },
  }
  const read = (...keys: readonly unknown[]) =>
    parseRegistryKeys(encodeUtf8(JSON.stringify({ keys })))

  it('reads the document that the registry serves', () => {
    expect(valueOf(read(SERVED))).toMatchObject([
      {
        name: 'npm-abcd',
        keyId: 'SHA256:ab/+cd',
        publicKey: { type: 'p256' },
        validFor: { start: 0 },
      },
    ])
    const expires = '2025-01-29T00:00:00.000Z'
    expect(valueOf(read({ ...SERVED, expires }))).toMatchObject([
      { validFor: { start: 0, end: Date.parse(expires) } },
    ])
  })

  it('reads the document that the Sigstore project signs, and of it the keys for attestations', () => {
    expect(valueOf(read({ ...SIGNED, keyUsage: 'npm:signatures' }, SIGNED))).toMatchObject([
      { keyId: 'SHA256:ab/+cd', validFor: { start: Date.parse('2022-12-01') } },
    ])
  })

  it.each([
    ['no keys', []],
    ['no key for attestations', [{ ...SIGNED, keyUsage: 'npm:signatures' }]],
    ['another scheme', [{ ...SERVED, scheme: 'rsa' }]],
    ['another key type', [{ ...SERVED, keytype: 'rsa' }]],
    ['a key that is none', [{ ...SERVED, key: 'AAAA' }]],
    ['no key', [{ ...SERVED, key: undefined }]],
    ['an end that is no time', [{ ...SERVED, expires: 'never' }]],
    ['a member of its own', [{ ...SERVED, trusted: true }]],
    ['no start', [{ ...SIGNED, publicKey: { ...SIGNED.publicKey, validFor: {} } }]],
  ])('refuses %s', (_, keys) => expect(codes(read(...keys))).toEqual(['trust/registry-keys']))

  it('refuses what is no document of keys', () => {
    for (const text of ['{', '[]', '{}', '{"keys":1}']) {
      expect(codes(parseRegistryKeys(encodeUtf8(text)))).toEqual(['trust/registry-keys'])
    }
  })

  it('gives a key that is there already the window that the registry now says', () => {
    const before = valueOf(addRegistryKeys(buildEmptyTrust(), valueOf(read(SERVED))))
    const expires = '2025-01-29T00:00:00Z'
    const after = valueOf(addRegistryKeys(before, valueOf(read({ ...SERVED, expires }))))
    expect(after.registryKeys.map(({ validFor }) => validFor.end)).toEqual([Date.parse(expires)])
  })

  it('never makes a key good again that has ended, as an older document would', () => {
    const ending = (expires: string | null) => valueOf(read({ ...SERVED, expires }))
    const ended = valueOf(addRegistryKeys(buildEmptyTrust(), ending('2025-01-29T00:00:00Z')))
    for (const later of [null, '2025-01-29T00:00:00.001Z']) {
      expect(codes(addRegistryKeys(ended, ending(later)))).toEqual(['trust/registry-key-ended'])
    }
    for (const same of ['2025-01-29T00:00:00Z', '2024-01-29T00:00:00Z']) {
      const { registryKeys } = valueOf(addRegistryKeys(ended, ending(same)))
      expect(registryKeys.map(({ validFor }) => validFor.end)).toEqual([Date.parse(same)])
    }
  })

  it('keeps the later start of a key that another document knows from earlier on', () => {
    const [key] = valueOf(read(SERVED))
    if (key === undefined) throw new Error('There is no key')
    const from = (start: number) => ({ ...key, validFor: { ...key.validFor, start } })
    const known = valueOf(addRegistryKeys(buildEmptyTrust(), [from(2_000_000)]))
    for (const [start, kept] of [
      [1_000_000, 2_000_000],
      [3_000_000, 3_000_000],
    ] as const) {
      const { registryKeys } = valueOf(addRegistryKeys(known, [from(start)]))
      expect(registryKeys.map(({ validFor }) => validFor.start)).toEqual([kept])
    }
  })
})
