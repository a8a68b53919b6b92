// The sections of a playbook after the second: sequences, attachments, incidents, and what the repository can not force.

import type { Instant } from '../../../core/index.ts'
import type { Evidence, PolicyOf } from '../../../policy/index.ts'
import type { ReleaseLineage } from '../../lineage/release-lineage.ts'
import type { Report } from '../../reports/report.ts'
import { type ControlFinding, controlOf } from '../control.ts'
import { handClearing } from '../exception.ts'
import { judgeAttachment, pathsOfAttachment } from './attachments.ts'
import { judgeClosure } from './closure.ts'
import { type FirstActions, judgeIncidents } from './incidents.ts'
import { judgeSequence } from './sequences.ts'

/** What is asked about a release. */
export interface OperationsQuestion {
  readonly policy: PolicyOf<'playbook'>
  /** About the release, and about the commit that it was built from. */
  readonly evidence: readonly Evidence[]
  /** Incidents and failures of the other releases of the target as well: they are counted over a window, whichever release they are of. */
  readonly history: readonly Evidence[]
  readonly commit: string | undefined
  /** Absent where the ledger holds nothing of the release. */
  readonly lineage: ReleaseLineage | undefined
  /** Every file that {@link pathsOfOperations} names. */
  readonly reports: ReadonlyMap<string, Report>
  readonly now: Instant
}

/** What came of the sections. */
export interface OperationsFinding {
  readonly controls: readonly ControlFinding[]
  /** The control that the exception may be made for, where the playbook says how it is shown. */
  readonly closure?: ControlFinding
  readonly first?: FirstActions
}

/** Judges all of them. */
export function judgeOperations(question: OperationsQuestion): OperationsFinding {
  const { policy, evidence, history, commit, lineage, reports, now } = question
  const { sequences = [], attachments = [], incidents, closure, exception } = policy
  const { sequenceRoles: roles = [] } = policy
  const repository = lineage?.sources.find((source) => source.repository !== undefined)?.repository
  const incident =
    incidents === undefined
      ? undefined
      : judgeIncidents({ policy, incidents, evidence, history, reports, now })
  return {
    controls: [
      ...sequences.map((one) => controlOf(one, judgeSequence(one, { evidence, commit, roles }))),
      ...attachments.map((one) =>
        controlOf(one, judgeAttachment(one, { lineage, evidence, reports })),
      ),
      ...(incident?.controls ?? []),
    ],
    ...(closure !== undefined && {
      closure: controlOf(
        exception,
        judgeClosure({ closure, reports, repository, now, byHand: handClearing(exception) }),
      ),
    }),
    ...(incident?.first !== undefined && { first: incident.first }),
  }
}

/** Every path that these sections name. */
export function pathsOfOperations(
  { attachments = [], incidents, closure }: PolicyOf<'playbook'>,
  lineage: ReleaseLineage | undefined,
): readonly string[] {
  const triggers = (incidents?.triggers ?? []).flatMap((trigger) => {
    if ('summary' in trigger) return trigger.summary.paths
    return 'breaches' in trigger ? (trigger.breaches.report?.path ?? []) : []
  })
  return [
    ...new Set([
      ...attachments.flatMap((one) => pathsOfAttachment(one, lineage)),
      ...triggers,
      ...(closure === undefined
        ? []
        : [closure.export, closure.requiredChecks.path, ...closure.attached]),
    ]),
  ]
}
