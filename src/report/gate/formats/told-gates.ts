// What formats tell of besides requirements: the ledger that everything rests on, and records that speak against a release by being refused.

import { type Check, failedChecks } from '../../../core/index.ts'
import type { Judgement } from '../../../gate/index.ts'

/** Gates, and what all of them rest on. */
export interface ToldGates {
  readonly gates: readonly Judgement[]
  /** Of the ledger, its heads, and the signatures of policies: where one of them is not accepted, nothing is allowed. */
  readonly checks: readonly Check[]
}

/** Something that allows nothing, whatever the requirements come to. */
export interface Obstacle {
  /** The gate that it is of; none where it is of all of them. */
  readonly gate?: string
  /** `<gate>#<check>`, or the check alone. */
  readonly id: string
  readonly check: Check
}

/** All of them: first what is of every gate. */
export function obstaclesOf({ gates, checks }: ToldGates): readonly Obstacle[] {
  return [
    ...checks.flatMap(failedChecks).map((check) => ({ id: check.name, check })),
    ...gates.flatMap((finding) => obstaclesOfGate(finding)),
  ]
}

/** Those of one gate. */
export function obstaclesOfGate({ gate: { id }, subject }: Judgement): readonly Obstacle[] {
  const { unsound } = subject
  return unsound === undefined ? [] : [{ gate: id, id: `${id}#${unsound.name}`, check: unsound }]
}

/** `Records are not accepted: found …`: what it is, what was expected and found, and why. */
export function obstacleSentence({ check }: Obstacle): string {
  const { message, expected, found, hint, because = [] } = check
  const facts = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
    ...because.map((problem) => problem.message),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ]
  return facts.length === 0 ? message : `${message}: ${facts.join('; ')}`
}
