// A playbook as Markdown, for a release or a pull request: the executive summary, and a table of the controls.

import { type PlaybookFinding, summarizePlaybook } from '../../gate/index.ts'
import { plain } from '../gate/formats/markdown.ts'
import { DECISION_WORDS } from '../gate/gate-text.ts'
import { countsOf, deciderOf, firstActionsOf, OWNER_WORDS, reasonsOf } from './playbook-words.ts'

/** One section. */
export function markdownOfPlaybook(finding: PlaybookFinding): string {
  const { policy, subject, decision, controls, exception } = finding
  const summary = summarizePlaybook(finding)
  const { firstFailing } = summary
  const lines = [
    `## ${plain(policy.id)}: ${DECISION_WORDS[decision]}`,
    '',
    `- release: ${plain(subject.release?.id ?? 'none')}`,
    `- consolidated status: **${summary.status}** (${countsOf(summary)})`,
    `- first failing control: ${
      firstFailing === undefined
        ? 'none'
        : `**${plain(firstFailing.id)}** (section ${firstFailing.section}), of ${OWNER_WORDS[firstFailing.owner]}`
    }`,
    `- decision of ${plain(deciderOf(summary))}`,
    ...(subject.unsound === undefined
      ? []
      : reasonsOf({ check: subject.unsound }).map(
          (reason) => `- **nothing of it counts**: ${plain(reason)}`,
        )),
    ...(exception === undefined
      ? []
      : [
          `- exception for ${plain(exception.control)}: ${exception.isUsed ? 'in force' : 'not made'}`,
          ...(exception.isUsed ? [] : reasonsOf(exception).map((reason) => `  - ${plain(reason)}`)),
        ]),
    ...firstActionsOf(finding).map((line, index) =>
      index === 0 ? `- ${plain(line)}` : `  - ${plain(line)}`,
    ),
    '',
    '| section | control | status | owner | why |',
    '|---|---|---|---|---|',
    ...controls.map((control) => {
      const { id, section, word, owner } = control
      const why = reasonsOf(control).map(plain).join('; ')
      return `| ${section} | ${plain(id)} | ${word} | ${OWNER_WORDS[owner]} | ${why} |`
    }),
    '',
  ]
  return lines.join('\n')
}
