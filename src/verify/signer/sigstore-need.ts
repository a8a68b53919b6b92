// When a verification needs its Sigstore part, and what is said where the caller left it out: what a root could have judged is never
// passed over as if no root knew it.

import type { Bundle } from '../../bundle/index.ts'
import type { Check } from '../../core/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import { failed } from '../check.ts'
import type { RunRequest } from '../request.ts'

/**
 * Does a verification of these need what `loadSigstore()` gives? Who trusts keys alone, and is shown what keys have signed, need not
 * wait for the part that knows certificates and logs.
 *
 * @example const sigstore = needsSigstore({ trust, bundles }) ? await loadSigstore() : undefined
 */
export function needsSigstore({ trust, bundles }: Pick<RunRequest, 'trust' | 'bundles'>): boolean {
  return bundles.some(({ bundle }) => bundle.ok && mayNeed(bundle.value, trust))
}

/** Of an artifact that was signed by itself, only its digest may be at hand. */
function mayNeed(bundle: Bundle, trust: TrustDocument): boolean {
  return bundle.content.kind === 'message' || isForRoots(bundle, trust)
}

/** There is a certificate, a log entry or a timestamp, and a root to judge it by. */
function isForRoots(
  { keyMaterial, logEntries, timestamps }: Bundle,
  { roots }: TrustDocument,
): boolean {
  const isWitnessed = logEntries.length + timestamps.length > 0
  return roots.length > 0 && (keyMaterial.kind !== 'public-key' || isWitnessed)
}

/** An error of the caller, and no word about the evidence. */
export function sigstoreNotLoaded(): Check {
  const message = 'The part that verifies certificates, log entries and timestamps was not loaded'
  return failed('key-material', 'error', 'verify/sigstore-not-loaded', message, {
    hint: 'Pass what loadSigstore() gives as `sigstore`',
  })
}
