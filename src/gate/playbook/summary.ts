// What an executive reads of a playbook (seed row 31): one word, the first control that stands in the way, and who decides.

import type { ControlFinding, OwnerClass } from './control.ts'
import type { PlaybookFinding } from './judge-playbook.ts'

/** The consolidated status of everything. */
export type ConsolidatedStatus = 'passed' | 'unverified' | 'failed'

/** How much of a section passed. */
export interface SectionCount {
  readonly section: string
  readonly passed: number
  readonly total: number
}

/**
 * An executive summary.
 *
 * @example { status: 'failed', firstFailing: { id: 'runtime_canary', section: '2.1', owner: 'maintainers', … }, decision: { owner: 'alice' } }
 */
export interface ExecutiveSummary {
  readonly status: ConsolidatedStatus
  /** In the order of the playbook; absent where nothing stands in the way. */
  readonly firstFailing?: ControlFinding
  readonly counts: Readonly<Record<ControlFinding['word'], number>>
  /** How much of each section passed, in their order. */
  readonly sections: readonly SectionCount[]
  /** Whose decision it is: roles, and whoever decided by now. */
  readonly decision: {
    readonly ownerClass: OwnerClass
    readonly roles: readonly string[]
    readonly owner?: string
    readonly approver?: string
  }
}

/** Makes the summary; nothing is judged any more. */
export function summarizePlaybook({
  policy,
  subject,
  controls,
  decided,
  decision,
}: PlaybookFinding): ExecutiveSummary {
  const open = controls.filter(({ word }) => word !== 'passed')
  // Under an exception nothing stands in the way; it stays unverified all the same.
  const firstFailing = decision === 'no-go' ? open[0] : undefined
  const isUnverified = open.every(({ word }) => word === 'unverified')
  const word = open.length === 0 ? 'passed' : isUnverified ? 'unverified' : 'failed'
  // Where the records themselves do not count, no control does.
  const status = subject.against.length === 0 ? word : 'failed'
  const count = (wanted: ControlFinding['word']) =>
    controls.filter(({ word }) => word === wanted).length
  const { owner, approver } = decided
  return {
    status,
    ...(firstFailing !== undefined && { firstFailing }),
    counts: {
      passed: count('passed'),
      unverified: count('unverified'),
      missing: count('missing'),
      failed: count('failed'),
    },
    sections: countSections(controls),
    decision: {
      ownerClass: policy.decision.owner,
      roles: policy.decision.ownerRoles,
      ...(owner !== undefined && { owner }),
      ...(approver !== undefined && { approver }),
    },
  }
}

function countSections(controls: readonly ControlFinding[]): readonly SectionCount[] {
  return [...Map.groupBy(controls, ({ section }) => section)].map(([section, own]) => ({
    section,
    passed: own.filter(({ word }) => word === 'passed').length,
    total: own.length,
  }))
}
