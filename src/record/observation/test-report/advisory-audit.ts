// An audit of advisories as a test report: what has to hold of it under names that never change, and each advisory by its own name.

import {
  accept,
  countOf,
  encodeTimestamp,
  type Instant,
  type Result,
  refuse,
} from '../../../core/index.ts'
import {
  type AdvisoryAudit,
  judgeAgain,
  parseAdvisoryAudit,
  renderPackage,
} from '../../../snapshot/index.ts'
import type { ObservationProblem } from '../problem.ts'
import { buildTestReport, type TestCase, type TestReport } from './test-case.ts'

/** What the audit was held against, by digest: the registry of exceptions, and the lockfiles that it is about. */
export interface AuditConfiguration {
  readonly configuration: readonly { readonly name: string; readonly sha256: string }[]
}

/**
 * Reads what `assay snapshot audit --out` wrote; what it states is computed again.
 *
 * @param now exceptions are held against this time, so that one that is over by now helps nobody; without it, against that of the audit
 */
export function readAdvisoryAudit(
  bytes: Uint8Array,
  now?: Instant,
): Result<TestReport & AuditConfiguration, ObservationProblem> {
  const audit = parseAdvisoryAudit(bytes)
  if (!audit.ok) {
    const message = 'Expected an audit of advisories as assay snapshot audit writes it'
    return refuse({ code: 'record/test-report-format', message, because: audit.problems })
  }
  const judged = now === undefined ? audit.value : judgeAgain(audit.value, encodeTimestamp(now))
  const { exceptions, snapshot } = judged
  return accept({
    ...buildTestReport('advisory-audit', casesOf(judged)),
    configuration: [
      { name: 'advisory-exceptions', sha256: exceptions.sha256 },
      ...(snapshot?.lockfiles.map(({ path, sha256 }) => ({ name: path, sha256 })) ?? []),
    ],
  })
}

/** Policies ask for these names; that the report is about a snapshot, only a scan shows. */
function casesOf(audit: AdvisoryAudit): readonly TestCase[] {
  const { counts, findings, report, snapshot } = audit
  const check = (name: string, holds: boolean): TestCase => ({
    name,
    outcome: holds ? 'passed' : 'failed',
  })
  const isScan = report.form !== 'osv'
  return [
    check('no-critical-advisory', counts.critical === 0),
    check('no-unknown-advisory', counts.unknown === 0),
    check('no-unrated-advisory', counts.unrated === 0),
    check('no-expired-exception', counts.expired === 0),
    ...(isScan && snapshot !== undefined
      ? [check('report-about-snapshot', counts.elsewhere === 0 && audit.outcome !== 'missing')]
      : []),
    ...findings.flatMap((finding) =>
      isScan || finding.standing !== 'elsewhere' ? caseOf(finding) : [],
    ),
  ]
}

/** An exception in force is a pass that is told of. */
function caseOf(finding: AdvisoryAudit['findings'][number]): TestCase {
  const { advisory, package: found, versions, standing, exceptions } = finding
  const shown = versions.slice(0, VERSIONS_SHOWN).join(', ')
  const more = versions.length - VERSIONS_SHOWN
  const rest = more > 0 ? ` and ${countOf(more, 'more version')}` : ''
  const where = `${renderPackage(found)}${shown === '' ? '' : ` (${shown}${rest})`}`
  const until = exceptions.map(({ expires }) => expires).toSorted()[0]
  const isExcepted = standing === 'excepted' && until !== undefined
  return {
    name: `${advisory} in ${where}: ${standing}${isExcepted ? ` until ${until}` : ''}`,
    outcome: isExcepted ? 'warned' : 'failed',
  }
}

const VERSIONS_SHOWN = 5
