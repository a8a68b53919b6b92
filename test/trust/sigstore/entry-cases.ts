// Trust documents with roots, identities and registry keys, and what is refused in them.

import { KEY, trust } from '../documents.ts'
import { newKey, P256_JWK } from '../keys.ts'
import { PUBLIC, rootWith, withLogKey } from './roots.ts'

const IDENTITY = {
  name: 'release-workflow',
  issuer: 'https://token.actions.githubusercontent.com',
  san: 'https://github.com/o/r/.github/workflows/release.yml@refs/tags/v*',
  glob: 'ref',
  claims: { sourceRepositoryIdentifier: '123', buildTrigger: 'push' },
  roles: ['release', 'approver'],
  principal: 'ci',
  kind: 'automation',
  ci: true,
}
export const ROOT = { name: 'public', mark: 'live', trustedRoot: PUBLIC }
export const OTHER = { name: 'other', mark: 'rehearsal', trustedRoot: rootWith({ ctlogs: [] }) }
export const REGISTRY_KEY = {
  name: 'npm',
  keyId: 'SHA256:x/y+z',
  publicKey: P256_JWK,
  validFor: { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' },
}
const ROLES = [{ name: 'approver', threshold: 1 }]
export const document = (members: object) => ({ ...trust({ keys: [], roles: ROLES }), ...members })
export const identity = (...all: readonly object[]) =>
  document({ identities: all.map((members) => ({ ...IDENTITY, ...members })) })
const san = (san: string, members: object = {}) => identity({ san, glob: undefined, ...members })
const glob = (ref: string) => identity({ san: `https://github.com/o/r/w.yml@${ref}` })
const roots = (...all: readonly object[]) => document({ roots: all })
export const registryKey = (...all: readonly object[]) =>
  document({ registryKeys: all.map((members) => ({ ...REGISTRY_KEY, ...members })) })

/** What is wrong, the code with its place, the document that is refused for it, and the nearest one that is accepted. */
export const CASES: readonly (readonly [string, string, unknown, unknown])[] = [
  ['a member of its own', 'trust/document /identities/0', identity({ sans: [] }), identity({})],
  [
    'no issuer',
    'trust/document /identities/0/issuer',
    identity({ issuer: undefined }),
    identity({}),
  ],
  ['no role', 'trust/document /identities/0/roles', identity({ roles: [] }), identity({})],
  ['a role that is not there', 'trust/role-unknown', identity({ roles: ['x'] }), identity({})],
  [
    'a pattern of another kind',
    'trust/document /identities/0/glob',
    identity({ glob: '*' }),
    identity({}),
  ],
  [
    'a declaration that it is none',
    'trust/document /identities/0/ci',
    identity({ ci: false }),
    identity({ ci: undefined }),
  ],
  [
    'a claim that no certificate has',
    'trust/document /identities/0/claims',
    identity({ claims: { repository: 'o/r' } }),
    identity({ claims: { githubWorkflowRepository: 'o/r' } }),
  ],
  [
    'an empty claim',
    'trust/document /identities/0/claims/buildTrigger',
    identity({ claims: { buildTrigger: '' } }),
    identity({ claims: { buildTrigger: 'Ж' } }),
  ],
  [
    'a claim that can not be seen',
    'trust/document /identities/0/claims/buildTrigger',
    identity({ claims: { buildTrigger: 'push\u202e' } }),
    identity({ claims: {} }),
  ],
  [
    'a name with a blank',
    'trust/document /identities/0/san',
    san('https://a.example/b c'),
    san('https://a.example/b%20c'),
  ],
  [
    'a name that is not ASCII',
    'trust/document /identities/0/san',
    san('https://github.com/о/r'),
    san('https://github.com/o/r'),
  ],
  [
    'a name of more than 4 KiB',
    'trust/document /identities/0/san',
    san(`https://${'a'.repeat(4089)}`),
    san(`https://${'a'.repeat(4088)}`),
  ],
  [
    'a name of no kind',
    'trust/identity-san /identities/0/san',
    san('alice'),
    san('alice@a.example'),
  ],
  ['two at signs', 'trust/identity-san /identities/0/san', san('a@b@c'), san('a!c')],
  [
    'a pattern that is not declared',
    'trust/identity-san /identities/0/san',
    san(IDENTITY.san),
    san(IDENTITY.san.replace('*', '1')),
  ],
  [
    'a pattern outside the ref',
    'trust/identity-san /identities/0/san',
    identity({ san: 'https://github.com/o/*@refs/tags/v1' }),
    identity({}),
  ],
  [
    'a pattern in an e-mail address',
    'trust/identity-san /identities/0/san',
    identity({ san: 'alice@*' }),
    identity({}),
  ],
  [
    'a pattern without a ref',
    'trust/identity-san /identities/0/san',
    identity({ san: 'https://github.com/*' }),
    identity({}),
  ],
  [
    'a pattern without a star',
    'trust/identity-san /identities/0/san',
    glob('refs/tags/v1'),
    glob('refs/tags/v*'),
  ],
  [
    'a star for the whole ref',
    'trust/identity-san /identities/0/san',
    glob('*'),
    glob('refs/tags/*'),
  ],
  [
    'a star for the kind of ref',
    'trust/identity-san /identities/0/san',
    glob('refs/*'),
    glob('refs/heads/*'),
  ],
  [
    'two stars in a row',
    'trust/identity-san /identities/0/san',
    glob('refs/tags/**'),
    glob('refs/tags/*.*'),
  ],
  [
    'four stars',
    'trust/identity-san /identities/0/san',
    glob('refs/tags/*.*.*.*'),
    glob('refs/tags/*.*.*'),
  ],
  [
    'an issuer without TLS',
    'trust/identity-issuer /identities/0/issuer',
    identity({ issuer: 'http://a.example' }),
    identity({ issuer: 'http://127.0.0.1:8080' }),
  ],
  [
    'an issuer that looks local',
    'trust/identity-issuer /identities/0/issuer',
    identity({ issuer: 'http://localhost.a.example' }),
    identity({ issuer: 'http://localhost' }),
  ],
  [
    'an issuer with a user',
    'trust/identity-issuer /identities/0/issuer',
    identity({ issuer: 'https://a@b.example' }),
    identity({ issuer: 'https://b.example/a@b' }),
  ],
  [
    'an issuer with a query',
    'trust/identity-issuer /identities/0/issuer',
    identity({ issuer: 'https://a.example?b' }),
    identity({ issuer: 'https://a.example/b' }),
  ],
  [
    'an issuer that is no address',
    'trust/identity-issuer /identities/0/issuer',
    identity({ issuer: 'github' }),
    identity({ issuer: 'https://github.com/login/oauth' }),
  ],
  [
    'one identity under two names',
    'trust/identity-duplicate',
    identity({}, { name: 'b', roles: ['approver'] }),
    identity({}, { name: 'b', claims: {} }),
  ],
  [
    'one name for two identities',
    'trust/name-duplicate',
    identity({ principal: 'a' }, { name: 'Release-workflow', claims: {}, principal: 'b' }),
    identity({}, { name: 'b', claims: {} }),
  ],
  [
    'one name for a key and a root',
    'trust/name-duplicate',
    { ...roots({ ...ROOT, name: 'a' }), keys: [KEY] },
    { ...roots(ROOT), keys: [KEY] },
  ],
  [
    'a principal like the name of a key',
    'trust/name-duplicate',
    { ...identity({ principal: 'A' }), keys: [KEY] },
    { ...identity({ principal: 'a' }), keys: [KEY] },
  ],
  [
    'a key that needs what there is not',
    'trust/document /keys/0/requires/0',
    document({ keys: [{ ...KEY, requires: ['luck'] }] }),
    document({ keys: [{ ...KEY, requires: ['log', 'timestamp'] }] }),
  ],
  [
    'a key that needs a log twice',
    'trust/name-duplicate',
    document({ keys: [{ ...KEY, requires: ['log', 'log'] }] }),
    document({ keys: [{ ...KEY, requires: ['log'] }] }),
  ],
  [
    'a mark that there is not',
    'trust/document /roots/0/mark',
    roots({ ...ROOT, mark: 'test' }),
    roots({ ...ROOT, mark: 'rehearsal' }),
  ],
  [
    'a root that is none',
    'trust/root-format /roots/0/mediaType',
    roots({ ...ROOT, trustedRoot: {} }),
    roots(ROOT),
  ],
  [
    'a root that is damaged',
    'trust/root-validity /roots/1/tlogs/0/publicKey/validFor',
    roots(ROOT, { ...OTHER, trustedRoot: withLogKey({ validFor: {} }) }),
    roots(ROOT, OTHER),
  ],
  [
    'a root that is no object',
    'trust/document /roots/0/trustedRoot',
    roots({ ...ROOT, trustedRoot: [] }),
    roots(ROOT),
  ],
  [
    'one root under two names',
    'trust/root-duplicate',
    roots(ROOT, { ...ROOT, name: 'b' }),
    roots(ROOT, OTHER),
  ],
  [
    'a registry key without a start',
    'trust/document /registryKeys/0/validFor/start',
    registryKey({ validFor: {} }),
    registryKey({}),
  ],
  [
    'a registry key that ends before it starts',
    'trust/validity /registryKeys/0/validFor',
    registryKey({ validFor: { start: '2026-01-01T00:00:00Z', end: '2025-01-01T00:00:00Z' } }),
    registryKey({}),
  ],
  [
    'a registry key on a day that is none',
    'core/timestamp /registryKeys/0',
    registryKey({ validFor: { start: '2026-02-30T00:00:00Z', end: '2026-13-01T00:00:00Z' } }),
    registryKey({}),
  ],
  [
    'a registry key that is none',
    'trust/key-invalid /registryKeys/0/publicKey',
    registryKey({ publicKey: { ...P256_JWK, x: 'AA' } }),
    registryKey({}),
  ],
  [
    'one registry key under two names',
    'trust/key-duplicate',
    registryKey({}, { name: 'b', keyId: 'b' }),
    registryKey({}, { name: 'b', keyId: 'b', publicKey: newKey().jwk }),
  ],
]
