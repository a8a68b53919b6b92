// What the repository can not force (section 8, seed ruling 44): read out of a ruleset that an administrator exported and signed. It is as strong as
// that signer, and says so; where nobody exported it, it is unverified and never passed.

import {
  acceptedCheck,
  type Check,
  encodeTimestamp,
  groupChecks,
  type Instant,
  quote,
  refusedCheck,
} from '../../../core/index.ts'
import { type Evidence, millisecondsOf, type PlaybookClosure } from '../../../policy/index.ts'
import type { GateCode } from '../../problem.ts'
import type { JudgedControl } from '../control.ts'
import type { HandClearing } from '../control-clearing.ts'
import { checkReport } from '../../reports/check-report.ts'
import { type Report, reportAt } from '../../reports/report.ts'
import { listIn, valueIn } from './members.ts'
import {
  checkBypass,
  checkEnforcement,
  checkRequiredChecks,
  checkReviews,
  readRuleset,
} from './ruleset.ts'

/** What the closure is judged from. */
export interface ClosureQuestion {
  readonly closure: PlaybookClosure
  readonly reports: ReadonlyMap<string, Report>
  /** Address of the repository of the release, by its accepted provenance. */
  readonly repository: string | undefined
  readonly now: Instant
  /** What helps as long as nobody shows it. */
  readonly byHand: HandClearing
}

/** Judges it. */
export function judgeClosure(question: ClosureQuestion): JudgedControl {
  const { export: path, attached, role, bypassReview } = question.closure
  const check = checkClosure(question)
  const shown = { by: 'export', export: path, attached, role, bypassReview } as const
  const isOpen = check.outcome === 'unverified'
  return { check, clearing: isOpen ? { ...shown, otherwise: question.byHand } : shown }
}

function checkClosure(question: ClosureQuestion): Check {
  const { closure, reports } = question
  const report = reportAt(reports, closure.export)
  const nobody = report.boundBy.length === 0 && report.standing !== 'unreadable'
  if (nobody) return unverified('Nobody exported the ruleset and signed that', report)
  const bound = checkReport(report)
  if (bound.outcome !== 'accepted') return bound
  const exporters = report.boundBy.filter(({ signer }) => signer.roles.includes(closure.role))
  if (exporters.length === 0) return unverified('No administrator signed the export', report)
  const names = [...new Set(exporters.map(({ signer }) => quote(signer.principal)))].join(', ')
  return groupChecks(
    'closure',
    `The rules of the release branch, reported by ${names}: as strong as their word`,
    [bound, checkAge('export', exporters, question), ...checkContent(report, exporters, question)],
  )
}

function checkContent(
  report: Report,
  exporters: readonly Evidence[],
  question: ClosureQuestion,
): readonly Check[] {
  const { closure, reports, repository } = question
  const ruleset = readRuleset(report.content)
  if (ruleset === undefined) {
    const message = 'The export is no ruleset'
    return [refused('ruleset', 'rejected', 'gate/closure-ruleset', message, {})]
  }
  const { path, at } = closure.requiredChecks
  const required = reportAt(reports, path)
  const expected = at === undefined ? required.content : valueIn(required, at)
  return [
    group('enforcement', 'Enforcement is active on the release branch', [
      ...checkEnforcement(ruleset, closure, repository),
    ]),
    group('required-checks', 'The required checks', [
      checkReport(required),
      checkRequiredChecks(ruleset, expected),
    ]),
    group('reviews', 'Review, dismissal and conversations', checkReviews(ruleset, closure)),
    group('bypass', 'The bypass list is restricted, and reviewed', [
      checkBypass(ruleset, closure),
      checkReview(exporters, question),
    ]),
    group(
      'evidence',
      'The report and the proof of the settings page are attached',
      closure.attached.map((one) => checkReport(reportAt(reports, one))),
    ),
  ]
}

/** A person with the role says it in a test result about these very bytes. */
function checkReview(exporters: readonly Evidence[], question: ClosureQuestion): Check {
  const { bypassReview } = question.closure
  const reviews = exporters.filter(
    ({ family, signer, predicate }) =>
      family === 'test-result' &&
      signer.kind === 'person' &&
      listIn(predicate, 'passedTests').includes(bypassReview),
  )
  if (reviews.length > 0) return checkAge('bypass-review', reviews, question)
  const message = 'No administrator reviewed the bypass list of this export'
  return refused('bypass-review', 'missing', 'gate/closure-review', message, {
    expected: `${quote(bypassReview)} among the passed tests of a person, in a result that names the export`,
  })
}

/** By the newest signature that somebody vouches for. */
function checkAge(
  name: string,
  signed: readonly Evidence[],
  { closure, now }: ClosureQuestion,
): Check {
  const times = signed.flatMap(({ signedAt }) => signedAt ?? [])
  const expected = `signed within ${closure.maxAge}`
  if (times.length === 0) {
    const message = 'Nobody vouches for the time of the signature'
    return refused(name, 'missing', 'gate/closure-age', message, { expected })
  }
  const newest = Math.max(...times)
  const facts = { expected, found: encodeTimestamp(newest) }
  return newest >= now - millisecondsOf(closure.maxAge)
    ? acceptedCheck(name, 'It was signed lately', facts)
    : refused(name, 'stale', 'gate/closure-age', 'It was signed too long ago', facts)
}

function unverified(message: string, { path }: Report): Check {
  return refused('closure', 'unverified', 'gate/closure-unverified', message, {
    expected: `${quote(path)}, named by an accepted record of an administrator`,
  })
}

function group(name: string, message: string, checks: readonly Check[]): Check {
  return groupChecks(name, message, checks)
}

function refused(
  name: string,
  outcome: Exclude<Check['outcome'], 'accepted'>,
  code: GateCode,
  message: string,
  facts: { readonly expected?: string; readonly found?: string },
): Check {
  return refusedCheck<GateCode>(name, outcome, code, message, facts)
}
