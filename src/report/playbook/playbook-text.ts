// A playbook for people in a terminal: the summary first, and then every control with what stands in its way.

import { quote } from '../../core/index.ts'
import { type ControlFinding, type PlaybookFinding, summarizePlaybook } from '../../gate/index.ts'
import { renderAgainst } from '../gate/formats/told-gates.ts'
import { COMMANDS_NOTE, DECISION_WORDS } from '../gate/gate-text.ts'
import { wrapText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'
import { clearingOf } from './playbook-clearing.ts'
import {
  briefReasonsOf,
  countsOf,
  deciderOf,
  firstActionsOf,
  OWNER_WORDS,
  reasonsOf,
  sectionsOf,
} from './playbook-words.ts'
import { showText } from '../shown-text.ts'

/** `unverified`, the longest of the words, and two blanks. */
const WIDTH = 'unverified'.length + 2
const INDENT = ' '.repeat(WIDTH + 2)

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
          ...indent(briefReasonsOf(firstFailing), '  ', options),
          ...clearingLines(firstFailing, finding, '  ', options),
        ]),
    `decision of ${deciderOf(summary)}`,
    ...indent([`passed by section: ${sectionsOf(summary)}`], '', options),
    ...(exception === undefined ? [] : [exceptionLine(exception)]),
    ...(exception === undefined || exception.isUsed
      ? []
      : indent(reasonsOf(exception), '  ', options)),
    ...firstActionsOf(finding),
    ...controls.flatMap((control, index) => [
      ...headOf(control, controls[index - 1]),
      ...linesOf(control, finding, options),
      // It is as strong as whoever showed it (seed ruling 44).
      ...(control.id === policy.exception.id && control.word === 'passed'
        ? indent([control.check.message], INDENT, options)
        : []),
    ]),
    ...(controls.every(({ word }) => word === 'passed')
      ? []
      : ['', ...wrapText(COMMANDS_NOTE, options.columns)]),
  ]
  return renderAgainst(subject, options) + lines.map((line) => `${showText(line)}\n`).join('')
}

function exceptionLine({ control, isUsed }: NonNullable<PlaybookFinding['exception']>): string {
  return isUsed
    ? `exception in force: ${control} is not verified, and was looked at by hand`
    : `no exception for ${control}`
}

function headOf(
  { section }: ControlFinding,
  before: ControlFinding | undefined,
): readonly string[] {
  return section === before?.section ? [] : ['', `section ${section}`]
}

function linesOf(
  control: ControlFinding,
  finding: PlaybookFinding,
  options: TextOptions,
): readonly string[] {
  const { id, title, owner, word } = control
  const line = `  ${word.padEnd(WIDTH)}${id}: ${quote(title)}`
  if (word === 'passed') return [line]
  return [
    `${line}, of ${OWNER_WORDS[owner]}`,
    ...indent(reasonsOf(control), INDENT, options),
    ...clearingLines(control, finding, INDENT, options),
  ]
}

/** Commands stay on one line each: they are copied from here. */
function clearingLines(
  control: ControlFinding,
  { subject }: PlaybookFinding,
  before: string,
  options: TextOptions,
): readonly string[] {
  const cleared = clearingOf(control, subject)
  if (cleared === undefined) return []
  return [
    ...indent([`clears: ${cleared.words}`], before, options),
    ...cleared.commands.map((command) => `${before}$ ${command}`),
  ]
}

/** Each text further in, on as many lines as it needs. */
function indent(
  texts: readonly string[],
  before: string,
  { columns }: TextOptions,
): readonly string[] {
  return texts.flatMap((text) =>
    wrapText(text, columns - before.length).map((line) => `${before}${line}`),
  )
}
