// A verification summary, by the seven steps of its page (SLSA v1.2, verification_summary.md, "How to verify"; VSA-1). Signature, subject
// and predicate type (steps 1 to 3) are looked at as those of every statement; here it is who verified, what, and what came of it.

import {
  type Check,
  encodeTimestamp,
  type Instant,
  parseTimestamp,
  quote,
} from '../../core/index.ts'
import {
  hasReached,
  type KnownPredicate,
  PREDICATE_TYPES,
  type VerificationSummary,
} from '../../statement/index.ts'
import { isVerifierOf, type TrustDocument } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { SummaryExpectation } from '../expectation.ts'
import { compareText } from '../provenance/comparison.ts'
import type { VerifyRequest } from '../request.ts'
import type { SignedFacts } from '../verified.ts'

/** As far as clocks of people who mean the same instant differ. */
const SKEW_MAX_MS = 5 * 60_000

/** A summary that says nothing of what is asked must not count as though it did. */
export function checkSummary(
  predicate: KnownPredicate | undefined,
  { signer, judged }: Pick<SignedFacts, 'signer' | 'judged'>,
  {
    trust,
    expectation,
    now,
    at = now,
  }: Pick<VerifyRequest, 'trust' | 'expectation' | 'now' | 'at'>,
): readonly Check[] {
  if (predicate?.name !== 'vsa') return []
  const { summary: expected } = expectation
  if (expected === undefined) return [unasked(predicate.value)]
  return [
    checkVerifier(predicate.value, signer.name, trust),
    ...judgeSummary(predicate.value, expected, {
      now: at,
      signedAt: Math.min(at, ...judged.vouched.map((time) => time.at)),
    }),
  ]
}

/** The expectation of a summary is met by no other evidence. */
export function checkSummaryThere(
  facts: readonly SignedFacts[],
  { summary }: VerifyRequest['expectation'],
): readonly Check[] {
  if (summary === undefined || facts.some(isSummary)) return []
  const message = 'Something is expected of a verification summary, and no evidence is one'
  return [
    failed('summary', 'missing', 'verify/summary-missing', message, {
      expected: `a summary by ${quote(summary.verifierId)} of ${quote(summary.resourceUri)}`,
      found: 'none',
    }),
  ]
}

/** VSA-2, step 4: the verifier is one that this signer may speak for, by the trust document. */
export function checkVerifier(
  { verifier }: Pick<VerificationSummary, 'verifier'>,
  signer: string,
  trust: Pick<TrustDocument, 'verifiers'>,
): Check {
  const ids = trust.verifiers.filter(({ signers }) => signers.includes(signer)).map(({ id }) => id)
  const facts = {
    expected: ids.length === 0 ? 'a verifier of the signer' : ids.map(quote).join(' or '),
    found: `${quote(verifier.id)}, signed by ${quote(signer)}`,
  }
  if (isVerifierOf(trust, signer, verifier.id)) {
    return passed('verifier-signer', 'The signer may speak for this verifier', facts)
  }
  const message = 'The summary names a verifier that its signer can not speak for'
  return failed('verifier-signer', 'rejected', 'verify/verifier-signer', message, {
    ...facts,
    hint: `If the signer is this verifier's, assay trust add-verifier says so`,
  })
}

/** As of when a summary is judged. */
export interface SummaryTimes {
  readonly now: Instant
  /** By when it was signed, as far as anybody vouches for it. */
  readonly signedAt?: Instant
}

/** Steps 4 to 7 as far as the summary itself shows them, then what may be asked besides: its policy, and its age. */
export function judgeSummary(
  summary: VerificationSummary,
  expected: SummaryExpectation,
  times: SummaryTimes,
): readonly Check[] {
  const { verifier, resourceUri, policy, verifiedLevels } = summary
  const { policyUri, policySha256 } = expected
  return [
    ...compareText('verifier', 'verify/verifier-id', expected.verifierId, verifier.id),
    // VSA-3: what the summary says is never taken for what was asked.
    ...compareText('resource', 'verify/resource-uri', expected.resourceUri, resourceUri),
    checkResult(summary),
    ...expected.verifiedLevels.map((level) => checkLevel(level, verifiedLevels)),
    ...compareText('policy', 'verify/summary-policy', policyUri, policy.uri),
    ...compareText(
      'policy digest',
      'verify/summary-policy',
      policySha256,
      policy.digest?.['sha256'],
    ),
    ...checkAge(summary, expected.ageMsMax, times),
  ]
}

/** Step 6. */
function checkResult({ verificationResult: found }: VerificationSummary): Check {
  const facts = { expected: 'PASSED', found }
  if (found === 'PASSED') return passed('verification-result', 'The verification passed', facts)
  const message = 'The verifier says that the artifact did not pass'
  return failed('verification-result', 'rejected', 'verify/verification-result', message, facts)
}

/** Step 7. */
function checkLevel(expected: string, levels: readonly string[]): Check {
  const found = levels.map(quote).join(', ') || 'none'
  const facts = { expected: `${quote(expected)}, or a higher level`, found }
  if (hasReached(levels, expected)) {
    return passed('verified-level', `The summary says ${quote(expected)}, or more`, facts)
  }
  const message = `The summary does not say ${quote(expected)}`
  return failed('verified-level', 'rejected', 'verify/verified-level', message, facts)
}

/** VSA-11: nothing of a summary says by itself how old it is. */
function checkAge(
  { timeVerified }: VerificationSummary,
  ageMsMax: number | undefined,
  { now, signedAt = now }: SummaryTimes,
): readonly Check[] {
  const time = timeVerified === undefined ? undefined : parseTimestamp(timeVerified)
  if (ageMsMax === undefined) return time?.ok === true ? checkTime(time.value, signedAt) : []
  const oldest = Math.max(0, now - ageMsMax)
  const expected = `verified from ${encodeTimestamp(oldest)} on`
  if (time?.ok !== true) {
    const message = 'The summary does not say when was verified'
    const facts = { expected, found: 'no time' }
    return [failed('summary-age', 'missing', 'verify/summary-undated', message, facts)]
  }
  const facts = { expected, found: encodeTimestamp(time.value) }
  const early = checkTime(time.value, signedAt)
  if (early.length > 0) return early
  if (time.value >= oldest) return [passed('summary-age', 'The summary is fresh', facts)]
  return [failed('summary-age', 'stale', 'verify/summary-stale', 'The summary is too old', facts)]
}

/** However old it may be: nobody has verified what is to come. */
function checkTime(verified: Instant, signedAt: Instant): readonly Check[] {
  if (verified <= signedAt + SKEW_MAX_MS) return []
  const message = 'The summary says that was verified after it was signed, or in the future'
  return [
    failed('summary-age', 'rejected', 'verify/summary-time', message, {
      expected: `verified by ${encodeTimestamp(signedAt)}`,
      found: encodeTimestamp(verified),
    }),
  ]
}

function isSummary({ value }: SignedFacts): boolean {
  return 'predicateType' in value && value.predicateType === PREDICATE_TYPES.vsa
}

function unasked({ verifier, resourceUri, verificationResult }: VerificationSummary): Check {
  const message = 'Nothing is expected of the verification summary, so that it shows nothing'
  return failed('summary', 'missing', 'verify/summary-unasked', message, {
    expected: 'which verifier, which resource and which levels are expected',
    found: `the word of ${quote(verifier.id)} about ${quote(resourceUri)}: ${verificationResult}`,
    hint: 'Say what you expect with --verifier-id, --resource-uri and --verified-level; do not copy it from the summary',
  })
}
