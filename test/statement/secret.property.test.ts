// What is no secret comes out as it went in: digests, signatures, certificates, public keys, names of packages, paths and addresses.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSecrets, maskSecrets } from '../../src/statement/index.ts'

const bytes = (length: number, most = length) =>
  fc.uint8Array({ minLength: length, maxLength: most }).map((value) => Buffer.from(value))

const hex = fc
  .constantFrom(20, 32, 48, 64)
  .chain((size) => bytes(size).map((b) => b.toString('hex')))
const digest = hex.map((value) => `sha256:${value}`)
const base64 = bytes(8, 600).map((value) => value.toString('base64'))
const base64url = fc
  .constantFrom(32, 48, 66, 256, 512)
  .chain((size) => bytes(size).map((value) => value.toString('base64url')))

const pem = fc
  .record({
    label: fc.constantFrom('CERTIFICATE', 'PUBLIC KEY', 'RSA PUBLIC KEY'),
    der: bytes(40, 900),
  })
  .map(({ label, der }) => {
    const body = der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')
    return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
  })

const jwk = fc.record({
  kty: fc.constantFrom('EC', 'OKP', 'RSA'),
  kid: base64url,
  x: base64url,
  y: base64url,
  n: base64url,
  use: fc.constant('sig'),
})

const word = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 1,
  maxLength: 12,
})
const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join('-'))
const path = fc.array(name, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'))
const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(999)).map((parts) => parts.join('.'))

const spdx = fc
  .record({ kind: fc.constantFrom('Package', 'File', 'DocumentRoot'), name, version })
  .map((parts) => `SPDXRef-${parts.kind}-npm-${parts.name}-${parts.version}`)
const purl = fc
  .record({ type: fc.constantFrom('npm', 'pypi', 'cargo', 'golang', 'oci'), name, version, hex })
  .map(
    (parts) => `pkg:${parts.type}/%40${parts.name}/x@${parts.version}?checksum=sha256:${parts.hex}`,
  )

const host = name.map((value) => `${value}.example`)
const address = fc.oneof(
  fc
    .record({ host, path })
    .map((parts) => `https://${parts.host}:8443/${parts.path}?ref=v1&path=a#b`),
  fc
    .record({ host, path, hex })
    .map((parts) => `oci://${parts.host}/${parts.path}@sha256:${parts.hex.slice(0, 64)}`),
  fc.record({ host, path }).map((parts) => `git+ssh://git@${parts.host}/${parts.path}.git`),
  fc
    .record({ host, path, hex })
    .map((parts) => `git+https://${parts.host}/${parts.path}@refs/tags/v1`),
  fc
    .record({ name, digest: bytes(32) })
    .map((parts) => `docker://${parts.name}@sha256:${parts.digest.toString('hex')}`),
  fc
    .record({ name, digest: bytes(32) })
    .map((parts) => `docker://${parts.name}:20@sha256:${parts.digest.toString('hex')}`),
  path.map((value) => `https://github.com/${value}/.github/workflows/release.yml@refs/heads/main`),
)

const values: readonly (readonly [string, fc.Arbitrary<unknown>])[] = [
  [
    'digests and commits',
    fc.oneof(
      hex,
      digest,
      hex.map((value) => `git:${value.slice(0, 40)}`),
    ),
  ],
  ['signatures in base64', base64],
  ['signatures and key ids in base64url', base64url],
  ['certificates and public keys', pem],
  ['public JWKs', jwk],
  [
    'names of packages and files',
    fc.oneof(
      spdx,
      purl,
      path,
      path.map((value) => `/home/${value}.key.pem`),
    ),
  ],
  ['addresses', address],
]

describe('what is no secret', () => {
  it.each(values)('is shown as it is, and may be signed: %s', (_, value) => {
    fc.assert(
      fc.property(value, name, (shown, before) => {
        const document = { [before]: [shown], after: shown }
        expect(findSecrets(document as never)).toEqual([])
        for (const text of [
          JSON.stringify(document),
          JSON.stringify(document, null, 2),
          `found ${typeof shown === 'string' ? shown : JSON.stringify(shown)}, ${before}\n`,
        ]) {
          expect(maskSecrets(text)).toBe(text)
        }
      }),
      { numRuns: 150 },
    )
  })

  // A long random text holds nearly any short one: what would be the beginning of a token is in the middle of a modulus.
  it.each(['ghp_', 'npm_'])('is a modulus with %s in its middle', (beginning) => {
    const n = `${'xY3_'.repeat(20)}${beginning}${'aB4c'.repeat(12)}-${'xY3'.repeat(20)}`
    expect(maskSecrets(JSON.stringify({ kty: 'RSA', n }))).toContain(n)
    expect(findSecrets({ kty: 'RSA', n })).toEqual([])
    const token = `TOKEN_${n.slice(n.indexOf(beginning))}`
    expect(maskSecrets(token)).toBe('TOKEN_…')
    expect(findSecrets(token)).toHaveLength(1)
  })
})

describe('a login that looks like an image', () => {
  it.each([
    [`docker://me:hunter2@registry.example/a@sha256:${'ab'.repeat(32)}`, 'docker://…@'],
    [`https://me@sha256:${'ab'.repeat(31)}/`, 'https://…@'],
    [`https://me@sha256:${'ab'.repeat(32)}cd.example/`, 'https://…@'],
  ])('is masked: %s', (text, begins) => {
    expect(maskSecrets(text).startsWith(begins)).toBe(true)
    expect(findSecrets(text)).toMatchObject([{ code: 'statement/url-credentials' }])
  })
})
