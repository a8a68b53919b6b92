// One piece of evidence before one requirement: whether it supports it, and everything that keeps it from that.

import {
  type Check,
  encodeTimestamp,
  type Outcome,
  quote,
  refusedCheck,
} from '../../../core/index.ts'
import type { Evidence } from '../../evidence.ts'
import type { PolicyCode } from '../../problem.ts'
import { millisecondsOf } from '../../requirement/duration.ts'
import type { EvidenceRequirement } from '../../requirement/requirement.ts'
import { findUnmet } from './condition-check.ts'
import { buildEvidenceDocument } from './evidence-document.ts'
import { findUnlikeSummary } from './summary-piece.ts'
import type { RequirementContext } from '../finding.ts'
import { NO_ANSWERS } from '../../expression/expressions.ts'

/** A piece, and why it does not support the requirement; it does where there is no reason. */
export interface JudgedPiece {
  readonly piece: Evidence
  readonly reasons: readonly Check[]
}

/** What is asked of each piece: it is accepted, has the status, is fresh, and the conditions hold. */
export function judgePiece(
  piece: Evidence,
  requirement: EvidenceRequirement,
  context: RequirementContext,
): JudgedPiece {
  const mismatches = findMismatches(piece, requirement, context)
  const { outcome } = piece.computed
  if (outcome === 'accepted') return { piece, reasons: mismatches }
  return { piece, reasons: [describeView(piece, outcome), ...mismatches] }
}

/** What is asked of a piece that speaks against a release: whatever it comes to, it was said. */
export function judgeOpposingPiece(
  piece: Evidence,
  requirement: EvidenceRequirement,
  context: RequirementContext,
): JudgedPiece {
  return { piece, reasons: findMismatches(piece, requirement, context) }
}

/** True for reasons that say that it is something else, and none that it could not be judged. */
export function isOther({ reasons }: JudgedPiece): boolean {
  return reasons.some(({ outcome }) => outcome === 'rejected' || outcome === 'stale')
}

function describeView({ computed }: Evidence, outcome: Exclude<Outcome, 'accepted'>): Check {
  const { status, reason } = computed
  const facts = { expected: 'evidence that is accepted', found: `${status}: ${outcome}` }
  const message = 'The evidence itself is not accepted'
  return {
    ...refused('view', outcome, 'policy/evidence-refused', message, facts),
    checks: [reason],
  }
}

function findMismatches(
  piece: Evidence,
  requirement: EvidenceRequirement,
  context: RequirementContext,
): readonly Check[] {
  const { select, status, holds } = requirement
  const reasons: Check[] = []
  if (status !== undefined) reasons.push(...findStatus(piece, status))
  reasons.push(...findTime(piece, requirement, context))
  if (select.summary !== undefined) {
    reasons.push(...findUnlikeSummary(piece, select.summary, context.now))
  }
  if (holds === undefined) return reasons
  const { now, answers = NO_ANSWERS } = context
  const answer = (expression: string) => answers.find(piece.sha256, expression)
  const input = { document: buildEvidenceDocument(piece), now, answer }
  for (const condition of holds) {
    const unmet = findUnmet(condition, input)
    if (unmet !== undefined) reasons.push(unmet)
  }
  return reasons
}

function findStatus({ computed }: Evidence, expected: readonly string[]): readonly Check[] {
  if (expected.includes(computed.status)) return []
  const facts = { expected: expected.join(' or '), found: computed.status }
  return [refused('status', 'rejected', 'policy/status', 'The status is another one', facts)]
}

/** Of what has to be fresh, or of several occasions: when it was signed. */
function findTime(
  { signedAt }: Evidence,
  { fresh, apart }: EvidenceRequirement,
  { now }: RequirementContext,
): readonly Check[] {
  if (fresh === undefined && apart === undefined) return []
  const oldest = fresh === undefined ? undefined : now - millisecondsOf(fresh)
  const inTime = `signed at ${encodeTimestamp(now)} or before`
  const expected = oldest === undefined ? inTime : `signed at ${encodeTimestamp(oldest)} or later`
  if (signedAt === undefined) {
    const facts = { expected, found: 'no time that anybody else than the signer vouches for' }
    const message = 'It is not shown when the evidence was signed'
    return [refused('age', 'missing', 'policy/evidence-undated', message, facts)]
  }
  const found = encodeTimestamp(signedAt)
  if (signedAt > now) {
    const facts = { expected: inTime, found }
    const message = 'The evidence was signed after the instant of the judgement'
    return [refused('age', 'missing', 'policy/evidence-later', message, facts)]
  }
  if (oldest === undefined || signedAt >= oldest) return []
  const facts = { expected, found }
  return [refused('age', 'stale', 'policy/evidence-stale', 'The evidence is too old', facts)]
}

function refused(
  name: string,
  outcome: Exclude<Outcome, 'accepted'>,
  code: PolicyCode,
  message: string,
  facts: { readonly expected: string; readonly found: string },
): Check {
  return refusedCheck<PolicyCode>(name, outcome, code, message, facts)
}

/** A piece in words: what it is, by which digest, and who signed it. */
export function describePiece({ family, predicateType, sha256, index, signer }: Evidence): string {
  const { name, kind } = signer
  return `${family ?? quote(predicateType)} ${sha256} at entry ${index}, signed by ${quote(name)} (${kind})`
}
