// Who signed which of the real attestations of Python packages, and about what.

/** As the certificate of an attestation names them. */
export interface Signer {
  readonly issuer: string
  readonly san: string
  readonly isStaging?: boolean
}

/** As the certificates have them, and as the package's own tests expect them. */
const GITHUB = 'https://token.actions.githubusercontent.com'
export const ATTESTATIONS: Signer = {
  issuer: GITHUB,
  san: 'https://github.com/trailofbits/pypi-attestations/.github/workflows/release.yml@refs/tags/v0.0.19',
}
export const MODELS: Signer = {
  issuer: GITHUB,
  san: 'https://github.com/trailofbits/pypi-attestation-models/.github/workflows/release.yml@refs/tags/v0.0.4a2',
}
const GITLAB: Signer = {
  issuer: 'https://gitlab.com',
  san: 'https://gitlab.com/facutuesca/gitlab-oidc-project//.gitlab-ci.yml@refs/heads/main',
}
const GOOGLE: Signer = {
  issuer: 'https://accounts.google.com',
  san: '919436158236-compute@developer.gserviceaccount.com',
}
const PERSON: Signer = {
  issuer: 'https://github.com/login/oauth',
  san: 'william@yossarian.net',
  isStaging: true,
}

export const SDIST = 'pypi_attestations-0.0.19.tar.gz'
const WHEEL = 'rfc8785-0.1.2-py3-none-any.whl'
export const MODELS_SDIST = 'pypi_attestation_models-0.0.4a2.tar.gz'
const GITLAB_SDIST = 'gitlab_oidc_project-0.0.3.tar.gz'
const GOOGLE_SDIST = 'gcb_attestation_test-0.0.0.tar.gz'
/** Its wheel is not there; this is its digest. */
export const SPT3G = 'sha256:d2772f9a5199f05ed1be8d9aa78b879e51772e3ead9d73fe8057257b1aec7cf8'
const SPT3G_WHEEL = 'spt3g-1.0-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl'

export const CASES: readonly (readonly [file: string, artifact: string, signer: Signer])[] = [
  [`${SDIST}.publish.attestation`, SDIST, ATTESTATIONS],
  [`${SDIST}.slsa.attestation`, SDIST, ATTESTATIONS],
  [`${SDIST}.provenance`, SDIST, ATTESTATIONS],
  [`${MODELS_SDIST}.attestation`, MODELS_SDIST, MODELS],
  [`${MODELS_SDIST}.sigstore`, MODELS_SDIST, MODELS],
  [`${GITLAB_SDIST}.publish.attestation`, GITLAB_SDIST, GITLAB],
  [`${GOOGLE_SDIST}.provenance`, GOOGLE_SDIST, GOOGLE],
  [`${WHEEL}.attestation`, WHEEL, PERSON],
  [`${WHEEL}.publish.attestation`, WHEEL, PERSON],
  [`${WHEEL}.sigstore`, WHEEL, PERSON],
  [`${SPT3G_WHEEL}.publish.attestation`, SPT3G, PERSON],
]
