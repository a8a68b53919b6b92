// What clears a control: by what the playbook asks for there, and by why it is not passed.

import { failedChecks, quote } from '../../core/index.ts'
import type { ControlFinding, PlaybookFinding } from '../../gate/index.ts'
import type {
  PlaybookAttachment,
  PlaybookControl,
  PlaybookTrigger,
  PolicyOf,
} from '../../policy/index.ts'
import { commandsFor } from '../gate/clearing-commands.ts'
import type { ClearingWords } from '../gate/clearing-words.ts'
import {
  attachedRulesetLines,
  incidentLines,
  jobLines,
  lineageLines,
  rulesetLines,
  sequenceLines,
  verificationLines,
  writeLines,
} from './clearing-lines.ts'

type About = Pick<PlaybookFinding, 'policy' | 'subject'>

/** What there is to do about a control that is not passed. */
export function clearingOf(control: ControlFinding, about: About): ClearingWords {
  const { policy, subject } = about
  const { controls, sequences, attachments, incidents, exception, decision } = policy
  const is = ({ id, section }: Pick<ControlFinding, 'id' | 'section'>) =>
    id === control.id && section === control.section
  const condition = controls.find(is)
  if (condition !== undefined) return conditionClearing(condition, control, about)
  const sequence = sequences?.find(is)
  if (sequence !== undefined) {
    const words = `run all commands of the sequence ${quote(sequence.id)} in its order, and record that`
    return { words, commands: sequenceLines(subject) }
  }
  const attachment = attachments?.find(is)
  if (attachment !== undefined) return attachmentClearing(attachment, control, about)
  const trigger = incidents?.triggers.find(is)
  if (trigger !== undefined) return triggerClearing(trigger, control, about)
  if (is(exception)) return closureClearing(control, about)
  if (is(decision)) return decisionClearing(control, about)
  return { words: CLOSE, commands: incidentLines(subject) }
}

function hasCode({ check }: ControlFinding, wanted: string): boolean {
  return failedChecks(check).some(({ code }) => code === wanted)
}

/** Those of the paths that are not bound. */
function openPaths(paths: readonly string[], { check }: ControlFinding): readonly string[] {
  const open = failedChecks(check)
    .filter(({ name }) => name === 'report')
    .map(({ expected }) => expected)
  return paths.filter((path) => open.includes(quote(path)))
}

function conditionClearing(
  condition: PlaybookControl,
  control: ControlFinding,
  about: About,
): ClearingWords {
  if ('job' in condition) {
    const { name, publishes = [] } = condition.job
    return hasCode(control, 'gate/playbook-job')
      ? jobClearing(name, about)
      : writing(openPaths(publishes, control), about)
  }
  if ('report' in condition) {
    const mend = hasCode(control, 'gate/playbook-condition')
      ? ['mend what the report is about']
      : []
    return writing([condition.report.path], about, mend)
  }
  const mend = hasCode(control, 'gate/playbook-summary')
    ? ['mend the controls that the summary lists']
    : []
  return writing([condition.summary.path], about, mend)
}

/** A file counts as it was written, where a record names it. */
function writing(
  paths: readonly string[],
  { subject }: About,
  before: readonly string[] = [],
): ClearingWords {
  const named = paths.map(quote).join(' and ')
  const run = `run what writes ${named}, so that a record names each by its digest`
  return { words: [...before, run].join(', and '), commands: writeLines(paths, subject) }
}

function jobClearing(name: string, { policy, subject }: About): ClearingWords {
  const roles = policy.jobRoles.map(quote).join(' or ')
  const words = `a run in which the job ${quote(name)} passed, recorded by a signer in the role ${roles}`
  return { words, commands: jobLines(subject) }
}

function attachmentClearing(
  attachment: PlaybookAttachment,
  control: ControlFinding,
  about: About,
): ClearingWords {
  const { subject } = about
  if ('run' in attachment) {
    const words = 'provenance that names the address of its run'
    return { words, commands: commandsFor({ family: 'provenance' }, subject) }
  }
  if ('files' in attachment) return writing(openPaths(attachment.files, control), about)
  if ('ruleset' in attachment) {
    const { anyOf, role, none } = attachment.ruleset
    const files = anyOf.map(quote).join(', ')
    const words = `one of ${files}, named by a record; or a person in the role ${quote(role)} signs a test result in which ${quote(none)} passed`
    return { words, commands: attachedRulesetLines(attachment.ruleset, subject) }
  }
  const first = hasCode(control, 'gate/attachment-refused')
    ? 'settle first what is not accepted of the release; then '
    : ''
  const words = `${first}what the ledger shows, built from it anew, and a record that names it by its digest`
  if ('lineage' in attachment) {
    return { words, commands: lineageLines(attachment.lineage, undefined, subject) }
  }
  const [before = '', after = ''] = attachment.promotion.split('<environment>')
  const commands = pathsIn(control.check).flatMap((path) => {
    const environment = path.slice(before.length, path.length - after.length)
    return lineageLines(path, environment, subject)
  })
  return { words, commands }
}

/** Paths of the reports in whatever is not accepted. */
function pathsIn({
  outcome,
  name,
  expected = '',
  checks = [],
}: ControlFinding['check']): readonly string[] {
  if (name === 'report') return [expected.slice(1, -1)]
  return outcome === 'accepted' ? [] : checks.flatMap(pathsIn)
}

const OPEN = 'open an incident that names the trigger'
const CLOSE =
  'close the incident: with its cause, the corrective action and the run that passed after it'

function triggerClearing(
  trigger: PlaybookTrigger,
  control: ControlFinding,
  about: About,
): ClearingWords {
  const cause = causeClearing(trigger, about)
  if (hasCode(control, 'gate/incident-trigger')) return cause
  const isOpen = hasCode(control, 'gate/incident-open')
  const answer = isOpen ? CLOSE : `${OPEN} ${quote(trigger.id)}`
  const incident = incidentLines(about.subject)
  // What came before is dealt with when its incident is closed; what fails still is not.
  if ('breaches' in trigger) {
    return { words: isOpen ? CLOSE : `${answer}, and then ${CLOSE}`, commands: incident }
  }
  return { words: `${answer}; and ${cause.words}`, commands: [...incident, ...cause.commands] }
}

/** What shows that a trigger is quiet. */
function causeClearing(trigger: PlaybookTrigger, about: About): ClearingWords {
  if ('job' in trigger) return jobClearing(trigger.job, about)
  if ('summary' in trigger) {
    return writing(trigger.summary.paths, about, ['mend the controls that the summary lists'])
  }
  const { report } = trigger.breaches
  return writing(report === undefined ? [] : [report.path], about)
}

function closureClearing(control: ControlFinding, about: About): ClearingWords {
  const { policy, subject } = about
  const { closure, exception } = policy
  const byHand = {
    words: `somebody follows ${quote(exception.runbook)}, and signs what the exception asks for`,
    commands: verificationLines([exception.runbook, ...exception.attached], subject),
  }
  if (closure === undefined) return byHand
  const { export: path, role, bypassReview } = closure
  const isOpen = control.word === 'unverified'
  const mend = isOpen
    ? ''
    : 'put right in the settings what the export shows, and export it again: '
  const words = `${mend}${quote(path)}, signed by a person in the role ${quote(role)} in a test result in which ${quote(bypassReview)} passed`
  const commands = rulesetLines(closure, subject)
  return isOpen
    ? { words: `${words}; or ${byHand.words}`, commands: [...commands, ...byHand.commands] }
    : { words, commands }
}

function decisionClearing(control: ControlFinding, { policy, subject }: About): ClearingWords {
  const { scope, ownerRoles, approverRoles } = policy.decision
  const anew = control.word === 'failed' ? '; whoever decided against it decides anew' : ''
  const others = namedOnce([...ownerRoles, ...approverRoles])
  const words = `an approval in the role ${namedOnce(ownerRoles)}, and one of somebody else in the role ${others}${anew}`
  return { words, commands: commandsFor({ family: 'approval', scope }, subject) }
}

function namedOnce(roles: PolicyOf<'playbook'>['jobRoles']): string {
  return [...new Set(roles)].map(quote).join(' or ')
}
