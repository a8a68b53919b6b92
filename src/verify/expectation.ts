// What the verifier asks of the evidence. Everything is compared exactly; what is not asked for is not compared.

import type { Artifact, ArtifactSet, LeftOut } from '../digest/index.ts'
import type { DigestSet, StatementVersion } from '../statement/index.ts'

/** One artifact, by at least one digest. */
export interface ExpectedArtifact {
  /** How the verifier calls it: a path, or the digest itself. */
  readonly name: string
  /** Of the artifact's bytes; all that were computed are compared (X6). Of a revision, its `gitCommit`. */
  readonly digest: DigestSet
  /** Needed only for the signature of a bare artifact. */
  readonly bytes?: Uint8Array
  /**
   * Whoever asks has made the digest from a file, and vouches that it is one. Without the bytes it can not be seen that they are not
   * what the signature of an envelope is made over, so that the signature of a bare artifact counts by its digest only with this word.
   */
  readonly isFileDigest?: boolean
}

/** A set as it was found. */
export interface FoundSet {
  readonly set: ArtifactSet
  /** What was looked at: of a `manifest` only its list, and no file. The verdict shows it. */
  readonly form?: 'files' | 'archive' | 'manifest'
  /** `refuse` by default; `list` shows each in the verdict. */
  readonly links?: 'refuse' | 'list'
  /** What is there and was not looked at; the verdict shows it. */
  readonly leftOut?: readonly LeftOut[]
}

/** What the evidence must be about. */
export type ExpectedArtifacts =
  /** Closed-world: exactly these paths with exactly this content. */
  | ({ readonly kind: 'set' } & FoundSet)
  /** Each of these is a subject, under any name; the statement may have more. */
  | { readonly kind: 'artifacts'; readonly artifacts: readonly ExpectedArtifact[] }
  /** The archive is a subject, and what was found is exactly what it holds: an installed package. */
  | ({
      readonly kind: 'contents'
      readonly archive: ExpectedArtifact
      readonly contents: readonly Artifact[]
    } & FoundSet)

/**
 * What a provenance must say.
 *
 * @example { sourceUri: 'https://github.com/o/r', sourceTag: 'v1.2.0', builderId: 'https://ci.example/builder' }
 */
export interface ProvenanceExpectation {
  /** The repository; `git+` before it and `@ref` behind it belong to the provenance's own spelling. */
  readonly sourceUri?: string
  /** The commit, 40 or 64 lower-case hex digits. */
  readonly sourceDigest?: string
  /** Without `refs/tags/`. */
  readonly sourceTag?: string
  /** The tag is of this version: `v1`, `v1.2`, or `v1.2.3`. */
  readonly sourceVersionedTag?: string
  /** Without `refs/heads/`. */
  readonly sourceBranch?: string
  readonly builderId?: string
  readonly buildType?: string
  /** External parameters: a member's name, or a JSON Pointer (RFC 6901) that begins with `/`. */
  readonly parameters?: readonly { readonly name: string; readonly value: string }[]
}

/**
 * Which package the artifact is, by the purl that the statement names it with.
 *
 * @example { purl: 'pkg:npm/%40scope/name@1.2.3', name: '@scope/name' }
 */
export interface PackageExpectation {
  /**
   * Of npm, canonical, made of the package's own `package.json`. With it, the evidence is npm's two attestations, each about nothing but
   * this package.
   */
  readonly purl?: string
  /** With namespace or scope. */
  readonly name?: string
  readonly version?: string
}

/** The whole question. */
export interface Expectation {
  readonly artifacts: ExpectedArtifacts
  /** Name of a key or an identity in the trust document. */
  readonly signer?: string
  /** Type URI. */
  readonly predicateType?: string
  /** Of the artifact set id. Roles that name targets count only where one is expected. */
  readonly target?: string
  /** Of the artifact set id. */
  readonly channel?: string
  readonly provenance?: ProvenanceExpectation
  readonly package?: PackageExpectation
  /**
   * What a verification summary must say: none counts without it. Nothing of it has a default, and least of all what the summary says
   * itself (VSA-3).
   *
   * @example { verifierId: 'https://verifier.example/v1', resourceUri: 'https://dl.example/app-1.2.3.tgz', verifiedLevels: ['SLSA_BUILD_LEVEL_2'] }
   */
  readonly summary?: {
    /** As it is spelt; the trust document says whose signatures are its word. */
    readonly verifierId: string
    readonly resourceUri: string
    /** At least one; each of them, or a higher level of its track. */
    readonly verifiedLevels: readonly string[]
    readonly policyUri?: string
    /** Lower-case hex. */
    readonly policySha256?: string
    /** How long ago was verified, at most. */
    readonly ageMsMax?: number
    /** The commit that is asked about was on this ref: `refs/heads/main`. */
    readonly sourceRef?: string
  }
  /** Accept a provenance that names another source or builder than the certificate of its signer vouches for. */
  readonly unsafeUncertifiedProvenance?: boolean
  /** A trusted log holds the signature, also where a key made it. */
  readonly requireLog?: boolean
  /** A trusted authority has timestamped the signature, also where a key made it. */
  readonly requireTimestamp?: boolean
  /** STM-1: the Statement versions that count; only v1 unless said otherwise. */
  readonly statementVersions?: readonly StatementVersion[]
}

/** What a verification summary must say. */
export type SummaryExpectation = NonNullable<Expectation['summary']>
