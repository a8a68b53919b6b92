// What of a criterion is not satisfied, as of a gate: nothing in it can be waived.

import { type Blocker, blockersOf } from '../blockers.ts'
import type { GateSubject } from '../gate-subject.ts'
import type { WaiverFindings } from '../waivers.ts'
import type { CriterionFinding } from './judge-readiness.ts'

const NO_WAIVERS: WaiverFindings = { used: [], ineffective: [], unused: [], idle: [] }

/** None for what no requirement of the policy stands behind: its check says what clears it. */
export function blockersOfCriterion(
  { finding }: CriterionFinding,
  subject: GateSubject,
): readonly Blocker[] {
  const findings = finding === undefined ? [] : [finding]
  return blockersOf({ list: 'requirements', findings }, { waivers: NO_WAIVERS, subject })
}
