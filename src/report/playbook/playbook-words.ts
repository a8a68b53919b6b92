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

/** Why a control is not passed: a sentence for each reason, from the first to the last. */
export function reasonsOf({ check }: Pick<ControlFinding, 'check'>): readonly string[] {
  return failedChecks(check).map(({ message, expected, found }) => {
    const facts = [
      ...(expected === undefined ? [] : [`expected ${expected}`]),
      ...(found === undefined ? [] : [`found ${found}`]),
    ]
    return facts.length === 0 ? message : `${message}: ${facts.join(', ')}`
  })
}

/** `22 passed, 1 failed`: those that there are. */
export function countsOf({ counts }: ExecutiveSummary): string {
  return Object.entries(counts)
    .flatMap(([word, count]) => (count === 0 ? [] : [`${count} ${word}`]))
    .join(', ')
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
