// Readiness for a deployment, as JSON and as text. Nothing is computed here.

import { escapeText, type JsonObject, quote } from '../../core/index.ts'
import type { CriterionFinding, ReadinessFinding, StageFinding } from '../../gate/index.ts'
import { documentOfVerdict } from '../verdict-document.ts'
import { renderVerdict, type TextOptions } from '../verdict-text.ts'

/** The members of `readiness.json` that the finding gives. */
export function documentOfReadiness(finding: ReadinessFinding): JsonObject {
  const { policy, subject, standing, stages, productionWriteFromSelfService } = finding
  return {
    policy: { id: policy.id, sha256: policy.digest },
    ...(subject.release !== undefined && { release: subject.release.id }),
    standing,
    ...(subject.unsound !== undefined && { unsound: documentOfVerdict(subject.unsound) }),
    production_write_from_self_service: productionWriteFromSelfService,
    stages: stages.map(({ id, title, owners, criteria, exit, ...stage }) => ({
      id,
      title,
      standing: stage.standing,
      owners: owners.map(({ roles, principal }) => ({
        roles: [...roles],
        ...(principal !== undefined && { principal }),
      })),
      criteria: criteria.map(documentOfCriterion),
      exit: exit.map(documentOfCriterion),
    })),
  }
}

function documentOfCriterion({ id, standing, declaredBy, check }: CriterionFinding): JsonObject {
  return { id, standing, declaredBy: [...declaredBy], verdict: documentOfVerdict(check) }
}

/** `continue`, the longest of the words, and two blanks. */
const WIDTH = 'continue'.length + 2

/** A line for the whole, for each stage, and for each criterion: who declares it stands beside it (seed ruling 4). */
export function renderReadiness(finding: ReadinessFinding, options: TextOptions): string {
  const { policy, subject, standing, stages, productionWriteFromSelfService } = finding
  const { unsound } = subject
  const records = unsound === undefined ? '' : `\n${renderVerdict(unsound, options)}`
  const lines = [
    `${standing.padEnd(WIDTH)}${policy.id}`,
    `production_write_from_self_service=${productionWriteFromSelfService}`,
    ...stages.flatMap(linesOfStage),
  ]
  return lines.map((line) => `${line}\n`).join('') + records
}

function linesOfStage({ id, title, standing, owners, criteria, exit }: StageFinding) {
  const named = owners.map(({ roles, principal }) =>
    escapeText(
      `${roles.join(' or ')}: ${principal === undefined ? 'nobody yet' : quote(principal)}`,
    ),
  )
  return [
    '',
    `${standing.padEnd(WIDTH)}${id}: ${quote(title)}`,
    `${' '.repeat(WIDTH)}owners: ${named.join(', ')}`,
    ...criteria.map((criterion) => lineOf('criterion', criterion)),
    ...exit.map((criterion) => lineOf('exit', criterion)),
  ]
}

function lineOf(kind: string, { id, standing, declaredBy }: CriterionFinding): string {
  const by = declaredBy.length === 0 ? '' : `, declared by ${declaredBy.map(quote).join(', ')}`
  return `  ${standing.padEnd(WIDTH)}${kind} ${id}${by}`
}
