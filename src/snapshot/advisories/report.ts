// A report of advisories, whichever tool wrote it.

import {
  type Instant,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  LIMITS,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { SnapshotProblem } from '../problem.ts'
import type { AdvisoryReport } from './advisory.ts'
import { readNpmReport } from './npm/npm-report.ts'
import { readLegacyNpmReport } from './npm/npm-report-legacy.ts'
import { readOsvList, readOsvScan } from './osv/osv-report.ts'

/** By the member that only this form has. */
const FORMS = {
  auditReportVersion: readNpmReport,
  advisories: readLegacyNpmReport,
  results: readOsvScan,
  vulns: readOsvList,
} as const satisfies Readonly<Record<string, Reader>>

type Reader = (document: JsonObject, now: Instant) => Result<AdvisoryReport, SnapshotProblem>

/**
 * Reads a report: `npm audit --json` of npm 7 and later or in its older form, the JSON of osv-scanner, or a list of OSV vulnerabilities.
 *
 * @param now what is withdrawn by then counts no more
 */
export function parseAdvisoryReport(
  bytes: Uint8Array,
  now: Instant,
): Result<AdvisoryReport, SnapshotProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.inputBytesMax })
  if (!json.ok) {
    const message = 'Expected a report of advisories in JSON'
    return refuse({ code: 'snapshot/advisory-report', message, because: json.problems })
  }
  const report = readDocument(json.value, now)
  if (!report.ok || report.value.advisories.length <= LIMITS.advisoriesMax) return report
  const message = `Expected at most ${LIMITS.advisoriesMax} advisories, found ${report.value.advisories.length}`
  return refuse({ code: 'snapshot/advisory-report', message })
}

function readDocument(document: JsonValue, now: Instant): Result<AdvisoryReport, SnapshotProblem> {
  // An empty list could be one of anything.
  if (Array.isArray(document) && document.length > 0) return readOsvList(document, now)
  if (!isJsonObject(document)) return foreign('another document')
  const failure = failureOf(document)
  if (failure !== undefined) {
    return refuse({
      code: 'snapshot/advisory-report-failed',
      message: `Expected a report of advisories, found that of a failure: ${quote(failure)}`,
      hint: 'Make the report again: what failed has found nothing, and shows nothing',
    })
  }
  const forms = Object.keys(FORMS).filter((member) => Object.hasOwn(document, member))
  const [form, other] = forms as (keyof typeof FORMS)[]
  if (form === undefined) return foreign('another document')
  if (other !== undefined) return foreign(`one of two forms, by ${form} and ${other}`)
  return FORMS[form](document, now)
}

function foreign(found: string): Result<never, SnapshotProblem> {
  return refuse({
    code: 'snapshot/advisory-report',
    message: `Expected a report of npm audit or osv-scanner, or a list of OSV vulnerabilities, found ${found}`,
  })
}

/** What npm writes where it could not ask: an error, or the answer that it got, beside whatever else it knew. */
function failureOf(document: JsonObject): string | undefined {
  const { error, message, statusCode } = document
  if (error === undefined && statusCode === undefined) return undefined
  const inner = isJsonObject(error) ? [error['code'], error['summary']] : [error]
  const words = [...inner, message].flatMap((each) => (typeof each === 'string' ? each : []))
  return words.filter((word) => word !== '').join(', ') || 'no reason is given'
}
