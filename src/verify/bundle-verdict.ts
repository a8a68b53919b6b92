// What the verification of one bundle comes to.

import { type Check, groupChecks } from '../core/index.ts'
import type { Statement } from '../statement/index.ts'
import { type ArtifactSignature, Verified, type VerifiedFacts } from './verified.ts'

/** The verdict, and only where it is `accepted` the evidence. */
export interface BundleVerdict {
  readonly verdict: Check
  readonly verified?: Verified<Statement> | Verified<ArtifactSignature>
}

/** A bundle that was refused before its content could be taken for evidence. */
export function refuseBundle(checks: readonly Check[]): BundleVerdict {
  return { verdict: groupChecks('bundle', 'The bundle is not accepted', checks) }
}

/** The one place where evidence is made: from facts whose every check was accepted. */
export function concludeBundle<T extends Statement | ArtifactSignature>(
  checks: readonly Check[],
  facts: VerifiedFacts<T>,
): { readonly verdict: Check; readonly verified?: Verified<T> } {
  const verdict = groupChecks('bundle', 'The bundle is accepted', checks)
  if (verdict.outcome !== 'accepted') return refuseBundle(checks) as { readonly verdict: Check }
  return { verdict, verified: new Verified(facts) }
}
