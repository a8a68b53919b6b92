// Who a Fulcio certificate is for: its one name, who vouches for it, and the claims that came with it (oid-info.md, FUL-3).

/** The claims of a certificate by name, with their arc under 1.3.6.1.4.1.57264.1. */
export const CLAIM_ARCS = {
  githubWorkflowTrigger: 2,
  githubWorkflowSha: 3,
  githubWorkflowName: 4,
  githubWorkflowRepository: 5,
  githubWorkflowRef: 6,
  buildSignerUri: 9,
  buildSignerDigest: 10,
  runnerEnvironment: 11,
  sourceRepositoryUri: 12,
  sourceRepositoryDigest: 13,
  sourceRepositoryRef: 14,
  sourceRepositoryIdentifier: 15,
  sourceRepositoryOwnerUri: 16,
  sourceRepositoryOwnerIdentifier: 17,
  buildConfigUri: 18,
  buildConfigDigest: 19,
  buildTrigger: 20,
  runInvocationUri: 21,
  sourceRepositoryVisibility: 22,
  deploymentEnvironment: 23,
  tokenSubject: 24,
} as const

/** What a claim is called, in an identity and in `--claim`. */
export type ClaimName = keyof typeof CLAIM_ARCS

/** The one subject alternative name. */
export interface CertificateName {
  readonly type: 'uri' | 'email' | 'other-name'
  readonly value: string
}

/**
 * What a certificate says of its holder; believed once its path was verified.
 *
 * @example { issuer: 'https://token.actions.githubusercontent.com', san: { type: 'uri', value: 'https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1' }, claims: { buildTrigger: 'push' } }
 */
export interface CertificateIdentity {
  /** Arc .8, or .1 in older certificates; where both are there they are equal. */
  readonly issuer: string
  readonly san: CertificateName
  readonly claims: Readonly<Partial<Record<ClaimName, string>>>
}

/** An identity of the trust document: who it is, exactly, and what it may sign. */
export interface TrustedIdentity {
  readonly name: string
  readonly issuer: string
  /** Exact; with {@link isRefGlob} the part after the last `@` may hold `*`. */
  readonly san: string
  readonly isRefGlob: boolean
  /** Each must be in the certificate, with exactly this value. */
  readonly claims: Readonly<Partial<Record<ClaimName, string>>>
  readonly roles: readonly string[]
  /** Identities and keys of one principal count once. Without one, the name stands for it. */
  readonly principal?: string
  readonly kind?: 'person' | 'automation'
  /** True where the issuer is a CI system: only then can the origin be a live workflow. */
  readonly isCi: boolean
}
