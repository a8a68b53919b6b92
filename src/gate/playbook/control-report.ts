// What a report says (sections 2.2 to 2.4), where it is bound: a condition on one member, or the word of a summary over others.

import {
  acceptedCheck,
  type Check,
  groupChecks,
  isJsonObject,
  type JsonValue,
  quote,
  refusedCheck,
  membersOf,
} from '../../core/index.ts'
import { type PlaybookControl, valueAt } from '../../policy/index.ts'
import type { GateCode } from '../problem.ts'
import { checkReport } from '../reports/check-report.ts'
import { type Report, reportAt } from '../reports/report.ts'
import type { JudgedControl } from './control.ts'
import type { ReportsClearing } from './control-clearing.ts'

type ReportCondition = Extract<PlaybookControl, { readonly report: unknown }>['report']
type Summary = Extract<PlaybookControl, { readonly summary: unknown }>['summary']

/** Files, each of which has to be bound, and what is cleared of them. */
interface FilesFinding {
  readonly checks: readonly Check[]
  readonly clearing: ReportsClearing
}

/** Whether each is bound. */
export function judgeFiles(
  paths: readonly string[],
  reports: ReadonlyMap<string, Report>,
): FilesFinding {
  const judged = paths.map((path) => ({ path, check: checkReport(reportAt(reports, path)) }))
  const open = judged.filter(({ check }) => check.outcome !== 'accepted')
  return {
    checks: judged.map(({ check }) => check),
    clearing: { by: 'reports', paths: open.map(({ path }) => path) },
  }
}

/** What a report says, where it is bound: else it has to be that first. */
function judgeContent(
  report: Report,
  mend: NonNullable<ReportsClearing['mend']>,
  judge: (bound: Check) => Omit<JudgedControl, 'clearing'>,
): JudgedControl {
  const bound = checkReport(report)
  const clearing = { by: 'reports', paths: [report.path] } as const
  if (bound.outcome !== 'accepted') return { check: bound, clearing }
  return { ...judge(bound), clearing: { ...clearing, mend } }
}

/** Accepted where the report is bound, and has exactly that value at that place. */
export function judgeReport(condition: ReportCondition, report: Report): JudgedControl {
  return judgeContent(report, 'report', () => ({ check: checkValue(condition, report) }))
}

function checkValue({ at, equals }: ReportCondition, report: Report): Check {
  const value = memberAt(report, at)
  const shown = { expected: `${at} is ${tell(equals)}`, found: tell(value) }
  if (value === equals) return acceptedCheck('report', 'The report says so', shown)
  // Seed ruling 38: a word other than passed, failed and unverified is failed.
  const isOpen = equals === 'passed' && value === 'unverified'
  const message = isOpen ? 'The report could not verify it' : 'The report says something else'
  const outcome = isOpen ? 'unverified' : 'rejected'
  return refusedCheck<GateCode>('report', outcome, 'gate/playbook-condition', message, shown)
}

const WORDS = ['passed', 'unverified', 'failed'] as const
type Word = (typeof WORDS)[number]

/** A control that a summary lists. */
interface Listed {
  readonly id: string
  readonly word: Word
}

/** The word of the summary, which has to be the worst of what it lists: one that lists nothing tells nothing. */
export function judgeSummary(summary: Summary, report: Report): JudgedControl {
  const judged = judgeContent(report, 'summary', (bound) => judgeWord(summary, report, bound))
  return { affected: [], ...judged }
}

/** With the controls for which it is unverified. */
function judgeWord(
  summary: Summary,
  report: Report,
  bound: Check,
): Omit<JudgedControl, 'clearing'> {
  const said = memberAt(report, summary.at)
  const word = wordOf(said)
  const listed = listedIn(summary, report)
  const worst = WORDS.findLast((one) => listed.some((control) => control.word === one))
  const expected = 'passed, and the same of everything that it lists'
  const open = listed.filter((control) => control.word !== 'passed').map(({ id }) => id)
  const found = `${tell(said)}${open.length === 0 ? '' : `, by ${open.map(quote).join(', ')}`}`
  const check = (outcome: 'rejected' | 'unverified', message: string) =>
    refusedCheck<GateCode>('consolidated', outcome, 'gate/playbook-summary', message, {
      expected,
      found,
    })
  const parts = (last: Check) => groupChecks('summary', 'The executive summary', [bound, last])
  if (word === 'failed') return { check: parts(check('rejected', 'The summary says failed')) }
  if (worst !== word) {
    return { check: parts(check('rejected', 'The summary is not what it lists comes to')) }
  }
  if (word === 'passed') {
    const message = 'The summary says passed, as does all that it lists'
    return { check: parts(acceptedCheck('consolidated', message, { expected, found })) }
  }
  const message = 'The summary leaves controls unverified'
  return { check: parts(check('unverified', message)), affected: open }
}

function listedIn({ controls, id, word }: Summary, report: Report): readonly Listed[] {
  const list = memberAt(report, controls)
  const items: readonly JsonValue[] = Array.isArray(list) ? list : []
  return items.map((item) => {
    const members = membersOf(item)
    const name = members[id]
    // What has no name can be excepted by none.
    return { id: typeof name === 'string' ? name : '', word: wordOf(members[word]) }
  })
}

function wordOf(value: JsonValue | undefined): Word {
  return WORDS.find((word) => word === value) ?? 'failed'
}

function memberAt({ content }: Report, pointer: string): JsonValue | undefined {
  return isJsonObject(content) ? valueAt(content, pointer) : undefined
}

function tell(value: JsonValue | undefined): string {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return 'a list'
  if (isJsonObject(value)) return 'an object'
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
