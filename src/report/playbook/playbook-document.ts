// A playbook as JSON. Nothing is computed here.

import type { JsonObject } from '../../core/index.ts'
import {
  type ControlFinding,
  type ExecutiveSummary,
  type PlaybookFinding,
  summarizePlaybook,
} from '../../gate/index.ts'
import { documentOfVerdict } from '../verdict-document.ts'
import { clearingOf } from './playbook-clearing.ts'
import { firstFailingControl, reasonsOf } from './playbook-words.ts'
import { documentOfAgainst } from '../gate/formats/told-gates.ts'

/** The members of one playbook in `assay/playbook/v1`. */
export function documentOfPlaybook(finding: PlaybookFinding): JsonObject {
  const { policy, subject, decision, controls, exception, first } = finding
  return {
    policy: { id: policy.id, sha256: policy.digest },
    ...(subject.release !== undefined && { release: subject.release.id }),
    ...(subject.commit !== undefined && { commit: subject.commit }),
    decision,
    against: subject.against.map(documentOfAgainst),
    summary: documentOfSummary(summarizePlaybook(finding), finding),
    ...(exception !== undefined && {
      exception: {
        control: exception.control,
        used: exception.isUsed,
        verdict: documentOfVerdict(exception.check),
      },
    }),
    ...(first !== undefined && {
      incident: {
        triggers: [...first.fired],
        open: [...first.open],
        ...firstFailingOf(finding),
        firstActions: [...first.actions],
      },
    }),
    controls: controls.map((control) => ({
      ...documentOfPlace(control),
      title: control.title,
      status: control.word,
      ...(control.affected !== undefined && { affected: [...control.affected] }),
      ...documentOfClearing(control, finding),
      verdict: documentOfVerdict(control.check),
    })),
  }
}

/** What a trigger tells of the control that failed first, else the first one that stands in the way. */
function firstFailingOf(finding: PlaybookFinding): JsonObject {
  const control = firstFailingControl(finding)
  return control === undefined ? {} : { firstFailing: control }
}

function documentOfClearing(control: ControlFinding, { subject }: PlaybookFinding): JsonObject {
  const cleared = clearingOf(control, subject)
  return cleared === undefined ? {} : { clears: cleared.words, commands: [...cleared.commands] }
}

function documentOfSummary(
  { status, firstFailing, counts, sections, decision }: ExecutiveSummary,
  finding: PlaybookFinding,
): JsonObject {
  const { ownerClass, roles, owner, approver } = decision
  return {
    status,
    ...(firstFailing !== undefined && {
      firstFailing: {
        ...documentOfPlace(firstFailing),
        status: firstFailing.word,
        reasons: [...reasonsOf(firstFailing)],
        ...documentOfClearing(firstFailing, finding),
      },
    }),
    counts,
    sections: sections.map((one) => ({ ...one })),
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
