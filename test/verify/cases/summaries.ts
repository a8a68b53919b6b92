// Verification summaries that say two things, and evidence that points elsewhere.

import { digestOf, RELEASE_FILES, SET_ID, signedBundle, statement, subjectsOf } from '../release.ts'
import { accepted, type Case, refused } from './case.ts'

const TYPE = 'https://slsa.dev/verification_summary/v1'
const AS_SUMMARY = ['--type', 'vsa']

const summary = (changes: Record<string, unknown> = {}) =>
  signedBundle(
    statement({
      predicateType: TYPE,
      predicate: {
        verifier: { id: 'https://verifier.example/v1' },
        timeVerified: '2026-04-10T11:59:00Z',
        resourceUri: `urn:set:${SET_ID}`,
        policy: { uri: 'https://policy.example/release', digest: { sha256: digestOf('policy') } },
        inputAttestations: [{ digest: { sha256: digestOf('provenance') } }],
        verificationResult: 'PASSED',
        verifiedLevels: ['SLSA_BUILD_LEVEL_2'],
        ...changes,
      },
    }),
  )

const against = (
  name: string,
  says: string,
  attack: string,
  code: string,
  changes: Record<string, unknown>,
) =>
  refused(`summary-${name}`, {
    says,
    attacks: [attack],
    codes: ['verify/predicate-malformed', `statement/${code}`],
    twin: 'summary',
    options: AS_SUMMARY,
    bundle: summary(changes),
  })

export const SUMMARIES: readonly Case[] = [
  accepted('summary', {
    says: 'A verification summary. That it was signed and is about the release is all that is said here: what it found is for a policy.',
    options: AS_SUMMARY,
    bundle: summary(),
  }),
  against(
    'failed-with-a-level',
    'The result is "FAILED", and a level stands beside it.',
    'A-66',
    'contradiction',
    { verificationResult: 'FAILED' },
  ),
  against(
    'passed-as-failed',
    'The level is "FAILED", and the result is not.',
    'A-66',
    'contradiction',
    {
      verifiedLevels: ['FAILED'],
    },
  ),
  against('two-levels', 'Two levels of one track.', 'A-66', 'contradiction', {
    verifiedLevels: ['SLSA_BUILD_LEVEL_1', 'SLSA_BUILD_LEVEL_3'],
  }),
  against(
    'unevaluated-with-a-level',
    'The track was not evaluated, and has a level.',
    'A-66',
    'contradiction',
    {
      verifiedLevels: ['SLSA_BUILD_LEVEL_UNEVALUATED', 'SLSA_BUILD_LEVEL_3'],
    },
  ),
  against(
    'level-unknown',
    'A word that SLSA does not have, and that begins as its words do.',
    'A-66',
    'member',
    {
      verifiedLevels: ['SLSA_BUILD_LEVEL_9'],
    },
  ),
  against(
    'input-without-digest',
    'What the summary was made from is named by an address alone, where anything may lie.',
    'A-69',
    'member',
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
