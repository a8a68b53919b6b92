// Gates as Markdown, for pull requests, release notes and the summary of a CI run.

import { escapeText } from '../../../core/index.ts'
import { blockersOf, type GateFinding, type ListFinding } from '../../../gate/index.ts'
import { blockerClearing, blockerSentence } from '../blocker-text.ts'

/** Everything that Markdown or HTML would take for more than text. */
const ACTIVE = /[\\`*_{}[\]()<>#+!|~&@:-]/g

/** One section for each gate. */
export function markdownOfGates(gates: readonly GateFinding[]): string {
  return gates.map(sectionOf).join('\n')
}

function sectionOf(finding: GateFinding): string {
  const { gate, decision, subject, isDeployable, launch, isProductionReady, exceptions } = finding
  const lists = [finding.deploy, ...(launch === undefined ? [] : [launch]), ...finding.fulfilment]
  const about =
    subject.release?.id ?? (subject.commit === undefined ? 'nothing' : `commit ${subject.commit}`)
  const lines = [
    `## ${plain(gate.id)}: ${decision.replaceAll('-', ' ')}`,
    '',
    `- about: ${plain(about)}`,
    `- deployment allowed: ${isDeployable ? 'yes' : 'no'}`,
    `- production ready: ${isProductionReady ? 'yes' : 'no'}`,
    ...exceptions.map(
      ({ check, owner, expires }) =>
        `- exception: ${plain(check)}, until ${plain(expires)}, by ${plain(owner)}`,
    ),
    ...lists.flatMap((list) => listLines(list, finding)),
    '',
  ]
  return lines.join('\n')
}

function listLines(list: ListFinding, finding: GateFinding): readonly string[] {
  const accepted = list.findings.filter(({ outcome }) => outcome === 'accepted').length
  return [
    '',
    `### ${plain(list.list === 'fulfilment' ? `fulfilment of ${list.policy}` : list.list)}: ${accepted} of ${list.findings.length}`,
    '',
    ...list.findings
      .filter(({ outcome }) => outcome === 'accepted')
      .map(({ id }) => `- accepted: ${plain(id)}`),
    ...blockersOf(list, finding).flatMap((blocker) => [
      `- **${blocker.outcome}**: ${plain(blocker.id)}`,
      `  - ${plain(blockerSentence(blocker))}`,
      `  - clears: ${plain(blockerClearing(blocker))}`,
    ]),
  ]
}

/** Text that stays text: no markup, no link, no mention. */
function plain(text: string): string {
  return escapeText(text).replace(ACTIVE, (character) =>
    character === '<' ? '&lt;' : character === '@' ? '&#64;' : `\\${character}`,
  )
}
