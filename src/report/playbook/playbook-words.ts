// The words that a playbook is told in; each follows from a token of the finding.

import { failedChecks, quote } from '../../core/index.ts'
import {
  type ControlFinding,
  type ExecutiveSummary,
  type OwnerClass,
  type PlaybookFinding,
  summarizePlaybook,
} from '../../gate/index.ts'

/** Owners, as sentences have them. */
export const OWNER_WORDS: Readonly<Record<OwnerClass, string>> = {
  maintainers: 'the maintainers',
  administrators: 'the administrators',
  'release-owner': 'the release owner',
}

/** Why a control is not passed: a sentence for each reason, from the first to the last, each once. */
export function reasonsOf({ check }: Pick<ControlFinding, 'check'>): readonly string[] {
  const reasons = failedChecks(check).map(({ message, expected, found }) => {
    const facts = [
      ...(expected === undefined ? [] : [`expected ${expected}`]),
      ...(found === undefined ? [] : [`found ${found}`]),
    ]
    return facts.length === 0 ? message : `${message}: ${facts.join(', ')}`
  })
  return [...new Set(reasons)]
}

const REASONS_SHOWN = 4
const REASON_MAX = 300

/** The first reasons, none of them long: the document has all of it. */
export function briefReasonsOf(finding: Pick<ControlFinding, 'check'>): readonly string[] {
  const reasons = reasonsOf(finding)
  const more = reasons.length - REASONS_SHOWN
  return [...reasons.slice(0, REASONS_SHOWN).map(brief), ...(more > 0 ? [`and ${more} more`] : [])]
}

function brief(text: string): string {
  const characters = [...text]
  return characters.length <= REASON_MAX ? text : `${characters.slice(0, REASON_MAX).join('')} …`
}

/** `22 passed, 1 failed`: those that there are. */
export function countsOf({ counts }: ExecutiveSummary): string {
  return Object.entries(counts)
    .flatMap(([word, count]) => (count === 0 ? [] : [`${count} ${word}`]))
    .join(', ')
}

/** `2.1 (3/4), 2.2 (7/7)`. */
export function sectionsOf({ sections }: ExecutiveSummary): string {
  return sections.map(({ section, passed, total }) => `${section} (${passed}/${total})`).join(', ')
}

/** Whose decision it is, and who decided by now. */
export function deciderOf({ decision }: ExecutiveSummary): string {
  const { ownerClass, roles, owner, approver } = decision
  const who = `${OWNER_WORDS[ownerClass]} (${roles.join(' or ')})`
  if (owner === undefined) return `${who}: nobody yet`
  const other = approver === undefined ? ', and nobody else yet' : `, with ${quote(approver)}`
  return `${who}: ${quote(owner)}${other}`
}

/** The control that failed first: as a trigger tells it, else as the summary does. */
export function firstFailingControl(finding: PlaybookFinding): string | undefined {
  return finding.first?.firstFailing ?? summarizePlaybook(finding).firstFailing?.id
}

/** What to do first, numbered, where something counts as an incident. */
export function firstActionsOf(finding: PlaybookFinding): readonly string[] {
  const { first } = finding
  if (first === undefined) return []
  const control = firstFailingControl(finding)
  const why = [
    ...first.fired.map((id) => `the trigger ${quote(id)} fires`),
    ...first.open.map((name) => `the incident ${quote(name)} is open`),
  ]
  return [
    `incident: ${why.join(', ')}`,
    ...(control === undefined ? [] : [`first failing control: ${quote(control)}`]),
    ...first.actions.map((action, index) => `${index + 1}. ${quote(action)}`),
  ]
}
