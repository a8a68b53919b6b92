import { describe, expect, it } from 'vitest'
import { encodePublicKey, parseTrust } from '../../src/trust/index.ts'
import { KEY, parse, ROLE, trust, withKey, withRole } from './documents.ts'
import { codes, ED25519_JWK, readKey, RSA_JWK } from './keys.ts'

const rsa = { name: 'b', publicKey: RSA_JWK, roles: ['release'] }
const pem = Buffer.from(encodePublicKey(readKey(ED25519_JWK))).toString()

/** What is wrong, the code, the document that is refused for it, and the nearest one that is accepted. */
type Case = readonly [string, string, unknown, unknown]

it('parseTrust() tells of another document only that it is another', () => {
  const other = parse({ name: 'app', version: '1.0.0', schema: 'x', keys: 7 })
  expect(codes(other)).toEqual(['trust/document'])
  expect(other.ok || other.problems[0]).toMatchObject({
    at: '/schema',
    hint: expect.stringContaining('assay trust init'),
  })
})

function judgeCase(...[, code, refused, accepted]: Case): void {
  expect(codes(parse(refused))).toEqual([code])
  expect(codes(parse(accepted))).toBe('accepted')
}

describe('parseTrust() refuses', () => {
  it.each<Case>([
    ['broken JSON', 'core/json-syntax', '{', trust()],
    ['a duplicate member', 'core/json-duplicate-key', '{"a":1,"\\u0061":2}', trust()],
    ['__proto__', 'core/json-prototype-key', '{"__proto__":{}}', trust()],
    ['a list', 'trust/document', [], trust()],
    ['another schema', 'trust/document', { ...trust(), schema: 'assay/trust/v2' }, trust()],
    ['an unknown member', 'trust/document', { ...trust(), rootz: [] }, trust()],
    ['an unknown member of a key', 'trust/document', withKey({ revokedAt: 1 }), trust()],
    ['an unknown member of a role', 'trust/document', withRole({ treshold: 1 }), trust()],
    [
      'an unknown member of a JWK',
      'trust/document',
      withKey({ publicKey: { ...ED25519_JWK, x5u: 'a' } }),
      withKey({ publicKey: { ...ED25519_JWK, kid: 'a' } }),
    ],
    [
      'the private half in a JWK',
      'trust/key-private',
      withKey({ publicKey: { ...ED25519_JWK, d: 'nWGx' } }),
      trust(),
    ],
    [
      'a JWK inside a text',
      'trust/key-format',
      withKey({ publicKey: JSON.stringify(ED25519_JWK) }),
      withKey({ publicKey: pem }),
    ],
    ['a public key that is a number', 'trust/document', withKey({ publicKey: 1 }), trust()],
    [
      'a name that is not ASCII',
      'trust/document',
      withKey({ name: 'rеlease' }),
      withKey({ name: 'release' }),
    ],
    [
      'a name that JavaScript inherits',
      'trust/document',
      withKey({ name: '__proto__' }),
      withKey({ name: 'constructor' }),
    ],
    ['an empty name', 'trust/document', withKey({ name: '' }), withKey({ name: '0' })],
    ['a key without a role', 'trust/document', withKey({ roles: [] }), trust()],
    [
      'a time with an offset',
      'trust/document',
      withKey({ notAfter: '2026-01-01T00:00:00+00:00' }),
      withKey({ notAfter: '2026-01-01T00:00:00Z' }),
    ],
    [
      'a day that does not exist',
      'core/timestamp',
      withKey({ notAfter: '2026-02-30T00:00:00Z' }),
      withKey({ notAfter: '2026-02-28T00:00:00Z' }),
    ],
    [
      'a validity that ends before it begins',
      'trust/validity',
      withKey({ notBefore: '2026-01-02T00:00:00Z', notAfter: '2026-01-01T00:00:00Z' }),
      withKey({ notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-01-01T00:00:00Z' }),
    ],
    [
      'another reason of revocation',
      'trust/document',
      withKey({ revoked: { at: '2026-01-01T00:00:00Z', reason: 'lost' } }),
      withKey({ revoked: { at: '2026-01-01T00:00:00Z', reason: 'retired' } }),
    ],
    ['a threshold of 0', 'trust/document', withRole({ threshold: 0 }), withRole({ threshold: 1 })],
    [
      'a threshold of -1',
      'trust/document',
      withRole({ threshold: -1 }),
      withRole({ threshold: 1 }),
    ],
    [
      'a threshold of 1.5',
      'trust/document',
      withRole({ threshold: 1.5 }),
      withRole({ threshold: 2 }),
    ],
    [
      'a threshold of "1"',
      'trust/document',
      withRole({ threshold: '1' }),
      withRole({ threshold: 1 }),
    ],
    [
      'a threshold of 33',
      'trust/document',
      withRole({ threshold: 33 }),
      withRole({ threshold: 32 }),
    ],
    ['no threshold', 'trust/document', trust({ roles: [{ name: 'r' }] }), trust()],
    [
      'a predicate type that is no URI',
      'trust/document',
      withRole({ predicateTypes: ['provenance'] }),
      withRole({ predicateTypes: ['https://slsa.dev/provenance/v1'] }),
    ],
    ['no predicate type at all', 'trust/document', withRole({ predicateTypes: [] }), trust()],
  ])('%s (%s)', judgeCase)

  it('a document above the limit', () => {
    expect(codes(parseTrust(new Uint8Array(4 * 1024 * 1024 + 1)))).toEqual(['core/json-size'])
  })
})

describe('parseTrust() refuses parts that do not fit together', () => {
  it.each<Case>([
    [
      'the name of the built-in role',
      'trust/role-reserved',
      withRole({ name: 'Release' }),
      withRole({ name: 'releaser' }),
    ],
    [
      'a role that is not declared',
      'trust/role-unknown',
      withKey({ roles: ['toString'] }),
      withKey({ roles: ['approver'] }),
    ],
    [
      'a role distinct from one that is not declared',
      'trust/role-unknown',
      withRole({ distinctFrom: ['constructor'] }),
      withRole({ distinctFrom: ['release'] }),
    ],
    [
      'a role distinct from itself',
      'trust/document',
      withRole({ distinctFrom: ['approver'] }),
      withRole({ distinctFrom: ['release'] }),
    ],
    [
      'one entry twice',
      'trust/name-duplicate',
      withKey({ roles: ['release', 'release'] }),
      withKey({ roles: ['release', 'approver'] }),
    ],
    [
      'one target twice',
      'trust/name-duplicate',
      withRole({ targets: ['a', 'a'] }),
      withRole({ targets: ['a', 'A'] }),
    ],
    [
      'one name twice',
      'trust/name-duplicate',
      trust({ keys: [KEY, { ...rsa, name: 'A' }] }),
      trust({ keys: [KEY, rsa] }),
    ],
    [
      'one role twice',
      'trust/name-duplicate',
      trust({ roles: [ROLE, { ...ROLE, name: 'APPROVER' }] }),
      trust({ roles: [ROLE, { ...ROLE, name: 'tester' }] }),
    ],
    [
      'a principal that looks like the name of a key that stands for itself',
      'trust/name-duplicate',
      trust({
        keys: [
          { ...KEY, name: 'Bob' },
          { ...rsa, name: 'other', principal: 'bob' },
        ],
      }),
      trust({
        keys: [
          { ...KEY, name: 'bob' },
          { ...rsa, name: 'other', principal: 'bob' },
        ],
      }),
    ],
    [
      'one principal in two spellings',
      'trust/name-duplicate',
      trust({
        keys: [
          { ...KEY, principal: 'alice' },
          { ...rsa, principal: 'Alice' },
        ],
      }),
      trust({
        keys: [
          { ...KEY, principal: 'alice' },
          { ...rsa, principal: 'alice' },
        ],
      }),
    ],
    [
      'one key twice (A-26)',
      'trust/key-duplicate',
      trust({ keys: [KEY, { ...KEY, name: 'b' }] }),
      trust({ keys: [KEY, rsa] }),
    ],
    [
      'one key as JWK and as PEM (DSSE-8)',
      'trust/key-duplicate',
      trust({ keys: [KEY, { ...KEY, name: 'b', publicKey: pem }] }),
      trust({ keys: [KEY, rsa] }),
    ],
  ])('%s (%s)', judgeCase)
})
