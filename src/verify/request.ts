// All that a verification depends on. No clock, no file, no network: what counts is handed in.

import type { Bundle, BundleProblem } from '../bundle/index.ts'
import type { Instant, Result } from '../core/index.ts'
import type { TrustDocument } from '../trust/index.ts'
import type { Expectation } from './expectation.ts'
import type { Sigstore } from './sigstore/sigstore.ts'

/**
 * The same request gives the same verdict, anywhere and at any time.
 *
 * @example
 * const { verdict, verified } = verifyBundle({
 *   bundle, // of parseBundle() or parseBundleFile()
 *   trust, // of parseTrust()
 *   expectation: { artifacts: { kind: 'artifacts', artifacts: [{ name: 'app.tar.gz', digest: { sha256 } }] } },
 *   now: Date.now(),
 *   sigstore: await loadSigstore(),
 * })
 * if (verdict.outcome !== 'accepted') throw new Error(renderVerdict(verdict, { columns: 100 }))
 */
export interface VerifyRequest {
  readonly bundle: Bundle
  /** What stands beside the bundle about its predicate type, unsigned: it must be so (NPM-3). */
  readonly declaredType?: string
  readonly trust: TrustDocument
  readonly expectation: Expectation
  /** The verifier's clock; from the year 2000 on, so that seconds are no milliseconds. */
  readonly now: Instant
  /** Judge as of this time instead. */
  readonly at?: Instant
  /** Accept the published example keys, which prove nothing. */
  readonly unsafeExampleKeys?: boolean
  /**
   * What `loadSigstore()` gives. Where the trust document has a root, it is needed for certificates, and for whatever a log or a
   * timestamp authority vouches for: without it they are refused. `needsSigstore()` says whether to load it.
   */
  readonly sigstore?: Sigstore
}

/** A bundle under the name that it has in the verdict, or why it could not be read. */
export interface NamedBundle {
  /** A file's name, with the line where it has several. */
  readonly name: string
  readonly bundle: Result<Bundle, BundleProblem>
  /** See {@link VerifyRequest.declaredType}. */
  readonly declaredType?: string
}

/** One question about several bundles. */
export interface RunRequest extends Omit<VerifyRequest, 'bundle' | 'declaredType'> {
  readonly bundles: readonly NamedBundle[]
}
