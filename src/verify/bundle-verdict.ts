// What the verification of one bundle comes to.

import { type Check, groupChecks } from '../core/index.ts'
import type { Statement } from '../statement/index.ts'
import type { ArtifactSignature, SignedFacts, Verified } from './verified.ts'

/** The verdict, and only where everything was accepted the evidence. */
export interface BundleVerdict {
  readonly verdict: Check
  readonly verified?: Verified<Statement> | Verified<ArtifactSignature>
}

/** What one bundle shows by itself; facts only where each of its checks was accepted. */
export interface BundleFinding {
  readonly verdict: Check & Required<Pick<Check, 'checks'>>
  readonly facts?: SignedFacts
}

/** A bundle that was refused before its content could be taken for anything. */
export function refuseBundle(checks: readonly Check[]): BundleFinding {
  const verdict = groupBundle(checks)
  if (verdict.outcome === 'accepted') throw new Error('A bundle is refused for no reason')
  return { verdict }
}

/** The finding about a bundle whose content was judged to the end. */
export function concludeBundle(checks: readonly Check[], facts: SignedFacts): BundleFinding {
  const verdict = groupBundle(checks)
  return verdict.outcome === 'accepted' ? { verdict, facts } : { verdict }
}

/** The checks of one bundle as one. */
export function groupBundle(checks: readonly Check[]): BundleFinding['verdict'] {
  const { outcome, ...rest } = groupChecks('bundle', 'The bundle is accepted', checks)
  const message = outcome === 'accepted' ? rest.message : 'The bundle is not accepted'
  return { ...rest, outcome, message, checks }
}
