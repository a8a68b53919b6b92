// Blockers as a person reads them: sentences that are rendered from what was asked and what was found.

import { escapeText, quote } from '../../core/index.ts'
import type { Blocker } from '../../gate/index.ts'
import { wrapText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'
import { clearingWords } from './clearing-words.ts'

const OUTCOME_WORDS: Readonly<Record<Blocker['outcome'], string>> = {
  missing: 'is not there',
  rejected: 'is not so',
  stale: 'was so, and is out of date',
  error: 'could not be judged',
  unverified: 'is not verified, and nothing in this project can make it so',
}

/** `The requirement "ci" is not there: one accepted: test-result about the commit; found nothing`, and nothing of it stands in any document. */
export function blockerSentence({ finding, outcome }: Blocker): string {
  const { requirement, check } = finding
  const facts = [
    ...(check.expected === undefined ? [] : [`expected ${check.expected}`]),
    ...(check.found === undefined ? [] : [`found ${check.found}`]),
  ]
  return `${quote(requirement.title)} ${OUTCOME_WORDS[outcome]}: ${facts.join('; ')}`
}

/** What its author says clears it, or the command for the evidence that is asked for. */
export function blockerClearing({ finding, clearing }: Blocker): string {
  const { clears } = finding.requirement
  return clears === undefined ? clearingWords(clearing) : `as the policy says, ${quote(clears)}`
}

/** @returns lines without their newlines */
export function blockerLines(blocker: Blocker, { columns }: TextOptions): readonly string[] {
  const { finding, outcome, waiver } = blocker
  const indent = '    '
  const wrapped = (text: string) =>
    wrapText(escapeText(text), columns - indent.length).map((line) => indent + line)
  return [
    `  ${outcome.padEnd(10)}  ${finding.id}`,
    ...wrapped(blockerSentence(blocker)),
    ...wrapped(`rule: ${finding.position}`),
    ...(finding.selected.length > 0 ? wrapped(`looked at: ${finding.selected.join(' ')}`) : []),
    ...wrapped(`clears: ${blockerClearing(blocker)}`),
    ...(waiver === undefined
      ? []
      : wrapped(
          `waived until ${waiver.expires} by ${quote(waiver.owner)}, for ${quote(waiver.reason)}: it is ${outcome} all the same`,
        )),
  ]
}
