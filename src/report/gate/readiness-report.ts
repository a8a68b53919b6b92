// Readiness for a deployment, as JSON and as text. Nothing is computed here.

import { type Check, failedChecks, type JsonObject, quote } from '../../core/index.ts'
import {
  blockersOfCriterion,
  type CriterionFinding,
  type GateSubject,
  type ReadinessFinding,
  type StageFinding,
} from '../../gate/index.ts'
import { wrapText } from '../text-wrap.ts'
import { documentOfVerdict } from '../verdict-document.ts'
import type { TextOptions } from '../verdict-text.ts'
import { blockerLines } from './blocker-text.ts'
import { documentOfBlocker } from './gate-document.ts'
import { showText } from '../shown-text.ts'
import { documentOfAgainst, renderAgainst } from './formats/told-gates.ts'

/** The members of `readiness.json` that the finding gives. */
export function documentOfReadiness(finding: ReadinessFinding): JsonObject {
  const { policy, subject, standing, stages, productionWriteFromSelfService } = finding
  return {
    policy: { id: policy.id, sha256: policy.digest },
    ...(subject.release !== undefined && { release: subject.release.id }),
    standing,
    against: subject.against.map(documentOfAgainst),
    production_write_from_self_service: productionWriteFromSelfService,
    separation: documentOfVerdict(finding.separation),
    stages: stages.map(({ id, title, owners, criteria, exit, ...stage }) => ({
      id,
      title,
      standing: stage.standing,
      owners: owners.map(({ roles, principal }) => ({
        roles: [...roles],
        ...(principal !== undefined && { principal }),
      })),
      criteria: criteria.map((one) => documentOfCriterion(one, subject)),
      exit: exit.map((one) => documentOfCriterion(one, subject)),
    })),
  }
}

function documentOfCriterion(criterion: CriterionFinding, subject: GateSubject): JsonObject {
  const { id, standing, declaredBy, check } = criterion
  return {
    ...{ id, standing, declaredBy: [...declaredBy], verdict: documentOfVerdict(check) },
    blockers: blockersOfCriterion(criterion, subject).map(documentOfBlocker),
  }
}

/** `continue`, the longest of the words, and two blanks. */
const WIDTH = 'continue'.length + 2

/** What is told of each stage. */
interface StageTold {
  readonly subject: GateSubject
  readonly options: TextOptions
}

/**
 * A line for the whole, for each stage, and for each criterion: who declares it stands beside it (seed ruling 4), and what of it is not
 * satisfied under it, as of a gate.
 */
export function renderReadiness(finding: ReadinessFinding, options: TextOptions): string {
  const { policy, subject, standing, stages, productionWriteFromSelfService } = finding
  // It stands before what is read out of it.
  const before = renderAgainst(subject, options)
  const lines = [
    `${standing.padEnd(WIDTH)}${policy.id}`,
    `production_write_from_self_service=${productionWriteFromSelfService}`,
    ...reasonLines(finding.separation, options),
    ...stages.flatMap((stage) => linesOfStage(stage, { subject, options })),
  ]
  return before + lines.map((line) => `${line}\n`).join('')
}

function linesOfStage(
  { id, title, standing, owners, criteria, exit }: StageFinding,
  told: StageTold,
): readonly string[] {
  const named = owners.map(({ roles, principal }) =>
    showText(`${roles.join(' or ')}: ${principal === undefined ? 'nobody yet' : quote(principal)}`),
  )
  return [
    '',
    `${standing.padEnd(WIDTH)}${id}: ${quote(title)}`,
    `${' '.repeat(WIDTH)}owners: ${named.join(', ')}`,
    ...criteria.flatMap((criterion) => linesOf('criterion', criterion, told)),
    ...exit.flatMap((criterion) => linesOf('exit', criterion, told)),
  ]
}

function linesOf(
  kind: string,
  criterion: CriterionFinding,
  { subject, options }: StageTold,
): readonly string[] {
  const { id, standing, declaredBy, check, finding } = criterion
  const by = declaredBy.length === 0 ? '' : `, declared by ${declaredBy.map(quote).join(', ')}`
  const line = `  ${standing.padEnd(WIDTH)}${kind} ${id}${by}`
  if (check.outcome === 'accepted') return [line]
  const reasons =
    finding === undefined
      ? failedChecks(check).flatMap((one) => reasonLines(one, options))
      : blockersOfCriterion(criterion, subject).flatMap((blocker) =>
          blockerLines(blocker, { columns: options.columns - 2 }).map((text) => `  ${text}`),
        )
  return [line, ...reasons]
}

const INDENT = '    '

/** Why a check came to what it came to, and what to do about it. */
function reasonLines(
  { message, expected, found, hint }: Check,
  { columns }: TextOptions,
): readonly string[] {
  const facts = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
  ]
  const reason = facts.length === 0 ? message : `${message}: ${facts.join('; ')}`
  const texts = [`because: ${reason}`, ...(hint === undefined ? [] : [`clears: ${hint}`])]
  return texts.flatMap((text) =>
    wrapText(showText(text), columns - INDENT.length).map((line) => `${INDENT}${line}`),
  )
}
