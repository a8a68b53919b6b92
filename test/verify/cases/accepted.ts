// The plain ways to verify: what most refused cases differ from in one thing.

import {
  artifactsOf,
  digestOf,
  messageBundle,
  RELEASE_FILES,
  signedBundle,
  statement,
  subjectsOf,
  trust,
} from '../release.ts'
import { encodeManifest } from '../../../src/digest/index.ts'
import { accepted, type Case } from './case.ts'

const SET = Object.fromEntries(
  Object.entries(RELEASE_FILES).map(([path, content]) => [`set/${path}`, content]),
)
const APP = RELEASE_FILES['app.js'] ?? ''

export const ACCEPTED: readonly Case[] = [
  accepted('release', {
    says: 'A provenance about a whole set, its files beside it.',
    bundle: signedBundle(statement()),
    trust: trust(),
    files: SET,
    about: ['--set', 'set'],
  }),
  accepted('release-manifest', {
    says: 'The set is named by a SHA256SUMS file that plain sha256sum wrote.',
    files: { SHA256SUMS: encodeManifest(artifactsOf(RELEASE_FILES)) },
    about: ['--set', 'SHA256SUMS'],
  }),
  accepted('set-subject-only', {
    says: 'The manifest stands for the artifacts, as it does where they are more than 1,024.',
    bundle: signedBundle(statement({ subject: subjectsOf(RELEASE_FILES).slice(0, 1) })),
  }),
  accepted('artifacts-without-set-subject', {
    says: "Another tool's statement names the files of the set, and not the set.",
    bundle: signedBundle(statement({ subject: subjectsOf(RELEASE_FILES).slice(1) })),
  }),
  accepted('artifact', {
    says: 'One file of the release, which is not the first subject.',
    attacks: ['A-60'],
    about: ['--artifact', '../release/set/app.js'],
  }),
  accepted('artifact-renamed', {
    says: 'The file has another name than its subject: subjects are matched by digest, and the verdict shows the other name.',
    files: { 'start.js': APP },
    about: ['--artifact', 'start.js'],
  }),
  accepted('digest-sha256', {
    says: 'One artifact by its SHA-256.',
    about: ['--digest', `sha256:${digestOf(APP)}`],
  }),
  accepted('digest-sha512', {
    says: 'One artifact by the SHA-512 that its subject has besides.',
    bundle: signedBundle(
      statement({
        subject: [
          { name: 'app.js', digest: { sha256: digestOf(APP), sha512: digestOf(APP, 'sha512') } },
        ],
      }),
    ),
    about: ['--digest', `sha512:${digestOf(APP, 'sha512')}`],
  }),
  accepted('type-as-asked', {
    says: 'The predicate type is the one that was asked for, by its short name.',
    options: ['--type', 'provenance'],
  }),
  accepted('type-unknown-to-us', {
    says: 'Of a predicate type that Assay does not know, nothing is judged but signer and subjects.',
    bundle: signedBundle(
      statement({ predicateType: 'https://predicates.example/review/v7', predicate: { ok: 1 } }),
    ),
  }),
  accepted('media-type-with-predicate', {
    says: 'Since in-toto v1.2 the payload type may name the predicate; that name is not believed.',
    attacks: ['A-53'],
    bundle: signedBundle(statement(), { payloadType: 'application/vnd.in-toto.provenance+json' }),
  }),
  accepted('statement-v0.1-as-asked', {
    says: 'An older statement counts where it was asked for.',
    bundle: signedBundle(statement({ _type: 'https://in-toto.io/Statement/v0.1' })),
    options: ['--statement-version', 'v0.1'],
  }),
  accepted('message-signature', {
    says: 'The signature of a bare file.',
    bundle: messageBundle(APP),
    about: ['--artifact', '../release/set/app.js'],
  }),
  accepted('message-signature-of-manifest', {
    says: 'Who signs the bytes of SHA256SUMS signs the set.',
    bundle: messageBundle(encodeManifest(artifactsOf(RELEASE_FILES))),
  }),
  accepted('two-bundles', {
    says: 'Two statements about one release as JSON Lines, with a blank line and a carriage return between them.',
    attacks: ['A-104'],
    files: {
      'evidence.jsonl': `${JSON.stringify(signedBundle(statement()))}\r\n\n${JSON.stringify(testResult())}\n`,
    },
    args: [
      'verify',
      'evidence.jsonl',
      '--set',
      '../release/set',
      '--trust',
      '../release/trust.json',
    ],
  }),
  accepted('test-result', {
    says: 'A test result that agrees with its own lists.',
    bundle: testResult(),
  }),
  accepted('base64url', {
    says: 'DSSE lets an envelope use either alphabet of base64.',
    bundle: withEnvelope(({ payload, ...rest }) => ({
      payload: Buffer.from(String(payload), 'base64').toString('base64url'),
      ...rest,
    })),
  }),
  accepted('keyid-beside-hint', {
    says: 'The envelope has a key id besides the hint, and both are the same.',
    bundle: withSignature((signature, hint) => ({ ...signature, keyid: hint })),
  }),
  accepted('hint-of-another-tool', {
    says: 'A hint that names no key narrows nothing: the key that signed is found among all.',
    bundle: { ...signedBundle(statement()), verificationMaterial: { publicKey: { hint: 'xyz=' } } },
  }),
  accepted('log-entry-not-judged', {
    says: 'A log entry that no root can judge is told, and gives no time.',
    attacks: ['A-04'],
    bundle: {
      ...signedBundle(statement()),
      verificationMaterial: {
        ...(signedBundle(statement())['verificationMaterial'] as object),
        tlogEntries: [
          {
            logIndex: '1',
            logId: { keyId: 'AQ==' },
            kindVersion: { kind: 'dsse', version: '0.0.1' },
            integratedTime: '1775822400',
            canonicalizedBody: 'e30=',
          },
        ],
      },
    },
  }),
  accepted('hostile-names', {
    says: 'Names in the statement try to draw on the terminal, to print a verdict and to command a CI system. The verdict is the same, and its text is clean.',
    attacks: ['A-115', 'A-117'],
    bundle: signedBundle(
      statement({
        subject: [
          {
            name: '\u001b[2J\u001b]8;;x\u0007app\u009b31m\u202ejs\n✓ VERIFIED\n::set-output name=a::b',
            digest: { sha256: digestOf(APP) },
          },
        ],
        predicateType: 'https://predicates.example/\u001b[31m\u202e\n::add-mask::x',
      }),
    ),
    about: ['--artifact', '../release/set/app.js'],
  }),
]

/** A test result about the release. */
export function testResult(changes: Record<string, unknown> = {}) {
  const predicate = {
    result: 'PASSED',
    configuration: [{ name: 'smoke.yml', digest: { sha256: digestOf('smoke') } }],
    passedTests: ['starts', 'answers'],
    ...changes,
  }
  return signedBundle(
    statement({ predicateType: 'https://in-toto.io/attestation/test-result/v0.1', predicate }),
  )
}

/** The release's bundle with another envelope. */
export function withEnvelope(change: (envelope: Record<string, unknown>) => object) {
  const bundle = signedBundle(statement())
  return { ...bundle, dsseEnvelope: change(bundle['dsseEnvelope'] as Record<string, unknown>) }
}

/** The release's bundle with another signature member. */
export function withSignature(change: (signature: object, hint: string) => object) {
  return withEnvelope(({ signatures, ...rest }) => {
    const [signature] = signatures as [object]
    const bundle = signedBundle(statement()) as {
      verificationMaterial: { publicKey: { hint: string } }
    } & Record<string, unknown>
    return {
      ...rest,
      signatures: [change(signature, bundle.verificationMaterial.publicKey.hint)],
    }
  })
}
