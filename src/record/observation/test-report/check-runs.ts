// The check runs of a commit, as GitHub's REST API lists them (`GET /repos/{owner}/{repo}/commits/{ref}/check-runs`): one test for each name.

import {
  accept,
  encodeTimestamp,
  type Instant,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  judge,
  LIMITS,
  parseJson,
  parseTimestamp,
  quote,
  type Result,
  refuse,
  membersOf,
} from '../../../core/index.ts'
import { SKEW_MAX_MS } from '../../time/reported-time.ts'
import type { ObservationProblem } from '../problem.ts'
import { addCase, type CaseList } from './case-list.ts'
import { contradiction, judgeCaseCount, type TestCase, type TestOutcome } from './test-case.ts'

/** Only `success` passed. A run that was cut short did not; one that was skipped, or says that it decides nothing, counts for nothing good. */
const CONCLUSIONS: ReadonlyMap<string, TestOutcome> = new Map([
  ['success', 'passed'],
  ['neutral', 'warned'],
  ['skipped', 'skipped'],
  ['failure', 'failed'],
  ['cancelled', 'failed'],
  ['timed_out', 'failed'],
  ['action_required', 'failed'],
  ['startup_failure', 'failed'],
  ['stale', 'failed'],
])

/** Of a run that has no conclusion yet. */
const UNDERWAY: ReadonlySet<string> = new Set([
  'queued',
  'in_progress',
  'waiting',
  'requested',
  'pending',
])

/** Of a run, at GitHub or at a server of its own: it says the repository. */
const RUN_URL =
  /^https:\/\/(?:api\.)?(?<host>[a-z0-9.-]+(?::\d+)?)(?:\/api\/v3)?\/repos\/(?<path>[\w.-]+\/[\w.-]+)\/check-runs\/\d+$/

/** One run. */
interface CheckRun {
  readonly name: string
  /** As people open it: `https://github.com/OWNER/NAME`. */
  readonly repository: string
  readonly outcome: TestOutcome
  /** Runs of one name in one suite are runs of one job: the last one counts. */
  readonly job: string
  /** Infinite for one that is under way: it is newer than every one that ended. */
  readonly endedAt: number
  readonly at: string
}

/** The runs of a commit as tests. */
export interface CheckRunCases {
  readonly cases: readonly TestCase[]
  /** Runs that a later one of the same job stands for. */
  readonly replaced: number
  /** The one that all of them are of; absent where there are none. */
  readonly repository?: string
}

/** What the runs are held against. */
export interface CheckRunQuestion {
  /** That every run has to be of; without it nobody knows what the runs are about. */
  readonly commit: string
  /** When they are read: none ended later. */
  readonly now: Instant
}

/**
 * Reads the runs; of every job the one that ended last counts. Pages that `gh api --paginate --slurp` puts in a list are read together.
 * All are of one repository: a copy of it has the same commits, and checks of its own.
 */
export function readCheckRuns(
  text: string,
  question: CheckRunQuestion,
): Result<CheckRunCases, ObservationProblem> {
  const value = parseJson(text, { bytesMax: LIMITS.testReportBytesMax })
  if (!value.ok) {
    const message = 'Expected check runs in JSON'
    return refuse({ code: 'record/test-report-format', message, because: value.problems })
  }
  const isSlurped = Array.isArray(value.value)
  const pages: readonly JsonValue[] = isSlurped
    ? (value.value as readonly JsonValue[])
    : [value.value]
  const reading: CaseList = { cases: [], problems: [], namesLength: 0 }
  const runs: CheckRun[] = []
  const totals: (JsonValue | undefined)[] = []
  for (const [index, page] of pages.entries()) {
    const list = isJsonObject(page) ? page['check_runs'] : undefined
    if (!isJsonObject(page) || !Array.isArray(list)) {
      const message = 'Expected the check runs of a commit, found no list check_runs'
      return refuse({ code: 'record/test-report-format', message })
    }
    const items: readonly JsonValue[] = list
    totals.push(page['total_count'])
    const count = judgeCaseCount(runs.length + items.length)
    if (!count.ok) return count
    const at = `${isSlurped ? `/${index}` : ''}/check_runs`
    runs.push(
      ...items.flatMap((run, place) =>
        readRun(reading, run, { ...question, at: `${at}/${place}` }),
      ),
    )
  }
  const found = runs.length
  const repositories = new Set(runs.map((run) => run.repository))
  const [repository] = repositories
  reading.problems.push(...findOther(repositories))
  if (reading.problems.length === 0) reading.problems.push(...findCut(totals, found))
  const last = lastOfEach(runs)
  for (const { name, outcome, at } of last) addCase(reading, { path: [name], outcome, at })
  const read = judge(reading.cases, reading.problems)
  if (!read.ok) return read
  const replaced = found - last.length
  return accept({ cases: read.value, replaced, ...(repository !== undefined && { repository }) })
}

function readRun(
  { problems }: CaseList,
  run: JsonValue,
  { commit, now, at }: CheckRunQuestion & { readonly at: string },
): readonly CheckRun[] {
  const members = membersOf(run)
  const { name, head_sha: head } = members
  if (head !== commit) {
    const found = typeof head === 'string' ? quote(head) : 'none'
    const message = `Expected check runs of the commit ${quote(commit)}, found ${found}`
    problems.push({ code: 'record/test-report-contradiction', message, at: `${at}/head_sha` })
    return []
  }
  const ended = readEnd(members)
  if (typeof name !== 'string' || name.trim() === '') {
    const message = 'Expected a name for each check run, found one without'
    problems.push({ code: 'record/test-report-name', message, at })
    return []
  }
  if (ended === undefined) {
    const message = `Expected a status, conclusion and time that fit together, found ${tell(members)}`
    problems.push({ code: 'record/test-report-result', message, at })
    return []
  }
  if (isToCome(ended, now)) {
    const message = `Expected an end at the latest ${encodeTimestamp(now)}, found ${tell(members)}`
    problems.push({ code: 'record/test-report-result', message, at })
    return []
  }
  const job = jobOf(name, members)
  const repository = repositoryOf(members)
  if (job === undefined || repository === undefined) {
    const missing =
      job === undefined ? 'the ids of its app and check suite' : 'the address of its repository'
    const message = `Expected ${missing} with each check run, found one without`
    problems.push({ code: 'record/test-report-format', message, at })
    return []
  }
  return [{ name, ...ended, job, repository, at }]
}

/** A later run stands for an earlier one: a time that has not been yet would stand for all of them. */
function isToCome({ outcome, endedAt }: Pick<CheckRun, 'outcome' | 'endedAt'>, now: Instant) {
  return outcome !== 'todo' && endedAt > now + SKEW_MAX_MS
}

/** Nothing where it is unknown how it ended, or when. */
function readEnd(run: JsonObject): Pick<CheckRun, 'outcome' | 'endedAt'> | undefined {
  const { status, conclusion = null, completed_at: completedAt = null } = run
  if (typeof status === 'string' && UNDERWAY.has(status)) {
    if (conclusion !== null || completedAt !== null) return undefined
    return { outcome: 'todo', endedAt: Number.POSITIVE_INFINITY }
  }
  if (status !== 'completed' || typeof conclusion !== 'string') return undefined
  const outcome = CONCLUSIONS.get(conclusion)
  const endedAt = typeof completedAt === 'string' ? parseTimestamp(completedAt) : undefined
  return outcome === undefined || endedAt?.ok !== true
    ? undefined
    : { outcome, endedAt: endedAt.value }
}

/** Two workflows may have jobs of one name: each is of its own suite, and neither stands for the other. Without both ids nobody knows. */
function jobOf(name: string, { check_suite: suite, app }: JsonObject): string | undefined {
  const ids = [app, suite].map((value) => membersOf(value)['id'])
  return ids.every((id) => typeof id === 'number') ? JSON.stringify([name, ...ids]) : undefined
}

/** By the address of the run itself; where people open it is a page of the same repository. */
function repositoryOf({ url, html_url: page }: JsonObject): string | undefined {
  const { host, path } = RUN_URL.exec(typeof url === 'string' ? url : '')?.groups ?? {}
  if (host === undefined || path === undefined) return undefined
  const repository = `https://${host}/${path}`
  const isOther = typeof page === 'string' && !page.startsWith(`${repository}/`)
  return isOther ? undefined : repository
}

/** A copy of a repository has the same commits, and runs of its own. */
function findOther(repositories: ReadonlySet<string>): readonly ObservationProblem[] {
  if (repositories.size <= 1) return []
  const found = [...repositories].slice(0, 2).map(quote).join(' and ')
  const message = `Expected check runs of one repository, found ${found}`
  return [{ code: 'record/test-report-contradiction', message, at: '/check_runs' }]
}

/** Of runs that ended in one instant, all: the worst of them names the list. */
function lastOfEach(runs: readonly CheckRun[]): readonly CheckRun[] {
  const last = new Map<string, number>()
  for (const { job, endedAt } of runs) {
    last.set(job, Math.max(last.get(job) ?? Number.NEGATIVE_INFINITY, endedAt))
  }
  return runs.filter(({ job, endedAt }) => endedAt === last.get(job))
}

/** Every page says how many runs there are on all of them. */
function findCut(
  totals: readonly (JsonValue | undefined)[],
  found: number,
): readonly ObservationProblem[] {
  const wrong = totals.find((total) => total !== found)
  if (totals.length > 0 && totals.every((total) => total === found)) return []
  if (typeof wrong === 'number' && wrong > found) {
    const message = `Expected ${wrong} check runs, as the list says, found ${found}`
    const hint = 'Ask for all pages: gh api --paginate --slurp'
    return [{ code: 'record/test-report-cut', message, hint }]
  }
  return [contradiction('total_count', typeof wrong === 'number' ? wrong : 'none', found)]
}

function tell({ status, conclusion, completed_at: at }: JsonObject): string {
  return [status, conclusion, at]
    .map((value) => (typeof value === 'string' ? quote(value) : 'none'))
    .join(', ')
}
