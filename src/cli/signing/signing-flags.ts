// Options of who signs and who witnesses it: a key, with witnesses or without, or an identity.

import { OPTIONAL_TEXT, SWITCH } from '../flags.ts'
import { SIGNER_FLAGS, type SignerFlags } from '../key/signer-input.ts'

/** The options, for the framework. */
export const SIGNING_FLAGS = {
  ...SIGNER_FLAGS,
  sigstore: {
    ...SWITCH,
    brief: 'Sign as the holder of an identity token, with a key that is thrown away',
  },
  signingConfig: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief: 'Services of --sigstore: a Sigstore signing config, version 0.2',
  },
  identityTokenFile: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief: 'Identity token; without it SIGSTORE_ID_TOKEN or GitHub Actions gives one',
  },
  trustedRoot: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief:
      'Trusted root of the same services, or "public-good" for the one that is built in: what they sign is verified with it',
  },
  timestamp: {
    ...OPTIONAL_TEXT,
    variadic: true,
    placeholder: 'URL',
    brief: 'Timestamp authority (RFC 3161) to witness a signature by --key; may be repeated',
  },
  rekor: {
    ...OPTIONAL_TEXT,
    variadic: true,
    placeholder: 'URL',
    brief: 'Transparency log to publish a signature by --key in; may be repeated',
  },
  publishPrivate: {
    ...SWITCH,
    brief: 'Publish the identity and the run also of a repository that is not public',
  },
} as const

/** What becomes public, and what was judged by then: for the description of the command. */
export const PUBLICATION: readonly string[] = [
  'With --sigstore and --rekor it is told what becomes public before anything is sent. A token of a',
  'repository that is not public is refused without --publish-private. A key names no repository, so',
  'that --rekor publishes for a private one as for any other.',
  '',
  'With --sigstore, nothing is logged before the certificate has verified under --trusted-root and is',
  'for whom the token names: its issuer, its subject where the certificate repeats it, and the name.',
  'The name is made of job_workflow_ref for GitHub, ci_config_ref_uri for GitLab, the two slugs for',
  'Buildkite, the address for people, else of the subject (itself, under its issuer, a service account',
  'of Kubernetes, a user name). Not compared are the host of a GitHub that is not github.com and the',
  'domain behind a user name. A name by a rule of another kind is compared only by the subject, which',
  'the certificate then has to repeat, and a line says so.',
]

/** What {@link SIGNING_FLAGS} give. */
export interface SigningFlags extends SignerFlags {
  readonly sigstore?: boolean
  readonly signingConfig?: string
  readonly identityTokenFile?: string
  readonly trustedRoot?: string
  readonly timestamp?: readonly string[]
  readonly rekor?: readonly string[]
  readonly publishPrivate?: boolean
}
