// The posture of a project in sentences. Each is put together of tokens and numbers that were computed, so none can say more than they do.

import { countOf } from '../../core/index.ts'
import type { ApprovalPosture, Counter, PostureLine } from '../../gate/index.ts'
import { wrapText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'

/**
 * All lines:
 *
 *     Guarded rollout
 *       gated rollout, not production; the approval record has 8 blockers; deployment allowed: yes
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
      return `${line.gate}: ${wordsOf(line.readiness)}; ${approvalWords(line.approval)}; deployment allowed: ${yesOrNo(line.isDeployable)}`
    case 'production-launch':
      return `${line.gate}: ${wordsOf(line.readiness)}; ${approvalWords(line.approval)}; production ready: ${yesOrNo(line.isProductionReady)}`
    case 'production-timing':
      return line.isReady
        ? 'readiness permits a launch and starts none: people do'
        : 'nothing is ready for a launch, and nothing forces one'
    case 'provenance':
      return `${line.counter.count} of ${countOf(line.counter.of ?? 0, 'approval record')} ${line.counter.count === 1 ? 'has' : 'have'} signed provenance behind them${originWords(line.counter)}`
    case 'attestation':
      return `${policies(line.counter.count)}; evidence recorded of ${line.counter.beside?.count ?? 0}`
    case 'records':
      return `${policies(line.policies)}; ${countOf(line.counter.count, 'adopted record')}${originWords(line.counter)}${besideWords(line.counter)}`
    case 'canary':
      return `${countOf(line.counter.count, 'rule')}; ${wordsOf(line.status)}`
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

function besideWords({ beside }: Counter): string {
  return beside === undefined ? '' : `, ${beside.word} ${beside.count}`
}

function policies(count: number): string {
  return count === 1 ? '1 policy' : `${count} policies`
}

function wordsOf(token: string): string {
  return token.replaceAll('-', ' ')
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}
