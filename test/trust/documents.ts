// Trust documents for the tests: a small one to change, and one with every member.

import { encodeUtf8 } from '../../src/core/index.ts'
import { parseTrust } from '../../src/trust/index.ts'
import { ED25519_JWK, P256_JWK } from './keys.ts'

/** Parses a text, or a document as a value. */
export function parse(document: unknown): ReturnType<typeof parseTrust> {
  return parseTrust(encodeUtf8(typeof document === 'string' ? document : JSON.stringify(document)))
}

export const KEY = { name: 'a', publicKey: ED25519_JWK, roles: ['release'] }
export const ROLE = { name: 'approver', threshold: 2 }
export const trust = ({
  keys = [KEY],
  roles = [ROLE],
}: {
  keys?: unknown[]
  roles?: unknown[]
} = {}) => ({
  schema: 'assay/trust/v1',
  keys,
  roles,
})
export const withKey = (member: object) => trust({ keys: [{ ...KEY, ...member }] })
export const withRole = (member: object) => trust({ roles: [{ ...ROLE, ...member }] })

export const WHOLE = trust({
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
    },
    { name: 'alice', publicKey: ED25519_JWK, roles: ['approver'], kind: 'person' },
  ],
  roles: [
    {
      name: 'approver',
      predicateTypes: ['https://slsa.dev/provenance/v1', 'https://cyclonedx.org/bom'],
      targets: ['render_staging_rollout'],
      threshold: 2,
      distinctFrom: ['release'],
    },
  ],
})
