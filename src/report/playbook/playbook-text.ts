// A playbook for people in a terminal: the summary first, and then every control with what stands in its way.

import { escapeText, quote } from '../../core/index.ts'
import { type ControlFinding, type PlaybookFinding, summarizePlaybook } from '../../gate/index.ts'
import { DECISION_WORDS } from '../gate/gate-text.ts'
import { renderVerdict, type TextOptions } from '../verdict-text.ts'
import { countsOf, deciderOf, firstActionsOf, OWNER_WORDS, reasonsOf } from './playbook-words.ts'

/** `unverified`, the longest of the words, and two blanks. */
const WIDTH = 'unverified'.length + 2

/** The lines of one playbook. */
export function renderPlaybook(finding: PlaybookFinding, options: TextOptions): string {
  const { policy, subject, decision, controls, exception } = finding
  const summary = summarizePlaybook(finding)
  const { firstFailing } = summary
  const lines = [
    `${DECISION_WORDS[decision]}: ${policy.id}`,
    ...(subject.release === undefined ? [] : [`release: ${subject.release.id}`]),
    `status: ${summary.status} (${countsOf(summary)})`,
    ...(firstFailing === undefined
      ? []
      : [
          `first failing control: ${firstFailing.id} (section ${firstFailing.section}), of ${OWNER_WORDS[firstFailing.owner]}`,
        ]),
    `decision of ${deciderOf(summary)}`,
    ...(exception === undefined ? [] : [exceptionLine(exception)]),
    ...(exception === undefined || exception.isUsed
      ? []
      : reasonsOf(exception).map((reason) => `  ${reason}`)),
    ...firstActionsOf(finding),
    ...controls.flatMap((control, index) => linesOf(control, controls[index - 1])),
  ]
  const records =
    subject.unsound === undefined ? '' : `${renderVerdict(subject.unsound, options)}\n`
  return records + lines.map((line) => `${escapeText(line)}\n`).join('')
}

function exceptionLine({ control, isUsed }: NonNullable<PlaybookFinding['exception']>): string {
  return isUsed
    ? `exception in force: ${control} is not verified, and was looked at by hand`
    : `no exception for ${control}`
}

function linesOf(control: ControlFinding, before: ControlFinding | undefined): readonly string[] {
  const { id, title, section, owner, word } = control
  const head = section === before?.section ? [] : ['', `section ${section}`]
  const line = `  ${word.padEnd(WIDTH)}${id}: ${quote(title)}`
  if (word === 'passed') return [...head, line]
  const indent = ' '.repeat(WIDTH + 2)
  return [
    ...head,
    `${line}, of ${OWNER_WORDS[owner]}`,
    ...reasonsOf(control).map((reason) => `${indent}${reason}`),
  ]
}
