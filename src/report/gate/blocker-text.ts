// Blockers as a person reads them: sentences that are rendered from what was asked and what was found.

import { quote } from '../../core/index.ts'
import type { Blocker } from '../../gate/index.ts'
import type { RequirementFinding } from '../../policy/index.ts'
import { wrapText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'
import { reasonsOf, reasonWords } from './blocker-reasons.ts'
import { clearingWords, type ClearingWords } from './clearing-words.ts'
import { showText } from '../shown-text.ts'

const OUTCOME_WORDS: Readonly<Record<Blocker['outcome'], string>> = {
  missing: 'is not there',
  rejected: 'is not so',
  stale: 'was so, and is out of date',
  error: 'could not be judged',
  unverified: 'is not verified, and nothing in this project can make it so',
}

/** `"Smoke passed" is not there: expected one accepted: smoke about the set; found nothing`, and nothing of it stands in any document. */
export function blockerSentence({ finding, outcome }: Blocker): string {
  const { requirement, check, selected } = finding
  const facts = [
    ...(check.expected === undefined ? [] : [`expected ${check.expected}`]),
    ...(check.found === undefined ? [] : [`found ${check.found}`]),
  ]
  const isThere = outcome === 'missing' && selected.length > 0
  const word = isThere ? 'is not shown by what is there' : OUTCOME_WORDS[outcome]
  const title = `${quote(requirement.title)} ${word}`
  return facts.length === 0 ? title : `${title}: ${facts.join('; ')}`
}

const REASONS_SHOWN = 8

/** Each reason in a line; of many the first. */
export function blockerReasons({ finding }: Blocker): readonly string[] {
  const reasons = reasonsOf(finding)
  const more = reasons.length - REASONS_SHOWN
  return [
    ...reasons.slice(0, REASONS_SHOWN).map(reasonWords),
    ...(more > 0 ? [`${more} more`] : []),
  ]
}

/** SHA-256 of what was looked at and is no reason. */
export function alsoSelected({ finding }: Blocker): readonly string[] {
  const told = reasonsOf(finding).flatMap(({ piece }) => piece?.sha256 ?? [])
  return selectedIn(finding).filter((sha256) => !told.includes(sha256))
}

/** Of what is put together of others: by those that are not accepted. */
function selectedIn({ parts, selected }: RequirementFinding): readonly string[] {
  const open = parts.filter(({ outcome }) => outcome !== 'accepted')
  return open.length === 0 ? selected : [...new Set(open.flatMap(selectedIn))]
}

/** What its author says clears it, or the commands for the evidence that is asked for. */
export function blockerClearing(blocker: Blocker): ClearingWords {
  const { clears } = blocker.finding.requirement
  return clears === undefined
    ? clearingWords(blocker.clearing, blocker)
    : { words: `as the policy says, ${quote(clears)}`, commands: [] }
}

/** All of it in one line, for formats that have no more: each part is escaped by itself, so that a long one takes nothing from the others. */
export function blockerMessage(blocker: Blocker): string {
  const { words, commands } = blockerClearing(blocker)
  const reasons = blockerReasons(blocker).map((reason) => `Because: ${reason}`)
  const clears = [`Clears: ${words}`, ...commands.map((command) => `Run: ${command}`)]
  return [blockerSentence(blocker), ...reasons, ...clears].map(showText).join('. ')
}

/** A waiver of it, where there is one: what it makes good, and that it makes nothing else good. */
export function waiverWords({ outcome, waiver }: Blocker): readonly string[] {
  if (waiver === undefined) return []
  const { check, expires, owner, reason } = waiver
  const effect = waiver.outcome === 'unverified' ? 'an exception' : 'without effect'
  return [
    `waived until ${expires} by ${quote(owner)}, for ${quote(reason)} (${check}), ${effect}: it is ${outcome} all the same`,
  ]
}

/** @returns lines without their newlines; commands are whole lines, as they are run */
export function blockerLines(blocker: Blocker, { columns }: TextOptions): readonly string[] {
  const { finding, outcome } = blocker
  const indent = '    '
  const aside = (text: string) =>
    wrapText(text, columns - indent.length).map((line) => indent + line)
  const wrapped = (text: string) => aside(showText(text))
  const also = alsoSelected(blocker)
  const { words, commands } = blockerClearing(blocker)
  return [
    `  ${outcome.padEnd(10)}  ${finding.id}`,
    ...wrapped(blockerSentence(blocker)),
    ...blockerReasons(blocker).flatMap((reason) => wrapped(`because: ${reason}`)),
    ...wrapped(`rule: ${finding.position}`),
    ...(also.length > 0 ? aside(`looked at: ${also.join(' ')}`) : []),
    ...wrapped(`clears: ${words}`),
    ...commands.map((command) => `${indent}$ ${showText(command)}`),
    ...waiverWords(blocker).flatMap(wrapped),
  ]
}
