// A playbook as JSON. Nothing is computed here.

import type { JsonObject } from '../../core/index.ts'
import {
  type ControlFinding,
  type ExecutiveSummary,
  type PlaybookFinding,
  summarizePlaybook,
} from '../../gate/index.ts'
import { documentOfVerdict } from '../verdict-document.ts'

/** The members of one playbook in `assay/playbook/v1`. */
export function documentOfPlaybook(finding: PlaybookFinding): JsonObject {
  const { policy, subject, decision, controls, exception } = finding
  return {
    policy: { id: policy.id, sha256: policy.digest },
    ...(subject.release !== undefined && { release: subject.release.id }),
    ...(subject.commit !== undefined && { commit: subject.commit }),
    decision,
    ...(subject.unsound !== undefined && { unsound: documentOfVerdict(subject.unsound) }),
    summary: documentOfSummary(summarizePlaybook(finding)),
    ...(exception !== undefined && {
      exception: {
        control: exception.control,
        used: exception.isUsed,
        verdict: documentOfVerdict(exception.check),
      },
    }),
    controls: controls.map((control) => ({
      ...documentOfPlace(control),
      title: control.title,
      status: control.word,
      ...(control.affected !== undefined && { affected: [...control.affected] }),
      verdict: documentOfVerdict(control.check),
    })),
  }
}

function documentOfSummary({
  status,
  firstFailing,
  counts,
  decision,
}: ExecutiveSummary): JsonObject {
  const { ownerClass, roles, owner, approver } = decision
  return {
    status,
    ...(firstFailing !== undefined && {
      firstFailing: { ...documentOfPlace(firstFailing), status: firstFailing.word },
    }),
    counts,
    decision: {
      owner: ownerClass,
      roles: [...roles],
      ...(owner !== undefined && { decidedBy: owner }),
      ...(approver !== undefined && { approvedBy: approver }),
    },
  }
}

function documentOfPlace({ id, section, owner }: ControlFinding): JsonObject {
  return { id, section, owner }
}
