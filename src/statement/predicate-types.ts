// The predicate types that we know, each under the name that the command line takes. PM-1: a type
// is compared as a whole string.

/** Short name to type URI. */
export const PREDICATE_TYPES = {
  provenance: 'https://slsa.dev/provenance/v1',
  'provenance-v0.2': 'https://slsa.dev/provenance/v0.2',
  vsa: 'https://slsa.dev/verification_summary/v1',
  svr: 'https://in-toto.io/attestation/svr/v0.2',
  'test-result': 'https://in-toto.io/attestation/test-result/v0.1',
  release: 'https://in-toto.io/attestation/release/v0.2',
  'release-v0.1': 'https://in-toto.io/attestation/release/v0.1',
  'npm-publish': 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1',
  'pypi-publish': 'https://docs.pypi.org/attestations/publish/v1',
  cyclonedx: 'https://cyclonedx.org/bom',
} as const

/** A short name of a predicate type that we know. */
export type PredicateName = keyof typeof PREDICATE_TYPES
