// What stands in the way of believing a report.

import { acceptedCheck, type Check, quote, refusedCheck } from '../../core/index.ts'
import type { Evidence } from '../../policy/index.ts'
import type { GateCode } from '../problem.ts'
import type { Report, ReportStanding } from './report.ts'

type Refusal = Readonly<{
  outcome: 'unverified' | 'missing' | 'rejected'
  code: GateCode
  message: string
}>

const REFUSALS: Readonly<Record<Exclude<ReportStanding, 'bound'>, Refusal>> = {
  loose: {
    outcome: 'unverified',
    code: 'gate/report-loose',
    message: 'No accepted evidence names the report by its digest',
  },
  absent: { outcome: 'missing', code: 'gate/report-absent', message: 'The report is not there' },
  unreadable: {
    outcome: 'rejected',
    code: 'gate/report-unreadable',
    message: 'The report can not be read',
  },
  changed: {
    outcome: 'rejected',
    code: 'gate/report-changed',
    message: 'Accepted evidence names other bytes than the report has',
  },
  contradicted: {
    outcome: 'rejected',
    code: 'gate/report-contradicted',
    message: 'Accepted evidence names several reports under one path',
  },
}

/** Accepted for a report that is bound: then it counts, whatever it says. */
export function checkReport(report: Report): Check {
  const { path, standing, boundBy, reason } = report
  const by = boundBy.map(tell).join(', ')
  if (standing === 'bound') {
    const message = 'Accepted evidence names the report by its digest'
    return acceptedCheck('report', message, { expected: quote(path), found: by })
  }
  const { outcome, code, message } = REFUSALS[standing]
  const why = [reason === undefined ? [] : [reason], by === '' ? [] : [`named by ${by}`]].flat()
  return refusedCheck('report', outcome, code, message, {
    expected: quote(path),
    ...(why.length > 0 && { found: why.join('; ') }),
  })
}

function tell({ sha256, family, signer }: Evidence): string {
  return `${family} ${sha256} of ${quote(signer.principal)}`
}
