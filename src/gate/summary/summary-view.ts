// A verification summary in a ledger, as evidence. Its signature, its subject, its type and that its signer speaks for its verifier were
// verified before it came here; which resource and which levels are expected, a requirement says.

import { type Check, type Instant, parseTimestamp, refusedCheck } from '../../core/index.ts'
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

/** A summary that passed, in the words that others are held against. */
interface Passed {
  readonly material: FoldedMaterial
  readonly verifiedAt: Instant | undefined
}

/** Found once for all that failed: each is read once, and held against those that are about the same. */
const PASSED = new WeakMap<readonly FoldedMaterial[], ReadonlyMap<string, readonly Passed[]>>()

/** A later word of the same verifier about the same, which passed, in place of one that failed. */
export function findOvertaking(
  material: FoldedMaterial,
  materials: readonly FoldedMaterial[],
): FoldedMaterial | undefined {
  const summary = summaryOf(material)
  if (summary?.verificationResult !== 'FAILED') return undefined
  const among = PASSED.get(materials) ?? passedIn(materials)
  PASSED.set(materials, among)
  const verifiedAt = timeOf(summary)
  // Verified before, however late it comes: what was found since is not undone by it.
  const last = among
    .get(keyOf(summary))
    ?.findLast(
      (one) => one.material.index > material.index && !isBefore(one.verifiedAt, verifiedAt),
    )
  return last?.material
}

function passedIn(materials: readonly FoldedMaterial[]): ReadonlyMap<string, readonly Passed[]> {
  const summaries = materials.flatMap((material) => {
    const said = summaryOf(material)
    if (said?.verificationResult !== 'PASSED') return []
    return [{ material, key: keyOf(said), verifiedAt: timeOf(said) }]
  })
  return Map.groupBy(summaries, ({ key }) => key)
}

/** The same for what is about the same. */
function keyOf({ verifier, resourceUri, policy }: VerificationSummary): string {
  return JSON.stringify([verifier.id, resourceUri, policy.uri])
}

function timeOf({ timeVerified }: VerificationSummary): Instant | undefined {
  const time = parseTimestamp(timeVerified ?? '')
  return time.ok ? time.value : undefined
}

/** Without a time of both, the ledger's order is all there is. */
function isBefore(first: Instant | undefined, second: Instant | undefined): boolean {
  return first !== undefined && second !== undefined && first < second
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
