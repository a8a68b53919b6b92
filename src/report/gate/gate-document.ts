// A gate as JSON: the decision, every requirement with its whole reason, every blocker with what clears it.

import type { JsonObject } from '../../core/index.ts'
import {
  type Blocker,
  blockersOf,
  type HeldWaiver,
  type Judgement,
  type ListFinding,
  type Waived,
} from '../../gate/index.ts'
import { documentOfVerdict } from '../verdict-document.ts'
import { reasonsOf } from './blocker-reasons.ts'
import { blockerClearing, blockerSentence } from './blocker-text.ts'
import { documentOfAgainst } from './formats/told-gates.ts'

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
    against: subject.against.map(documentOfAgainst),
    ...membersOf(finding),
    exceptions: finding.exceptions.map(documentOfHeld),
    waivers: {
      used: waivers.used.map(documentOfHeld),
      ineffective: waivers.ineffective.map(documentOfHeld),
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
    blockers: blockersOf(list, finding).map(documentOfBlocker),
  }
}

/** One blocker, of a gate or of a criterion. */
export function documentOfBlocker(blocker: Blocker): JsonObject {
  const { id, outcome, finding, waiver } = blocker
  const { words, commands } = blockerClearing(blocker)
  const pieces = reasonsOf(finding).flatMap(({ piece, checks }) =>
    piece === undefined ? [] : [{ piece, checks }],
  )
  return {
    id,
    outcome,
    rule: finding.position,
    sentence: blockerSentence(blocker),
    evidence: pieces.map(({ piece: { sha256, index, kind, signer }, checks }) => ({
      sha256,
      entry: index,
      kind,
      signer: { ...signer },
      reasons: checks.map(documentOfVerdict),
    })),
    clears: words,
    commands: [...commands],
    ...(waiver !== undefined && { waivedUntil: waiver.expires }),
  }
}

function documentOfWaiver({ sha256, check, owner, reason, expires }: Waived): JsonObject {
  return { sha256, check, owner, reason, expires }
}

function documentOfHeld(waived: HeldWaiver): JsonObject {
  return { ...documentOfWaiver(waived), outcome: waived.outcome }
}
