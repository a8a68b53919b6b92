// A playbook as Markdown, for a release or a pull request: the executive summary, what stands in the way, and a table of the controls.

import { quote } from '../../core/index.ts'
import { type ControlFinding, type PlaybookFinding, summarizePlaybook } from '../../gate/index.ts'
import { code, plain } from '../gate/formats/markdown.ts'
import { COMMANDS_NOTE, DECISION_WORDS } from '../gate/gate-text.ts'
import { clearingOf } from './playbook-clearing.ts'
import {
  briefReasonsOf,
  countsOf,
  deciderOf,
  firstActionsOf,
  OWNER_WORDS,
  sectionsOf,
} from './playbook-words.ts'

/** One section. */
export function markdownOfPlaybook(finding: PlaybookFinding): string {
  const { policy, decision, controls } = finding
  const open = controls.filter(({ word }) => word !== 'passed')
  const lines = [
    `## ${plain(policy.id)}: ${DECISION_WORDS[decision]}`,
    '',
    ...summaryLines(finding),
    '',
    ...(open.length === 0
      ? []
      : [
          '### What is not passed',
          '',
          ...open.flatMap((control) => controlLines(control, finding)),
          '',
          plain(COMMANDS_NOTE),
          '',
        ]),
    ...exceptionLines(finding),
    '### All controls',
    '',
    '| section | control | status | owner |',
    '|---|---|---|---|',
    ...controls.map(({ id, section, word, owner }) => {
      return `| ${section} | ${code(id)} | ${word} | ${OWNER_WORDS[owner]} |`
    }),
    '',
  ]
  return lines.join('\n')
}

function summaryLines(finding: PlaybookFinding): readonly string[] {
  const { subject, exception } = finding
  const summary = summarizePlaybook(finding)
  const { firstFailing } = summary
  return [
    `- release: ${subject.release === undefined ? 'none' : code(subject.release.id)}`,
    `- consolidated status: **${summary.status}** (${countsOf(summary)})`,
    ...subject.against.flatMap((check) => [
      '- **nothing of it counts**',
      ...briefReasonsOf({ check }).map((reason) => `  - ${plain(reason)}`),
    ]),
    ...(firstFailing === undefined
      ? ['- first failing control: none']
      : [
          `- first failing control: ${code(firstFailing.id)} (section ${firstFailing.section}), of ${OWNER_WORDS[firstFailing.owner]}`,
          ...detailLines(firstFailing, finding),
        ]),
    `- decision of ${plain(deciderOf(summary))}`,
    `- passed by section: ${sectionsOf(summary)}`,
    ...(exception === undefined
      ? []
      : [
          `- exception for ${code(exception.control)}: ${exception.isUsed ? 'in force' : 'not made'}`,
        ]),
    ...firstActionsOf(finding).map((line, index) =>
      index === 0 ? `- ${plain(line)}` : `  - ${plain(line)}`,
    ),
  ]
}

function exceptionLines({ exception }: PlaybookFinding): readonly string[] {
  if (exception === undefined || exception.isUsed) return []
  const reasons = briefReasonsOf(exception).map((reason) => `- ${plain(reason)}`)
  return ['### Why no exception is made', '', ...reasons, '']
}

function controlLines(control: ControlFinding, finding: PlaybookFinding): readonly string[] {
  const { id, title, section, word, owner } = control
  return [
    `- **${word}** ${code(id)} (section ${section}), of ${OWNER_WORDS[owner]}: ${plain(quote(title))}`,
    ...detailLines(control, finding),
  ]
}

/** Why, and what clears it. */
function detailLines(control: ControlFinding, { subject }: PlaybookFinding): readonly string[] {
  const cleared = clearingOf(control, subject)
  return [
    ...briefReasonsOf(control).map((reason) => `  - because: ${plain(reason)}`),
    ...(cleared === undefined ? [] : [`  - clears: ${plain(cleared.words)}`]),
    ...(cleared?.commands ?? []).map((command) => `  - run: ${code(command)}`),
  ]
}
