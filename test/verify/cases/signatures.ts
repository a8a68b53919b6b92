// Signatures: what was changed after signing, by whom it was signed, and bare bytes.

import { encodePae, IN_TOTO_PAYLOAD_TYPE } from '../../../src/bundle/index.ts'
import { testKey } from '../keys.ts'
import { messageBundle, signedBundle, statement, trust } from '../release.ts'
import { withEnvelope } from './accepted.ts'
import { type Case, refused } from './case.ts'

/** The very bytes that the signature of the release is made over. */
const PAE = encodePae(IN_TOTO_PAYLOAD_TYPE, Buffer.from(JSON.stringify(statement())))

export const SIGNATURES: readonly Case[] = [
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
  refused('message-is-an-envelope', {
    says: 'The signature of an envelope is shown as one of a bare artifact, whose bytes are what the envelope signs.',
    codes: ['verify/artifact-is-envelope'],
    twin: 'message-signature',
    bundle: messageBundle(PAE),
    files: { 'artifact.bin': PAE },
    about: ['--artifact', 'artifact.bin'],
  }),
  refused('message-with-digest-only', {
    says: 'The digest in the bundle is a hint, and that of who asks may be of what an envelope signs.',
    outcome: 'missing',
    codes: ['verify/digest-alone'],
    twin: 'message-signature',
    bundle: messageBundle('x'),
    about: ['--digest', 'sha256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'],
  }),
  refused('message-where-statement-expected', {
    says: 'A predicate type is asked for, and bare bytes were signed.',
    outcome: 'missing',
    codes: ['verify/no-bundle', 'verify/statement-expected'],
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
