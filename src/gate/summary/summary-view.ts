// A verification summary in a ledger, as evidence. Its signature, its subject, its type and that its signer speaks for its verifier were
// verified before it came here; which resource and which levels are expected, a requirement says.

import { type Check, parseTimestamp, refusedCheck } from '../../core/index.ts'
import type { ComputedView } from '../../policy/index.ts'
import type { FoldedMaterial } from '../../record/index.ts'
import { parseVerificationSummary, type VerificationSummary } from '../../statement/index.ts'
import type { GateCode } from '../problem.ts'

/** What the material says, where it is a verification summary. */
export function summaryOf(material: FoldedMaterial): VerificationSummary | undefined {
  if (material.name !== 'vsa') return undefined
  const said = parseVerificationSummary(material.predicate ?? {})
  return said.ok ? said.value : undefined
}

/** Step 6: only what passed supports anything, and what failed speaks against the release. */
export function viewSummary(summary: VerificationSummary): ComputedView {
  const { verifier, timeVerified, resourceUri, policy, verificationResult, verifiedLevels } =
    summary
  const hasPassed = verificationResult === 'PASSED'
  const reason = hasPassed ? passed(verifier.id) : failed(verifier.id)
  return {
    status: hasPassed ? 'passed' : 'failed',
    outcome: reason.outcome,
    facts: {
      verifier: verifier.id,
      resourceUri,
      policy: policy.uri,
      levels: [...verifiedLevels],
      ...(timeVerified !== undefined && { timeVerified }),
    },
    reason,
  }
}

/** A later word of the same verifier about the same, which passed, in place of one that failed. */
export function findOvertaking(
  material: FoldedMaterial,
  materials: readonly FoldedMaterial[],
): FoldedMaterial | undefined {
  const summary = summaryOf(material)
  if (summary?.verificationResult !== 'FAILED') return undefined
  return materials.findLast((other) => {
    const later = other.index > material.index ? summaryOf(other) : undefined
    return later?.verificationResult === 'PASSED' && isAboutSame(summary, later)
  })
}

function isAboutSame(summary: VerificationSummary, later: VerificationSummary): boolean {
  return (
    later.verifier.id === summary.verifier.id &&
    later.resourceUri === summary.resourceUri &&
    later.policy.uri === summary.policy.uri &&
    // Verified before, however late it comes: what was found since is not undone by it.
    !isBefore(later.timeVerified, summary.timeVerified)
  )
}

/** Without a time of both, the ledger's order is all there is. */
function isBefore(a: string | undefined, b: string | undefined): boolean {
  const [first, second] = [a, b].map((time) => parseTimestamp(time ?? ''))
  return first?.ok === true && second?.ok === true && first.value < second.value
}

function passed(verifier: string): Check {
  const message = `The verifier ${verifier} says that the release passed`
  return { name: 'summary', outcome: 'accepted', message }
}

function failed(verifier: string): Check {
  const message = `The verifier ${verifier} says that the release failed`
  const facts = { expected: 'PASSED', found: 'FAILED' }
  return refusedCheck<GateCode>('summary', 'rejected', 'gate/summary-failed', message, facts)
}
