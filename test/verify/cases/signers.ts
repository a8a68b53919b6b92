// Signatures and signers: what was changed after signing, keys that are not trusted or not any more, roles.

import { readFileSync } from 'node:fs'
import { testKey } from '../keys.ts'
import { messageBundle, signedBundle, statement, trust, trustedKey } from '../release.ts'
import { testResult, withEnvelope } from './accepted.ts'
import { accepted, type Case, refused } from './case.ts'

const MONTHS = { notBefore: '2026-03-01T00:00:00Z', notAfter: '2026-04-30T00:00:00Z' }
const withWindow = trust([trustedKey('release', MONTHS)])
const retired = trust([
  trustedKey('release', { revoked: { at: '2026-04-01T00:00:00Z', reason: 'retired' } }),
])
const compromised = trust([
  trustedKey('release', { revoked: { at: '2026-04-01T00:00:00Z', reason: 'compromised' } }),
])

const SIGNATURES: readonly Case[] = [
  refused('payload-changed', {
    says: 'One letter of the payload was changed after it was signed.',
    codes: ['verify/signature-invalid'],
    twin: 'release',
    bundle: withEnvelope(({ payload, ...rest }) => ({
      ...rest,
      payload: Buffer.from(
        Buffer.from(String(payload), 'base64').toString().replace('v1.2.0', 'v1.2.1'),
      ).toString('base64'),
    })),
  }),
  refused('signed-by-another-key', {
    says: 'The bundle hints at the trusted key, and another one signed.',
    codes: ['verify/signature-invalid'],
    twin: 'release',
    bundle: {
      ...signedBundle(statement(), { key: testKey('stranger') }),
      verificationMaterial: { publicKey: { hint: testKey('release').publicKey.keyId } },
    },
  }),
  refused('key-unknown', {
    says: 'A key signed that the trust document does not have.',
    attacks: ['A-11'],
    codes: ['verify/key-unknown'],
    twin: 'release',
    bundle: signedBundle(statement(), { key: testKey('stranger') }),
  }),
  refused('trust-empty', {
    says: 'The trust document has no key at all.',
    codes: ['verify/key-unknown'],
    twin: 'release',
    trust: trust([]),
  }),
  refused('certificate-without-root', {
    says: 'The bundle was signed with a certificate, and nothing here could vouch for one.',
    attacks: ['A-12'],
    codes: ['verify/certificate-untrusted'],
    twin: 'release',
    bundle: {
      ...signedBundle(statement()),
      verificationMaterial: { certificate: { rawBytes: 'MIIB' } },
    },
  }),
  refused('message-of-another-file', {
    says: 'The signature of a bare file is shown with another file.',
    attacks: ['A-50'],
    codes: ['verify/signature-invalid'],
    twin: 'message-signature',
    bundle: messageBundle('console.log(3)\n'),
    about: ['--artifact', '../release/set/app.js'],
  }),
  refused('message-with-digest-only', {
    says: 'The digest in the bundle is a hint: without the bytes nothing can be checked.',
    outcome: 'missing',
    codes: ['verify/bytes-missing'],
    twin: 'message-signature',
    bundle: messageBundle('x'),
    about: [
      '--digest',
      `sha256:${'2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'}`,
    ],
  }),
  refused('message-where-statement-expected', {
    says: 'A predicate type is asked for, and bare bytes were signed.',
    outcome: 'missing',
    codes: ['verify/statement-expected'],
    twin: 'message-signature-of-manifest',
    args: [
      'verify',
      '../message-signature-of-manifest/bundle.sigstore.json',
      '--set',
      '../release/set',
      '--trust',
      '../release/trust.json',
      '--type',
      'provenance',
    ],
  }),
]

const VALIDITY: readonly Case[] = [
  accepted('key-in-its-window', {
    says: 'The key has a window, and the time that is judged lies in it.',
    trust: withWindow,
  }),
  accepted('key-at-its-last-instant', {
    says: 'Both ends of a window belong to it.',
    attacks: ['A-27'],
    trust: withWindow,
    options: ['--at', '2026-04-30T00:00:00Z'],
  }),
  refused('key-expired', {
    says: 'One second later the window is over; that holds without any timestamp.',
    attacks: ['A-22'],
    codes: ['verify/key-expired'],
    twin: 'key-at-its-last-instant',
    trust: withWindow,
    options: ['--at', '2026-04-30T00:00:01Z'],
  }),
  refused('key-not-yet-valid', {
    says: 'The window has not begun.',
    attacks: ['A-22'],
    codes: ['verify/key-not-yet-valid'],
    twin: 'key-in-its-window',
    trust: withWindow,
    options: ['--at', '2026-02-28T23:59:59Z'],
  }),
  accepted('key-before-it-retired', {
    says: 'The key was retired later than the time that is judged.',
    trust: retired,
    options: ['--at', '2026-03-31T00:00:00Z'],
  }),
  refused('key-retired', {
    says: 'The key was retired before the time that is judged.',
    attacks: ['A-22', 'A-32'],
    codes: ['verify/key-retired'],
    twin: 'key-before-it-retired',
    trust: retired,
  }),
  refused('key-compromised', {
    says: 'The holder of a compromised key can backdate: without independent time no time that is asked for helps.',
    attacks: ['A-22', 'A-32'],
    codes: ['verify/key-compromised'],
    twin: 'key-before-it-retired',
    trust: compromised,
    options: ['--at', '2026-03-31T00:00:00Z'],
  }),
]

const CI_AND_OTHERS = trust([trustedKey('release'), trustedKey('other')])

const NAMES: readonly Case[] = [
  accepted('signer-as-asked', {
    says: 'The signer that was asked for signed.',
    trust: CI_AND_OTHERS,
    options: ['--signer', 'release'],
  }),
  refused('signer-unexpected', {
    says: 'A trusted key signed, and not the one that was asked for.',
    codes: ['verify/signer-unexpected'],
    twin: 'signer-as-asked',
    trust: CI_AND_OTHERS,
    options: ['--signer', 'other'],
  }),
  refused('signer-lookalike', {
    says: 'The name that was asked for has a Cyrillic letter in it.',
    attacks: ['A-101'],
    outcome: 'error',
    codes: ['verify/signer-unknown'],
    twin: 'signer-as-asked',
    trust: CI_AND_OTHERS,
    options: ['--signer', 'r\u0435lease'],
  }),
  refused('signer-inherited-name', {
    says: 'The name that was asked for is one that JavaScript objects inherit.',
    attacks: ['A-92'],
    outcome: 'error',
    codes: ['verify/signer-unknown'],
    twin: 'signer-as-asked',
    trust: CI_AND_OTHERS,
    options: ['--signer', 'constructor'],
  }),
]

const TESTER = {
  name: 'tester',
  predicateTypes: ['https://in-toto.io/attestation/test-result/v0.1'],
  threshold: 1,
}
const ROLLOUT = { name: 'rollout', targets: ['render_staging_rollout'], threshold: 1 }
const TWO = { name: 'approver', threshold: 2 }
const DISTINCT = { name: 'approver', threshold: 1, distinctFrom: ['release'] }

const approvedBy = (...names: readonly string[]) =>
  `${names.map((name) => JSON.stringify(signedBundle(statement(), { key: testKey(name) }))).join('\n')}\n`
const lines = ['verify', 'evidence.jsonl', '--set', '../release/set', '--trust', 'trust.json']

const ROLES: readonly Case[] = [
  accepted('role-for-this-type', {
    says: 'The role of the signer may sign this predicate type.',
    trust: trust([trustedKey('release', { roles: ['tester'] })], [TESTER]),
    bundle: testResult(),
  }),
  refused('role-for-another-type', {
    says: 'A tester signs a provenance.',
    attacks: ['A-53'],
    codes: ['verify/role-missing'],
    twin: 'role-for-this-type',
    trust: trust([trustedKey('release', { roles: ['tester'] })], [TESTER]),
  }),
  accepted('role-for-this-target', {
    says: 'The role of the signer may sign for the target that the set id names.',
    trust: trust([trustedKey('release', { roles: ['rollout'] })], [ROLLOUT]),
  }),
  refused('role-for-another-target', {
    says: 'The role of the signer is for another target.',
    attacks: ['A-74'],
    codes: ['verify/role-missing'],
    twin: 'role-for-this-target',
    trust: trust(
      [trustedKey('release', { roles: ['rollout'] })],
      [{ ...ROLLOUT, targets: ['render_production_rollout'] }],
    ),
  }),
  refused('role-without-target', {
    says: 'The statement names no target, and the role is for one only.',
    codes: ['verify/role-missing'],
    twin: 'role-for-this-target',
    about: ['--artifact', '../release/set/app.js'],
    trust: trust([trustedKey('release', { roles: ['rollout'] })], [ROLLOUT]),
    bundle: signedBundle(statement({ subject: (statement()['subject'] as unknown[]).slice(1) })),
  }),
  accepted('role-met-by-two', {
    says: 'The role asks for two principals, and two have signed.',
    trust: trust(
      [trustedKey('ann', { roles: ['approver'] }), trustedKey('bob', { roles: ['approver'] })],
      [TWO],
    ),
    files: { 'evidence.jsonl': approvedBy('ann', 'bob') },
    args: lines,
  }),
  refused('role-signed-twice-by-one', {
    says: 'The same bundle twice is one signer.',
    attacks: ['A-26', 'A-84'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-met-by-two',
    trust: trust(
      [trustedKey('ann', { roles: ['approver'] }), trustedKey('bob', { roles: ['approver'] })],
      [TWO],
    ),
    files: { 'evidence.jsonl': approvedBy('ann', 'ann') },
    args: lines,
  }),
  refused('role-two-keys-of-one', {
    says: 'Two keys of one principal are one signer.',
    attacks: ['A-26'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-met-by-two',
    trust: trust(
      [
        trustedKey('ann', { roles: ['approver'], principal: 'ann@example.org' }),
        trustedKey('ann-at-home', { roles: ['approver'], principal: 'ann@example.org' }),
      ],
      [TWO],
    ),
    files: { 'evidence.jsonl': approvedBy('ann', 'ann-at-home') },
    args: lines,
  }),
  accepted('role-distinct', {
    says: 'Who approved is another than who released.',
    trust: trust([trustedKey('release'), trustedKey('ann', { roles: ['approver'] })], [DISTINCT]),
    files: { 'evidence.jsonl': approvedBy('release', 'ann') },
    args: lines,
  }),
  refused('role-not-distinct', {
    says: 'Who released approved too, with another key.',
    attacks: ['A-49'],
    outcome: 'missing',
    codes: ['verify/role-threshold'],
    twin: 'role-distinct',
    trust: trust(
      [
        trustedKey('release', { principal: 'ann@example.org' }),
        trustedKey('ann', { roles: ['approver'], principal: 'ann@example.org' }),
      ],
      [DISTINCT],
    ),
    files: { 'evidence.jsonl': approvedBy('release', 'ann') },
    args: lines,
  }),
  refused('role-distinct-from-nobody-seen', {
    says: 'Nothing shows who released, so nothing shows that somebody else approved.',
    attacks: ['A-47'],
    outcome: 'missing',
    codes: ['verify/role-distinct'],
    twin: 'role-distinct',
    trust: trust([trustedKey('release'), trustedKey('ann', { roles: ['approver'] })], [DISTINCT]),
    files: { 'evidence.jsonl': approvedBy('ann') },
    args: lines,
  }),
]

// The example key is trusted beside the one that signed: a document with it trusts everybody.
const EXAMPLE_KEY = {
  name: 'unsafe-example-approver',
  publicKey: readFileSync(
    new URL('../../../keys.example/unsafe-example-approver.pub.pem', import.meta.url),
    'utf8',
  ).replace(/^[^-].*\n/, ''),
  roles: ['release'],
}

const EXAMPLES: readonly Case[] = [
  accepted('key-example-allowed', {
    says: 'The trust document has an example key, which is allowed and said.',
    trust: trust([trustedKey('release'), EXAMPLE_KEY]),
    options: ['--unsafe-example-keys'],
  }),
  refused('key-example', {
    says: 'The trust document has an example key, whose private half everybody has.',
    codes: ['verify/key-example'],
    twin: 'key-example-allowed',
    trust: trust([trustedKey('release'), EXAMPLE_KEY]),
  }),
]

export const SIGNERS: readonly Case[] = [
  ...SIGNATURES,
  ...VALIDITY,
  ...NAMES,
  ...ROLES,
  ...EXAMPLES,
]
