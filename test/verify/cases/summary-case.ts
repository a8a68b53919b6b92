// What cases of verification summaries are made from: a trust document with two verifiers, a summary, and what is asked of it.

import {
  digestOf,
  type Json,
  RELEASE_FILES,
  signedBundle,
  statement,
  trust,
  trustedKey,
} from '../release.ts'
import { accepted, refused } from './case.ts'

const TYPE = 'https://slsa.dev/verification_summary/v1'
const VERIFIER = 'https://verifier.example/v1'
export const OTHER_VERIFIER = 'https://verifier.example/other'
export const RESOURCE = 'https://dl.example/app-1.2.0.tgz'
export const POLICY = 'https://policy.example/release'

/** Two verifiers, each with a signer of its own. */
export const TRUST = {
  ...trust([trustedKey('release'), trustedKey('other')]),
  verifiers: [
    { name: 'verifier', id: VERIFIER, signers: ['release'] },
    { name: 'other-verifier', id: OTHER_VERIFIER, signers: ['other'] },
  ],
}

export const APP = RELEASE_FILES['app.js'] ?? ''
export const README = RELEASE_FILES['README.txt'] ?? ''

export const asking = ({
  verifier = VERIFIER,
  resource = RESOURCE,
  levels = ['SLSA_BUILD_LEVEL_2'],
  more = [] as readonly string[],
} = {}): readonly string[] => [
  '--verifier-id',
  verifier,
  '--resource-uri',
  resource,
  ...levels.flatMap((level) => ['--verified-level', level]),
  ...more,
]

export const summary = (changes: Json = {}, around: Json = {}) =>
  signedBundle(
    statement({
      predicateType: TYPE,
      predicate: {
        verifier: { id: VERIFIER },
        timeVerified: '2026-04-10T11:59:00Z',
        resourceUri: RESOURCE,
        policy: { uri: POLICY, digest: { sha256: digestOf('policy') } },
        inputAttestations: [{ digest: { sha256: digestOf('provenance') } }],
        verificationResult: 'PASSED',
        verifiedLevels: ['SLSA_BUILD_LEVEL_2'],
        ...changes,
      },
      ...around,
    }),
  )

/** A summary that breaks the rules of its type. */
export const against = (
  name: string,
  says: string,
  [attack, code]: readonly [string, string],
  changes: Json,
) =>
  refused(`summary-${name}`, {
    says,
    attacks: [attack],
    codes: ['verify/predicate-malformed', `statement/${code}`],
    twin: 'summary',
    trust: TRUST,
    options: asking(),
    bundle: summary(changes),
  })

/** A summary that keeps them, and is not what is asked for. */
export const unlike = (
  name: string,
  says: string,
  code: string,
  {
    changes = {},
    twin = 'summary',
    ...parts
  }: {
    readonly changes?: Json
    readonly twin?: string
    readonly outcome?: 'missing' | 'stale'
    readonly options?: readonly string[]
    readonly trust?: Json
    readonly about?: readonly string[]
    readonly bundle?: Json
  },
) =>
  refused(`summary-${name}`, {
    says,
    attacks: ['A-66'],
    codes: [`verify/${code}`],
    twin,
    trust: TRUST,
    options: asking(),
    bundle: summary(changes),
    ...parts,
  })

export const alike = (name: string, says: string, options: readonly string[], changes: Json = {}) =>
  accepted(`summary${name}`, { says, trust: TRUST, options, bundle: summary(changes) })
