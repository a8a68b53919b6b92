// Go or no-go (seed 002): every control of a playbook over what a ledger holds of a release, in the order of the playbook.

import { type Check, combineOutcomes, type Instant, type Outcome } from '../../core/index.ts'
import {
  checkPolicy,
  type Evidence,
  type EvidenceIndex,
  type ExpressionAnswers,
  indexEvidence,
  type PlaybookControl,
  type PolicyOf,
  type Registry,
} from '../../policy/index.ts'
import { type GateSubject, opposed } from '../gate-subject.ts'
import type { GateDecision } from '../judge-gate.ts'
import { OPPOSING_FAMILIES, withOpposition } from '../opposition.ts'
import { type Report, reportAt } from '../reports/report.ts'
import { type ControlFinding, controlOf } from './control.ts'
import { judgeJob } from './control-job.ts'
import { judgeReport, judgeSummary } from './control-report.ts'
import { type DecisionFinding, judgeDecision } from './decision.ts'
import { isOnlyOf, judgeException, openExternal } from './exception.ts'
import type { FirstActions } from './operations/incidents.ts'

/** What is asked about a release. */
export interface PlaybookQuestion {
  readonly policy: PolicyOf<'playbook'>
  readonly registry: Registry
  readonly subject: GateSubject
  /** About the release, and about the commit that it was built from. */
  readonly evidence: readonly Evidence[]
  /** Every file that the playbook names. */
  readonly reports: ReadonlyMap<string, Report>
  /** Of the sections after the second. */
  readonly further: readonly ControlFinding[]
  /** What the project can not force, where the playbook says how it is shown. */
  readonly closure?: ControlFinding | undefined
  /** What to do first, where something counts as an incident. */
  readonly first?: FirstActions | undefined
  readonly now: Instant
  readonly answers?: ExpressionAnswers
  /** Exceptions make nothing good. */
  readonly isStrict: boolean
}

/** What a playbook comes to, with every reason. */
export interface PlaybookFinding {
  readonly policy: PolicyOf<'playbook'>
  readonly subject: GateSubject
  readonly decision: GateDecision
  /** Of all sections, in their order. */
  readonly controls: readonly ControlFinding[]
  readonly decided: DecisionFinding
  readonly first?: FirstActions
  /** Of the exception, where its control is unverified; `isUsed` where it would be no-go without it. */
  readonly exception?: {
    readonly control: string
    readonly isUsed: boolean
    readonly check: Check
  }
}

/** Judges a playbook. */
export function judgePlaybook(question: PlaybookQuestion): PlaybookFinding {
  const { policy, registry, reports, now, answers, isStrict } = question
  const evidence = indexEvidence(question.evidence)
  const subject = subjectOf(question, evidence)
  const decided = judgeDecision({ policy, subject, evidence, now })
  const controls = inOrder([
    ...policy.controls.map((control) => judgeControl(control, question)),
    question.closure ?? openExternal(policy),
    ...question.further,
    controlOf(policy.decision, decided),
  ])
  const { id } = policy.exception
  const context = { registry, release: subject.release, commit: subject.commit, now, answers }
  const isAsked = controls.some((control) => isOnlyOf(control, id))
  const check = judgeException({ policy, controls, reports, evidence, context })
  const isSound = subject.against.length === 0
  const isGo = isSound && controls.every(({ word }) => word === 'passed')
  // What is unverified for another reason is refused by the exception, and what is missing or failed as well.
  const isUsed = isSound && isAsked && check.outcome === 'accepted' && !isStrict
  return {
    ...{ policy, subject, controls, decided },
    decision: isGo ? 'go' : isUsed ? 'go-by-exception' : 'no-go',
    ...(question.first !== undefined && { first: question.first }),
    ...(isAsked && { exception: { control: id, isUsed, check } }),
  }
}

/** With what speaks against the release whatever the controls come to, and against the playbook itself: its time may be over. */
function subjectOf(
  { policy, registry, subject, now }: PlaybookQuestion,
  evidence: EvidenceIndex,
): GateSubject {
  const inDate = checkPolicy(policy.id, { registry, now })
  // An incident that is open is a control of its own, where the playbook has any of them.
  const families = OPPOSING_FAMILIES.filter((family) => {
    return family !== 'incident' || policy.incidents === undefined
  })
  const own = opposed(subject, inDate.outcome === 'accepted' ? undefined : inDate)
  return withOpposition(own, evidence, now, families)
}

/** Of a decision that is good, that it is; else the gravest of what stands in its way. */
export function outcomeOfPlaybook({ decision, controls, subject }: PlaybookFinding): Outcome {
  if (decision !== 'no-go') return 'accepted'
  return combineOutcomes([...controls, ...subject.against])
}

/** Every path that the second section of a playbook names. */
export function pathsOfPlaybook({ controls, exception }: PolicyOf<'playbook'>): readonly string[] {
  const named = controls.flatMap((control) => {
    if ('job' in control) return control.job.publishes ?? []
    return 'report' in control ? [control.report.path] : [control.summary.path]
  })
  return [...new Set([...named, exception.runbook, ...exception.attached])]
}

function judgeControl(control: PlaybookControl, question: PlaybookQuestion): ControlFinding {
  const { reports } = question
  if ('job' in control) return controlOf(control, judgeJob(control.job, question))
  if ('report' in control) {
    return controlOf(control, judgeReport(control.report, reportAt(reports, control.report.path)))
  }
  return controlOf(control, judgeSummary(control.summary, reportAt(reports, control.summary.path)))
}

/** By section, and within one as they come. */
function inOrder(controls: readonly ControlFinding[]): readonly ControlFinding[] {
  return controls.toSorted((a, b) => compareSections(a.section, b.section))
}

/** `2.10` comes after `2.9`, and `2` before both. */
function compareSections(one: string, other: string): number {
  const theirs = other.split('.').map(Number)
  const ours = one.split('.').map(Number)
  const apart = ours.map((part, index) => part - (theirs[index] ?? 0)).find((by) => by !== 0)
  return apart ?? ours.length - theirs.length
}
