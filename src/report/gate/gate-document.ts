// A gate as JSON: the decision, every requirement with its whole reason, every blocker with what clears it.

import type { JsonObject } from '../../core/index.ts'
import {
  blockersOf,
  type Judgement,
  type ListFinding,
  type UsedWaiver,
  type Waived,
} from '../../gate/index.ts'
import { documentOfVerdict } from '../verdict-document.ts'
import { blockerClearing, blockerSentence } from './blocker-text.ts'

/** The gate. */
export function documentOfGate(finding: Judgement): JsonObject {
  const { gate, subject, decision, waivers } = finding
  return {
    id: gate.id,
    policy: { id: gate.id, sha256: gate.digest },
    ...(subject.release !== undefined && { release: subject.release.id }),
    ...(subject.release?.digest !== undefined && { set: subject.release.digest }),
    ...(subject.commit !== undefined && { commit: subject.commit }),
    decision,
    ...(subject.unsound !== undefined && { unsound: documentOfVerdict(subject.unsound) }),
    ...membersOf(finding),
    exceptions: finding.exceptions.map(documentOfUsed),
    waivers: {
      used: waivers.used.map(documentOfUsed),
      unused: waivers.unused.map(documentOfWaiver),
      idle: waivers.idle.map((waived) => ({ ...documentOfWaiver(waived), status: waived.status })),
    },
  }
}

function membersOf(finding: Judgement): JsonObject {
  if ('requirements' in finding) {
    return { requirements: documentOfList(finding.requirements, finding) }
  }
  const { isDeployable, isProductionReady, deploy, launch, fulfilment } = finding
  return {
    deploymentAllowed: isDeployable,
    productionReady: isProductionReady,
    deploy: documentOfList(deploy, finding),
    ...(launch !== undefined && { launch: documentOfList(launch, finding) }),
    fulfilment: fulfilment.map((list) => documentOfList(list, finding)),
  }
}

function documentOfList(list: ListFinding, finding: Judgement): JsonObject {
  return {
    policy: list.policy,
    outcome: list.outcome,
    requirements: list.findings.map(
      ({ id, outcome, position, check, selected, supporting, against }) => ({
        id,
        outcome,
        rule: position,
        selected: [...selected],
        supporting: [...supporting],
        against: [...against],
        verdict: documentOfVerdict(check),
      }),
    ),
    blockers: blockersOf(list, finding).map((blocker) => ({
      id: blocker.id,
      outcome: blocker.outcome,
      sentence: blockerSentence(blocker),
      clears: blockerClearing(blocker),
      ...(blocker.waiver !== undefined && { waivedUntil: blocker.waiver.expires }),
    })),
  }
}

function documentOfWaiver({ sha256, check, owner, reason, expires }: Waived): JsonObject {
  return { sha256, check, owner, reason, expires }
}

function documentOfUsed(waived: UsedWaiver): JsonObject {
  return { ...documentOfWaiver(waived), outcome: waived.outcome }
}
