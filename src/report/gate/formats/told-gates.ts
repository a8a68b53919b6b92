// What formats tell of besides requirements: the ledger that everything rests on, and records that speak against a release by being refused.

import { type Check, failedChecks, type JsonObject } from '../../../core/index.ts'
import type { GateSubject, Judgement } from '../../../gate/index.ts'
import { checkWords } from '../blocker-reasons.ts'
import type { ClearingWords } from '../clearing-words.ts'
import { refusedRecordsClearing } from '../refused-records.ts'
import { showText } from '../../shown-text.ts'
import { documentOfVerdict } from '../../verdict-document.ts'
import { renderVerdict, type TextOptions } from '../../verdict-text.ts'

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

/** Those of one gate: what all of them rest on is told before. */
export function obstaclesOfGate({ gate: { id }, subject }: Judgement): readonly Obstacle[] {
  return subject.against
    .filter(({ name }) => name !== 'ground')
    .map((check) => ({ gate: id, id: `${id}#${check.name}`, check }))
}

/** `Records are not accepted: expected …; found …`: what it is, and what was expected and found. */
export function obstacleSentence({ check }: Obstacle): string {
  const { message, expected, found } = check
  const facts = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
  ]
  return facts.length === 0 ? message : `${message}: ${facts.join('; ')}`
}

const REASONS_SHOWN = 8

/** Why, in a line each: what is behind it, with digests and codes; of many the first. */
export function obstacleReasons({ check }: Obstacle): readonly string[] {
  const { because = [], checks = [] } = check
  const reasons = [
    ...because.map(({ message, code }) => `${message} [${code}]`),
    ...checks.filter(({ outcome }) => outcome !== 'accepted').map(behindWords),
  ]
  const more = reasons.length - REASONS_SHOWN
  return more > 0 ? [...reasons.slice(0, REASONS_SHOWN), `${more} more`] : reasons
}

function behindWords(check: Check): string {
  const leaves = failedChecks(check).filter((leaf) => leaf !== check)
  const why = leaves.length === 0 ? [] : [[...new Set(leaves.map(checkWords))].join('; ')]
  return [leaves.length === 0 ? checkWords(check) : check.message, ...why].join(': ')
}

/** What clears it, where that is known. */
export function obstacleClearing({ check }: Pick<Obstacle, 'check'>): ClearingWords | undefined {
  const { code, hint } = check
  if (code === 'gate/records-refused') return refusedRecordsClearing(check)
  return hint === undefined ? undefined : { words: hint, commands: [] }
}

/** Before anything that is read out of the subject: a verdict for each that speaks against it. */
export function renderAgainst({ against }: GateSubject, options: TextOptions): string {
  return against.map((check) => `${renderVerdict(check, options)}\n`).join('')
}

/** As JSON. */
export function documentOfAgainst(check: Check): JsonObject {
  const clearing = obstacleClearing({ check })
  return {
    check: documentOfVerdict(check),
    ...(clearing !== undefined && { clears: clearing.words, commands: [...clearing.commands] }),
  }
}

/** All of it in one line, for formats that have no more; each part escaped by itself. */
export function obstacleMessage(obstacle: Obstacle): string {
  const clearing = obstacleClearing(obstacle)
  return [
    obstacleSentence(obstacle),
    ...obstacleReasons(obstacle).map((reason) => `Because: ${reason}`),
    ...(clearing === undefined
      ? []
      : [`Clears: ${clearing.words}`, ...clearing.commands.map((command) => `Run: ${command}`)]),
  ]
    .map(showText)
    .join('. ')
}
