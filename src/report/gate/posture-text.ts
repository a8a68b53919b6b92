// The posture of a project in sentences. Each is put together of tokens and numbers that were computed, so none can say more than they do.

import { countOf } from '../../core/index.ts'
import type {
  ApprovalPosture,
  CanaryStatus,
  CountedBeside,
  Counter,
  LaunchReadiness,
  PostureLine,
  RolloutReadiness,
} from '../../gate/index.ts'
import { wrapText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'

/**
 * All lines:
 *
 *     Guarded rollout
 *       gate.release_target.web: the rollout is gated, and is not production; its approval record has 8 blockers; deployment allowed: yes
 *
 * @returns lines, each with its newline
 */
export function renderPosture(lines: readonly PostureLine[], { columns }: TextOptions): string {
  return lines
    .flatMap((line) => [
      labelOf(line),
      ...wrapText(sentenceOf(line), columns - 2).map((text) => `  ${text}`),
    ])
    .map((text) => `${text}\n`)
    .join('')
}

const RECORD_LABELS: Readonly<Record<string, string>> = {
  attestation: 'Attestation artifact posture',
  authority: 'Authority posture',
  tracking: 'Release identity posture',
  linkage: 'Release coherence posture',
  adoption: 'Release adoption posture',
  promotion: 'Promotion posture',
  smoke: 'Smoke posture',
  rollback: 'Rollback posture',
}

const LABELS: Readonly<Record<Exclude<PostureLine['name'], 'records'>, string>> = {
  'guarded-rollout': 'Guarded rollout',
  'production-launch': 'Production launch',
  'production-timing': 'Production timing',
  provenance: 'Provenance posture',
  attestation: 'Attestation posture',
  canary: 'Canary posture',
}

/** What a line is called. */
export function labelOf(line: PostureLine): string {
  return line.name === 'records' ? (RECORD_LABELS[line.family] ?? line.family) : LABELS[line.name]
}

/** What a line says. */
export function sentenceOf(line: PostureLine): string {
  switch (line.name) {
    case 'guarded-rollout':
      return `${line.gate}: ${READINESS_WORDS[line.readiness]}; ${approvalWords(line.approval)}; deployment allowed: ${yesOrNo(line.isDeployable)}`
    case 'production-launch':
      return `${line.gate}: ${READINESS_WORDS[line.readiness]}; ${approvalWords(line.approval)}; production ready: ${yesOrNo(line.isProductionReady)}`
    case 'production-timing':
      return line.isReady
        ? 'readiness permits a launch and starts none: people do'
        : 'nothing is ready for a launch, and nothing forces one'
    case 'provenance':
      return `${line.counter.count} of ${countOf(line.counter.of ?? 0, 'approval record')} ${line.counter.count === 1 ? 'has' : 'have'} signed provenance behind them${originWords(line.counter)}`
    case 'attestation':
      return `${policies(line.counter.count)}${besideWords(line.counter)}`
    case 'records':
      return `${policies(line.policies)}; ${countOf(line.counter.count, 'adopted record')}${originWords(line.counter)}${besideWords(line.counter)}`
    case 'canary':
      return `${countOf(line.counter.count, 'rule')}; ${CANARY_WORDS[line.status]}`
  }
}

function approvalWords({ status, open }: ApprovalPosture): string {
  return status === 'fulfilled'
    ? 'its approval record is fulfilled'
    : `its approval record has ${countOf(open, 'blocker')}`
}

function originWords({ origins }: Counter): string {
  return origins === undefined ? '' : ` (live ${origins.live}, local or synthetic ${origins.local})`
}

/** `; the evidence of 2 of them is recorded, and 1 of them is fulfilled`. */
function besideWords({ beside = [] }: Counter): string {
  const words = beside.map(({ word, count }) => BESIDE_WORDS[word](count))
  return words.length === 0 ? '' : `; ${words.join(', and ')}`
}

const BESIDE_WORDS: Readonly<Record<CountedBeside['word'], (count: number) => string>> = {
  recorded: (count) => `the evidence of ${count} of them is recorded`,
  fulfilled: (count) => `${count} of them ${count === 1 ? 'is' : 'are'} fulfilled`,
  passed: (count) => `${count} of them passed`,
  trusted: (count) => `the targets of ${count} of them are trusted`,
}

const READINESS_WORDS: Readonly<Record<RolloutReadiness | LaunchReadiness, string>> = {
  'gated-rollout-not-production': 'the rollout is gated, and is not production',
  'gated-rollout-blocked': 'the rollout is gated, and blocked',
  'launch-ready': 'it is ready for a launch',
  'rollout-allowed-launch-blocked': 'the rollout is allowed, and the launch is blocked',
  'rollout-defined-launch-blocked': 'the rollout is defined, and the launch is blocked',
}

const CANARY_WORDS: Readonly<Record<CanaryStatus, string>> = {
  'no-rule': 'so no canary is asked for',
  'rules-defined-no-canary': 'no canary of a release in use is accepted',
  'canary-accepted': 'a canary of a release in use is accepted',
}

function policies(count: number): string {
  return count === 1 ? '1 policy' : `${count} policies`
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}
