// Over which phase of a release which approval is given: a rollout before it, a launch over what was adopted after it.

import type { Check } from '../../core/index.ts'
import type { ApprovalScope, Phase, Registry } from '../../policy/index.ts'
import { standsBefore } from '../time/order.ts'
import { LINKAGE } from '../families/linkage.ts'
import { onceFor } from '../once.ts'
import { latestOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'

/** Is the approval over a phase that its scope is for, and, for a launch, is that phase adopted and linked? */
export function checkApprovedPhase(
  record: FoldedRecord,
  scope: ApprovalScope,
  context: ViewContext,
): readonly Check[] {
  const { registry, evidence } = context
  // Without policies nothing is approved anyway, and another check says so.
  if (scope === 'canary' || registry === undefined) return []
  const expected =
    scope === 'rollout' ? 'pre-deploy-candidate' : readyPhaseOf(registry, evidence.parts.target)
  const phase = checkPhase(record, scope, expected)
  if (scope === 'rollout' || phase.outcome !== 'accepted') return [phase]
  return [phase, checkLinkage(record, context)]
}

/** Where a policy says that no phase is ready for it, a launch is never approved. */
function readyPhaseOf(registry: Registry, target: string): Phase | undefined {
  const linkage = registry.gateOf(target)?.linkage ?? ''
  const phase = registry.of('linkage').get(linkage)?.approvalReadyPhase
  return phase === 'not-applicable' ? undefined : phase
}

function checkPhase(
  { release }: FoldedRecord,
  scope: ApprovalScope,
  expected: Phase | undefined,
): Check {
  const facts = { expected: expected ?? 'no phase, by the policy', found: release?.phase ?? 'none' }
  if (expected !== undefined && release?.phase === expected) {
    return passed('phase', `The ${scope} is approved over the phase that it is for`, facts)
  }
  const message = `A ${scope} is not approved over this phase`
  return failed('phase', 'rejected', 'record/phase', message, facts)
}

/** Who approves a launch has seen everything that is launched: the linkage that counts stands before the word. */
function checkLinkage(record: FoldedRecord, context: ViewContext): Check {
  const { linkage, check } = linkageOf(context, record.release?.phase)
  if (check !== undefined) return check
  const where = `Linkage ${linkage.sha256} at entry ${linkage.index}`
  if (standsBefore(linkage, record)) return passed('linkage', `${where} stands before the approval`)
  const message = 'What is launched was linked after the approval'
  return failed('linkage', 'stale', 'record/order', message, { found: where })
}

type Linked =
  | { readonly check: Check; readonly linkage?: FoldedRecord }
  | { readonly check?: undefined; readonly linkage: FoldedRecord }

/** The linkage of a phase, or what is wrong with it. */
const linkageOf = onceFor((context: ViewContext, phase: string): Linked => {
  const linkage = latestOf(context.evidence, LINKAGE, phase as Phase)
  if (linkage === undefined || !linkage.isAdopted) {
    const message = 'The phase has no adopted linkage'
    const check = failed('linkage', 'missing', 'record/missing', message, {
      expected: 'a linkage that an accepted adoption names',
      found: linkage === undefined ? 'none' : 'one that nobody adopted',
    })
    return { check }
  }
  const { check } = LINKAGE.view(linkage, context)
  if (check.outcome === 'accepted') return { linkage }
  const message = 'The linkage of the phase is not accepted'
  return { check: { ...check, name: 'linkage', message } }
})
