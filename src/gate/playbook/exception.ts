// The exception window (section 2.5, seed ruling 39): one control that the project can not force may stay unverified, where somebody looked at
// it by hand and signed what they saw.

import { acceptedCheck, type Check, groupChecks, quote, refusedCheck } from '../../core/index.ts'
import {
  type EvidenceIndex,
  evaluateRequirement,
  type PolicyOf,
  placeRequirements,
  type RequirementContext,
} from '../../policy/index.ts'
import type { GateCode } from '../problem.ts'
import { checkReport } from '../reports/check-report.ts'
import { type Report, reportAt } from '../reports/report.ts'
import { type ControlFinding, controlOf } from './control.ts'
import type { HandClearing } from './control-clearing.ts'

/** What the exception is judged from. */
export interface ExceptionQuestion {
  readonly policy: PolicyOf<'playbook'>
  /** Every other control, and the one in question. */
  readonly controls: readonly ControlFinding[]
  readonly reports: ReadonlyMap<string, Report>
  readonly evidence: EvidenceIndex
  readonly context: RequirementContext
}

/** Whether the exception may be made; asked only where the control in question is unverified. */
export function judgeException(question: ExceptionQuestion): Check {
  const { policy, controls } = question
  const { id } = policy.exception
  const verification = judgeVerification(question)
  const others = controls.filter((control) => !isOnlyOf(control, id))
  return groupChecks('exception', `The exception for ${quote(id)}`, [
    ...verification.checks,
    ...filesOf(question).map((report) => checkNamed(report, verification.supporting)),
    checkNone(FAILED, others.filter(isFailed)),
    checkNone(
      UNVERIFIED,
      others.filter(({ word }) => word === 'unverified'),
    ),
  ])
}

/** What the project can not force is unverified until somebody shows it. */
export function openExternal({ exception }: PolicyOf<'playbook'>): ControlFinding {
  const message = 'Nothing that the project can not force itself was shown'
  const code: GateCode = 'gate/playbook-external'
  const check = refusedCheck('external', 'unverified', code, message)
  return controlOf(exception, { check, clearing: handClearing(exception) })
}

/** What somebody looks at by hand. */
export function handClearing({
  runbook,
  attached,
}: PolicyOf<'playbook'>['exception']): HandClearing {
  return { by: 'hand', runbook, attached }
}

/** True for the control itself, and for what is unverified for nothing else. */
export function isOnlyOf({ id, word, affected }: ControlFinding, excepted: string): boolean {
  if (word !== 'unverified') return false
  if (affected === undefined) return id === excepted
  return affected.length > 0 && affected.every((one) => one === excepted)
}

function isFailed({ word }: ControlFinding): boolean {
  return word === 'failed' || word === 'missing'
}

interface Verification {
  readonly checks: readonly Check[]
  /** SHA-256 of the evidence that supports it. */
  readonly supporting: ReadonlySet<string>
}

function judgeVerification({ policy, evidence, context }: ExceptionQuestion): Verification {
  const { verification } = policy.exception
  const at = ['exception', 'verification'] as const
  const findings = placeRequirements(policy, at, verification).map((placed) =>
    evaluateRequirement(placed, evidence, context),
  )
  return {
    checks: findings.map(({ check }) => check),
    supporting: new Set(
      findings.flatMap(({ outcome, supporting }) => (outcome === 'accepted' ? supporting : [])),
    ),
  }
}

/** The runbook that was followed, and what is attached. */
function filesOf({ policy, reports }: ExceptionQuestion): readonly Report[] {
  const { runbook, attached } = policy.exception
  return [runbook, ...attached].map((path) => reportAt(reports, path))
}

/** A file that others name is not what was followed: the verification itself names it. */
function checkNamed(report: Report, supporting: ReadonlySet<string>): Check {
  const bound = checkReport(report)
  if (bound.outcome !== 'accepted') return bound
  if (report.boundBy.some(({ sha256 }) => supporting.has(sha256))) return bound
  const message = 'The verification does not name the file by its digest'
  return refusedCheck<GateCode>('report', 'missing', 'gate/playbook-exception', message, {
    expected: quote(report.path),
  })
}

interface NoneOf {
  readonly name: string
  readonly holds: string
  readonly broken: string
}

const FAILED: NoneOf = {
  name: 'failed',
  holds: 'No other control failed or is missing',
  broken: 'Other controls failed or are missing',
}
const UNVERIFIED: NoneOf = {
  name: 'unverified',
  holds: 'Nothing else is unverified',
  broken: 'Something else is unverified',
}

function checkNone({ name, holds, broken }: NoneOf, controls: readonly ControlFinding[]): Check {
  if (controls.length === 0) return acceptedCheck(name, holds)
  return refusedCheck<GateCode>(name, 'rejected', 'gate/playbook-exception', broken, {
    expected: 'none',
    found: controls.map(({ id }) => quote(id)).join(', '),
  })
}
