// Verification summaries that say two things, or not what is asked, and evidence that points elsewhere.

import { digestOf, RELEASE_FILES, signedBundle, statement, subjectsOf, trust } from '../release.ts'
import { accepted, type Case, refused } from './case.ts'
import {
  against,
  alike,
  APP,
  asking,
  OTHER_VERIFIER,
  POLICY,
  README,
  RESOURCE,
  summary,
  TRUST,
  unlike,
} from './summary-case.ts'

export const SUMMARIES: readonly Case[] = [
  alike(
    '',
    'A verification summary, by the seven steps: of the verifier whom its signer speaks for, about the resource and the level that are asked for.',
    asking(),
  ),
  alike('-higher-level', 'Level 3 implies level 2.', asking(), {
    verifiedLevels: ['SLSA_BUILD_LEVEL_3', 'SLSA_SOURCE_LEVEL_4'],
  }),
  alike(
    '-properties',
    'Properties of SLSA and words of the verifier stand for themselves, beside the levels.',
    asking({
      levels: ['SLSA_BUILD_REPRODUCED', 'SLSA_SOURCE_TWO_PARTY_REVIEWED', 'urn:example:reviewed'],
    }),
    {
      verifiedLevels: [
        'SLSA_BUILD_LEVEL_UNEVALUATED',
        'SLSA_BUILD_REPRODUCED',
        'SLSA_SOURCE_TWO_PARTY_REVIEWED',
        'urn:example:reviewed',
      ],
    },
  ),
  alike(
    '-policy-and-age',
    'The policy and the age are what is asked for as well.',
    asking({
      more: ['--policy-uri', POLICY, '--policy-digest', `sha256:${digestOf('policy')}`].concat([
        '--verified-within',
        '12h',
      ]),
    }),
  ),
  accepted('summary-of-the-set', {
    says: 'The one subject is the set, as assay gate --vsa writes it: its manifest stands for every artifact of it.',
    trust: TRUST,
    options: asking(),
    bundle: summary({}, { subject: subjectsOf(RELEASE_FILES).slice(0, 1) }),
  }),
  unlike('unasked', 'Nothing is said of what the summary has to say.', 'summary-unasked', {
    outcome: 'missing',
    options: ['--type', 'vsa'],
  }),
  unlike(
    'failed-unasked',
    'A failed verification stands beside the release, and nobody asks for it.',
    'summary-unasked',
    {
      outcome: 'missing',
      options: [],
      changes: { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] },
    },
  ),
  unlike(
    'verifier-of-another-signer',
    'The summary names the verifier that is asked for, and is signed by a key of another one.',
    'verifier-signer',
    {
      changes: { verifier: { id: OTHER_VERIFIER } },
      options: asking({ verifier: OTHER_VERIFIER }),
    },
  ),
  unlike(
    'verifier-unknown',
    'The trust document says of no verifier who signs for it.',
    'verifier-signer',
    { trust: trust() },
  ),
  unlike('other-verifier', 'Another verifier is asked for.', 'verifier-id', {
    options: asking({ verifier: OTHER_VERIFIER }),
  }),
  unlike(
    'other-resource',
    'The same artifact as another resource: what was verified is fit for that one.',
    'resource-uri',
    { options: asking({ resource: `${RESOURCE}.sig` }) },
  ),
  refused('summary-failed', {
    says: 'The verification failed, so that no level was reached either.',
    attacks: ['A-66'],
    codes: ['verify/verification-result', 'verify/verified-level'],
    twin: 'summary',
    trust: TRUST,
    options: asking(),
    bundle: summary({ verificationResult: 'FAILED', verifiedLevels: ['FAILED'] }),
  }),
  unlike('lower-level', 'A lower level than is asked for.', 'verified-level', {
    changes: { verifiedLevels: ['SLSA_BUILD_LEVEL_1'] },
  }),
  unlike(
    'unevaluated',
    'The build track was not evaluated: that is not even level 0.',
    'verified-level',
    {
      changes: { verifiedLevels: ['SLSA_BUILD_LEVEL_UNEVALUATED'] },
      options: asking({ levels: ['SLSA_BUILD_LEVEL_0'] }),
    },
  ),
  unlike('other-track', 'The level is of another track.', 'verified-level', {
    changes: { verifiedLevels: ['SLSA_SOURCE_LEVEL_3'] },
  }),
  unlike('no-level', 'It passed, and says nothing of any level.', 'verified-level', {
    changes: { verifiedLevels: [] },
  }),
  unlike('other-policy', 'Another policy was verified against.', 'summary-policy', {
    twin: 'summary-policy-and-age',
    options: asking({ more: ['--policy-uri', `${POLICY}/2`] }),
  }),
  unlike('policy-changed', 'Another version of the policy.', 'summary-policy', {
    twin: 'summary-policy-and-age',
    options: asking({ more: ['--policy-digest', `sha256:${digestOf('another policy')}`] }),
  }),
  unlike('policy-without-digest', 'Nobody knows which version it was.', 'summary-policy', {
    twin: 'summary-policy-and-age',
    changes: { policy: { uri: POLICY } },
    options: asking({ more: ['--policy-digest', `sha256:${digestOf('policy')}`] }),
  }),
  unlike('stale', 'It was verified longer ago than is asked for.', 'summary-stale', {
    outcome: 'stale',
    twin: 'summary-policy-and-age',
    changes: { timeVerified: '2026-04-01T12:00:00Z' },
    options: asking({ more: ['--verified-within', '7d'] }),
  }),
  unlike('undated', 'It does not say when was verified.', 'summary-undated', {
    outcome: 'missing',
    twin: 'summary-policy-and-age',
    changes: { timeVerified: null },
    options: asking({ more: ['--verified-within', '7d'] }),
  }),
  unlike('from-the-future', 'It says that it will be verified.', 'summary-time', {
    twin: 'summary-policy-and-age',
    changes: { timeVerified: '2027-04-01T12:00:00Z' },
    options: asking({ more: ['--verified-within', '7d'] }),
  }),
  refused('summary-missing', {
    says: 'A summary is asked for, and only provenance is there.',
    attacks: ['A-66'],
    outcome: 'missing',
    codes: ['verify/no-bundle', 'verify/predicate-type', 'verify/summary-missing'],
    twin: 'summary',
    trust: TRUST,
    options: asking(),
  }),
  refused('summary-digests-of-two', {
    says: 'The two digests of the artifact are those of different subjects of the summary.',
    attacks: ['A-59'],
    codes: ['verify/subject-contradiction'],
    twin: 'summary-digests-of-one',
    trust: TRUST,
    options: asking(),
    about: ['--artifact', '../release/set/app.js'],
    bundle: summary(
      {},
      {
        subject: [
          { digest: { sha256: digestOf(APP), sha512: digestOf(README, 'sha512') } },
          { digest: { sha256: digestOf(README), sha512: digestOf(APP, 'sha512') } },
        ],
      },
    ),
  }),
  accepted('summary-digests-of-one', {
    says: 'The two digests of the artifact are those of one subject of the summary.',
    attacks: ['A-59'],
    trust: TRUST,
    options: asking(),
    about: ['--artifact', '../release/set/app.js'],
    bundle: summary(
      {},
      { subject: [{ digest: { sha256: digestOf(APP), sha512: digestOf(APP, 'sha512') } }] },
    ),
  }),
  against(
    'failed-with-a-level',
    'The result is "FAILED", and a level stands beside it.',
    ['A-66', 'contradiction'],
    { verificationResult: 'FAILED' },
  ),
  against(
    'passed-as-failed',
    'The level is "FAILED", and the result is not.',
    ['A-66', 'contradiction'],
    {
      verifiedLevels: ['FAILED'],
    },
  ),
  against('two-levels', 'Two levels of one track.', ['A-66', 'contradiction'], {
    verifiedLevels: ['SLSA_BUILD_LEVEL_1', 'SLSA_BUILD_LEVEL_3'],
  }),
  against(
    'unevaluated-with-a-level',
    'The track was not evaluated, and has a level.',
    ['A-66', 'contradiction'],
    { verifiedLevels: ['SLSA_BUILD_LEVEL_UNEVALUATED', 'SLSA_BUILD_LEVEL_3'] },
  ),
  against(
    'level-unknown',
    'A word that SLSA does not have, and that begins as its words do.',
    ['A-66', 'member'],
    { verifiedLevels: ['SLSA_BUILD_LEVEL_9'] },
  ),
  against(
    'input-without-digest',
    'What the summary was made from is named by an address alone, where anything may lie.',
    ['A-69', 'member'],
    { inputAttestations: [{ uri: 'https://evidence.example/latest' }] },
  ),
  accepted('addresses', {
    says: 'The evidence is full of addresses, one of them of a machine inside. None is asked: the verdict needs no network.',
    attacks: ['A-69', 'A-113'],
    bundle: signedBundle(
      statement({
        subject: subjectsOf(RELEASE_FILES).map((subject) => ({
          ...subject,
          uri: 'http://169.254.169.254/latest',
          downloadLocation: 'http://127.0.0.1:9/app.js',
        })),
        predicateType: 'https://predicates.example/reference/v1',
        predicate: {
          jku: 'http://127.0.0.1:9/keys.json',
          x5u: 'http://127.0.0.1:9/chain.pem',
          references: [{ downloadLocation: 'http://127.0.0.1:9/sbom.json' }],
        },
      }),
    ),
  }),
]
