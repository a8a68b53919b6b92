// The glance at a trust document and its schema agree: what the one lets through, the other accepts, and as the same value.

import { describe, expect, it } from 'vitest'
import { type JsonValue, parseJson } from '../../src/core/index.ts'
import {
  addIdentity,
  addRoot,
  buildEmptyTrust,
  CLAIM_ARCS,
  encodeTrust,
  loadPublicGoodRoot,
  trustDocumentSchema,
  type TrustedIdentity,
} from '../../src/trust/index.ts'
import { isPlainTrust } from '../../src/trust/plain-trust.ts'
import { eachChange } from '../changed-values.ts'
import { P256_JWK, RSA_JWK, valueOf } from './keys.ts'

/** Every member that a document may have. */
const DOCUMENT = {
  schema: 'assay/trust/v1',
  keys: [
    {
      name: 'release-2026',
      publicKey: P256_JWK,
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2026-12-31T23:59:59.500Z',
      revoked: { at: '2026-06-01T00:00:00Z', reason: 'compromised' },
      roles: ['release', 'approver'],
      principal: 'https://ci.example.org/release',
      kind: 'automation',
      requires: ['log', 'timestamp'],
    },
    { name: 'text', publicKey: 'ssh-ed25519 AAAA', roles: ['release'] },
    {
      name: 'described',
      publicKey: { ...RSA_JWK, kid: 'a', alg: 'PS256', use: 'sig', key_ops: ['verify'] },
      roles: ['release'],
    },
  ],
  roles: [
    {
      name: 'approver',
      predicateTypes: ['https://slsa.dev/provenance/v1'],
      targets: ['render_staging_rollout'],
      threshold: 2,
      distinctFrom: ['release'],
    },
  ],
  roots: [
    { name: 'public', mark: 'live', trustedRoot: { mediaType: 'x', tlogs: [{ baseUrl: 'x' }] } },
    { name: 'practice', mark: 'rehearsal', trustedRoot: {} },
  ],
  identities: [
    {
      name: 'release-workflow',
      issuer: 'https://token.actions.githubusercontent.com',
      san: 'https://github.com/o/r/w.yml@refs/tags/v*',
      glob: 'ref',
      claims: { buildTrigger: 'push', sourceRepositoryIdentifier: '123' },
      roles: ['release'],
      principal: 'ci',
      kind: 'automation',
      ci: true,
    },
    {
      name: 'person',
      issuer: 'https://accounts.google.com',
      san: 'a@example.org',
      claims: {},
      roles: ['release', 'approver'],
      kind: 'person',
    },
  ],
  registryKeys: [
    {
      name: 'npm',
      keyId: 'SHA256:x',
      publicKey: P256_JWK,
      validFor: { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' },
    },
  ],
  verifiers: [{ name: 'platform', id: 'https://verifier.example/v1', signers: ['release-2026'] }],
  builders: [
    { name: 'ci', id: 'https://ci.example/builder', signers: ['release-workflow'], buildLevel: 3 },
  ],
} as JsonValue

const ODD: readonly JsonValue[] = [
  null,
  true,
  0,
  1,
  1.5,
  32,
  33,
  2 ** 53 - 1,
  '',
  'text',
  'a'.repeat(201),
  'line\n',
  '\u212a',
  'https://x.example',
  '2026-04-10T12:00:00Z',
  '2026-04-10T12:00:00+00:00',
  'retired',
  'person',
  'assay/trust/v1',
  [],
  ['text'],
  [1],
  [{}],
  {},
  { kty: 'EC' },
  { kty: 'EC', d: 'x' },
  { at: '2026-04-10T12:00:00Z', reason: 'retired' },
]

function read(value: JsonValue): JsonValue {
  const parsed = parseJson(JSON.stringify(value))
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value
}

describe('isPlainTrust()', () => {
  it('lets through a document with every member', () => {
    expect(isPlainTrust(read(DOCUMENT))).toBe(true)
  })

  it('lets through a document with the public root and an identity, as it is written', async () => {
    const empty = buildEmptyTrust()
    const root = { name: 'public', mark: 'live', document: await loadPublicGoodRoot() } as const
    const identity: TrustedIdentity = {
      name: 'release-workflow',
      issuer: 'https://token.actions.githubusercontent.com',
      san: 'https://github.com/o/r/.github/workflows/release.yml@refs/tags/v*',
      isRefGlob: true,
      claims: Object.fromEntries(Object.keys(CLAIM_ARCS).map((claim) => [claim, 'Übermut 1'])),
      roles: ['release'],
      isCi: true,
    }
    const written = encodeTrust(valueOf(addIdentity(valueOf(addRoot(empty, root)), identity)))
    const document = valueOf(parseJson(written))
    expect(isPlainTrust(document)).toBe(true)
    expect(trustDocumentSchema.safeParse(document).data).toEqual(document)
  })

  it('lets through what the schema accepts, and nothing else', () => {
    const count = { plain: 0, refused: 0 }
    for (const changed of eachChange(DOCUMENT, ODD)) {
      const document = read(changed)
      const bySchema = trustDocumentSchema.safeParse(document)
      expect(isPlainTrust(document), JSON.stringify(changed)).toBe(bySchema.success)
      if (bySchema.success) expect(bySchema.data).toEqual(document)
      count[bySchema.success ? 'plain' : 'refused']++
    }
    expect(count.plain).toBeGreaterThan(50)
    expect(count.refused).toBeGreaterThan(500)
  })
})
