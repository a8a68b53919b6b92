// Evidence that is kept rather than asked for: a record of a ledger. What it is about, the statement itself says, and whoever folds
// records holds them against each other.

import type { Check } from '../core/index.ts'
import type { Statement } from '../statement/index.ts'
import { concludeBundle, groupBundle, refuseBundle } from './bundle-verdict.ts'
import { failed } from './check.ts'
import type { Expectation } from './expectation.ts'
import { openStatement } from './open-statement.ts'
import { checkProvenance } from './provenance/provenance-check.ts'
import { type ProvenanceClaims, readProvenanceClaims } from './provenance/provenance-claims.ts'
import { checkQuestion } from './question-check.ts'
import type { VerifyRequest } from './request.ts'
import { checkVersion } from './statement-checks.ts'
import { checkVerifier } from './summary/summary-check.ts'
import { sealVerified, type Verified } from './verified.ts'

/** One bundle, and nothing that it is expected to be about. */
export type StatedRequest = Omit<VerifyRequest, 'expectation' | 'declaredType'>

/** The verdict, and the evidence where everything was accepted. */
export interface StatedVerdict {
  readonly verdict: Check
  /** Its `subjects` are empty: nothing was compared with them. */
  readonly verified?: Verified<Statement>
  /** What it claims, where it is a provenance. */
  readonly provenance?: ProvenanceClaims
}

/** Nothing is asked for; so a role that names targets counts for the target that the statement is about. */
const NOTHING_ASKED: Expectation = { artifacts: { kind: 'artifacts', artifacts: [] } }

/**
 * Is this bundle the word of somebody who may say it?
 *
 * It shows nothing about any artifact: that is for {@link verifyBundle}. The caller compares its subjects, and counts signers where a
 * role asks for several, for here each statement is looked at alone.
 */
export function verifyStated(stated: StatedRequest): StatedVerdict {
  const request = { ...stated, expectation: NOTHING_ASKED }
  const wrong = checkQuestion(request)
  if (wrong.length > 0) return { verdict: groupBundle(wrong) }
  const { content } = request.bundle
  if (content.kind !== 'dsse') return { verdict: refuseBundle([noStatement()]).verdict }
  const { opened, refused } = openStatement(content.envelope, request, (said) => said)
  if (refused !== undefined) return { verdict: refuseBundle(refused).verdict }
  const { by, role, known, predicate, facts } = opened
  const checks = [
    ...by,
    role,
    checkVersion(facts.value),
    ...known,
    ...checkProvenance(predicate, facts.signer, NOTHING_ASKED),
    // VSA-2: whoever asks what it says, has to know that it is the verifier who says it.
    ...(predicate?.name === 'vsa'
      ? [checkVerifier(predicate.value, facts.signer.name, request.trust)]
      : []),
  ]
  const finding = concludeBundle(checks, { ...facts, subjects: [] })
  if (finding.facts === undefined) return { verdict: finding.verdict }
  const provenance = readProvenanceClaims(predicate, facts.signer, request.trust)
  return {
    verdict: finding.verdict,
    verified: sealVerified(finding.facts) as Verified<Statement>,
    ...(provenance !== undefined && { provenance }),
  }
}

/** A signature over bare bytes says nothing about them. */
function noStatement(): Check {
  const message = 'The bundle holds the signature of a bare artifact'
  return failed('statement', 'rejected', 'verify/statement-malformed', message, {
    expected: 'a statement',
    found: 'a message signature',
  })
}
