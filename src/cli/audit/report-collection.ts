// The reports of all releases, kept in one form alone, and in no more memory than a person could read.

import { type Check, groupChecks, type JsonObject, type Outcome } from '../../core/index.ts'
import type { TextOptions } from '../../report/index.ts'
import type { Format } from '../flags.ts'
import { documentOfRelease, type ReleaseReport } from './release-report.ts'
import { describeRelease } from './release-text.ts'

/** Checks that are kept whole; behind them, only what was not accepted. */
const CHECKS_MAX = 4_000
/** Behind so many, only that something was not accepted, and the first reason. */
const REASONS_MAX = 12_000

/** Reports as they come in. */
export interface ReportCollection {
  add(report: ReleaseReport): void
  /** Of all releases together. */
  check(): Check
  /** For a person. */
  readonly lines: readonly string[]
  /** For a program. */
  readonly documents: readonly JsonObject[]
  /** How many releases there are, by their outcome. */
  readonly counts: ReadonlyMap<Outcome, number>
}

/** A collection without reports, for that form alone. */
export function collectReports(format: Format, { columns }: TextOptions): ReportCollection {
  const checks: Check[] = []
  const lines: string[] = []
  const documents: JsonObject[] = []
  const counts = new Map<Outcome, number>()
  let kept = 0
  return {
    add(report) {
      const { outcome } = report.check
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
      const check = shorten(report.check, kept)
      kept += countChecks(check)
      checks.push(check)
      const isWhole = kept <= CHECKS_MAX
      if (format === 'text') lines.push(describeRelease(report, { columns, isWhole }))
      else documents.push(documentOfRelease(report, { isWhole }))
    },
    check() {
      const words = [...counts].map(([outcome, count]) => `${count} ${outcome}`)
      if (checks.length > 0) {
        return groupChecks('releases', `The releases: ${words.join(', ')}`, checks)
      }
      return {
        name: 'releases',
        outcome: 'missing',
        code: 'record/nothing-counts',
        message: 'There is no release',
      }
    },
    lines,
    documents,
    counts,
  }
}

function shorten(check: Check, kept: number): Check {
  if (kept <= CHECKS_MAX) return check
  const { checks, ...alone } = check
  if (check.outcome === 'accepted' || checks === undefined) return alone
  const refused = checks.filter(({ outcome }) => outcome !== 'accepted')
  if (kept <= REASONS_MAX) {
    return { ...check, checks: refused.map((part) => shorten(part, kept)) }
  }
  const code = findCode(check)
  return { ...alone, ...(code !== undefined && { code }) }
}

function findCode({ code, checks = [] }: Check): string | undefined {
  if (code !== undefined) return code
  for (const check of checks) {
    const found = check.outcome === 'accepted' ? undefined : findCode(check)
    if (found !== undefined) return found
  }
  return undefined
}

function countChecks({ checks = [] }: Check): number {
  return checks.reduce((count, check) => count + countChecks(check), 1)
}
