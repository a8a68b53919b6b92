// A release as a person reads it: what it comes to, then its records by their phases, each with all that is computed of it.

import { countOf, escapeText } from '../../core/index.ts'
import { flowText, renderRecord, type TextOptions } from '../../report/index.ts'
import type { RecordReport, ReleaseReport } from './release-report.ts'

/** How much is said of it. */
export interface ReleaseTextOptions extends TextOptions {
  /** False behind the first thousands of a large ledger: then the records are counted. */
  readonly isWhole: boolean
}

const MARGIN = ' '.repeat(10)

/** Lines, each with its newline. */
export function describeRelease(report: ReleaseReport, options: ReleaseTextOptions): string {
  const { id, check, records, commit, commitRecords } = report
  const { columns, isWhole } = options
  const summary = summarize(report).map(escapeText)
  const lines = [
    `${check.outcome.padEnd(MARGIN.length)}${escapeText(id)}`,
    ...flowText(summary, columns - MARGIN.length, '; ').map((line) => MARGIN + line),
    ...(isWhole ? [...byPhase(records)].flatMap((group) => describeGroup(group, options)) : []),
    ...(isWhole && commit !== undefined
      ? describeGroup([`its commit ${commit.slice(0, 12)}`, commitRecords], options)
      : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** What all of it comes to, before any of it is told. */
function summarize(report: ReleaseReport): readonly string[] {
  const { digest, phases, records, commitRecords, generated, contradictions, refused } = report
  const deciding = [...records, ...commitRecords].filter(
    ({ overtakenBy }) => overtakenBy === undefined,
  )
  return [
    ...(report.isWithdrawn ? ['withdrawn'] : []),
    deciding.length === 0
      ? 'no record counts'
      : `${countOf(deciding.length, 'record')}: ${countOutcomes(deciding)}`,
    ...(refused > 0 ? [`not accepted: ${countOf(refused, 'record')}`] : []),
    ...(contradictions > 0 ? [`contradictions: ${contradictions}`] : []),
    ...(generated.length > 0
      ? [`generated, adopted by nobody, counted nowhere: ${countFamilies(generated)}`]
      : []),
    ...(phases.length > 0 ? [`phases: ${phases.join(', ')}`] : []),
    ...(digest === undefined ? [] : [`set ${digest.slice(0, 12)}`]),
  ]
}

/** `9 accepted, 1 missing (rollback)`: who is to act on it reads which families. */
function countOutcomes(records: readonly RecordReport[]): string {
  const outcomes = Map.groupBy(records, ({ outcome }) => outcome)
  return [...outcomes]
    .map(([outcome, some]) => {
      const count = `${some.length} ${outcome}`
      return outcome === 'accepted' ? count : `${count} (${countFamilies(some)})`
    })
    .join(', ')
}

/** `tracking, smoke (2)` */
function countFamilies(records: readonly Pick<RecordReport, 'family'>[]): string {
  return [...Map.groupBy(records, ({ family }) => family)]
    .map(([family, { length }]) => (length === 1 ? family : `${family} (${length})`))
    .join(', ')
}

function byPhase(records: readonly RecordReport[]): ReadonlyMap<string, readonly RecordReport[]> {
  return Map.groupBy(records, ({ phase = 'no phase' }) => phase)
}

function describeGroup(
  [name, records]: readonly [string, readonly RecordReport[]],
  options: TextOptions,
): readonly string[] {
  const places = new Map(records.map(({ sha256, index }) => [sha256, index]))
  return [
    `  ${name}`,
    ...records.flatMap((record) => {
      const { overtakenBy } = record
      const place = overtakenBy === undefined ? undefined : places.get(overtakenBy)
      const later = place === undefined ? overtakenBy?.slice(0, 12) : `entry ${place}`
      return renderRecord({ ...record, overtakenBy: later }, options, '    ')
    }),
  ]
}
