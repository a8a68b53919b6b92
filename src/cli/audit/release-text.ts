// A release in a few lines for a person: which families there are and what each comes to.

import { countOf, escapeText } from '../../core/index.ts'
import type { RecordReport, ReleaseReport } from './release-report.ts'

/** Lines, each with its newline. */
export function describeRelease(report: ReleaseReport): readonly string[] {
  const { id, check, phases, records, commit, commitRecords, generated } = report
  const lines = [
    `${check.outcome.padEnd(10)}${id}`,
    ...(phases.length > 0 ? [`phases: ${phases.join(', ')}`] : []),
    ...records.map(describeRecord),
    ...(commit === undefined ? [] : [`about its commit ${commit}:`]),
    ...commitRecords.map((record) => `  ${describeRecord(record)}`),
    ...(generated.length === 0
      ? []
      : [
          `generated, adopted by nobody, counted nowhere: ${generated.map(({ family }) => family).join(', ')}`,
        ]),
    ...describeTrouble(report),
  ]
  return lines.map((line, at) => `${at === 0 ? '' : '          '}${escapeText(line)}\n`)
}

function describeRecord(record: RecordReport): string {
  const { family, status, phase, evidence, signer, overtakenBy } = record
  const later = overtakenBy === undefined ? '' : `; ${overtakenBy.slice(0, 12)} made up for it`
  const where = [phase, evidence].flatMap((part) => part ?? []).join(', ')
  return `${family}: ${status}${where === '' ? '' : ` (${where})`}, signed by ${signer}${later}`
}

function describeTrouble({ contradictions, refused, isWithdrawn }: ReleaseReport): string[] {
  return [
    ...(contradictions > 0 ? [`contradictions: ${contradictions}`] : []),
    ...(refused > 0 ? [`not accepted: ${countOf(refused, 'record')}`] : []),
    ...(isWithdrawn ? ['withdrawn'] : []),
  ]
}
