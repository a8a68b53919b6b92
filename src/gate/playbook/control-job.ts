// A CI outcome (section 2.1): the job stands by its name in a test result about the release or its commit.

import {
  acceptedCheck,
  type Check,
  failedChecks,
  groupChecks,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  quote,
  refusedCheck,
} from '../../core/index.ts'
import type { Evidence, PlaybookControl } from '../../policy/index.ts'
import type { GateCode } from '../problem.ts'
import { checkReport } from '../reports/check-report.ts'
import { lastWords } from '../reports/later-word.ts'
import { type Report, reportAt } from '../reports/report.ts'

type Job = Extract<PlaybookControl, { readonly job: unknown }>['job']

/** From the worst to the best; each is a list of a test result. */
const RESULTS = ['failed', 'warned', 'passed'] as const
type Result = (typeof RESULTS)[number]

/** What may be wrong with a test result because of another job in it: what it says of this one is looked at by its name. */
const OF_OTHER_JOBS: ReadonlySet<string | undefined> = new Set([
  'record/check-failed',
  'record/later-failure',
])

/** How a job ended, and who says so. */
export interface JobWord {
  readonly result: Result
  readonly by: Evidence
  /** Results of another configuration or evidence definition, and of another signer, are of another check. */
  readonly check: string
}

/**
 * Accepted where the job passed in every check that has it, by the last word of each. One that publishes files may have ended
 * otherwise, and has to have published each of them.
 */
export function judgeJob(
  { name, publishes }: Job,
  evidence: readonly Evidence[],
  reports: ReadonlyMap<string, Report>,
): Check {
  const standing = standingWords(name, evidence, reports)
  const result = RESULTS.find((one) => standing.some((word) => word.result === one))
  const expected = publishes === undefined ? 'passed' : 'completed'
  const found = standing.map((word) => `${word.result} in ${word.by.sha256}`).join(', ')
  const job = quote(name)
  if (result === undefined) {
    const message = `No accepted test result about the release or its commit names the job ${job}`
    return refusedCheck<GateCode>('job', 'missing', 'gate/playbook-job', message, { expected })
  }
  if (publishes !== undefined) {
    return groupChecks('job', `The job ${job} completed, and published its files`, [
      acceptedCheck('completed', `The job ${job} completed`, { expected, found }),
      ...publishes.map((path) => checkReport(reportAt(reports, path))),
    ])
  }
  if (result === 'passed') return acceptedCheck('job', `The job ${job} passed`, { expected, found })
  const message = `The job ${job} did not pass`
  return refusedCheck<GateCode>('job', 'rejected', 'gate/playbook-job', message, {
    expected,
    found,
  })
}

/** The last word of each check about a job. */
export function standingWords(
  name: string,
  evidence: readonly Evidence[],
  reports: ReadonlyMap<string, Report>,
): readonly JobWord[] {
  return lastWords(
    evidence.flatMap((by) => wordIn(by, name, reports)),
    (word) => word,
  )
}

/** The worst that a test result says of the job: under its very name, or of the tests of a suite of that name. */
function wordIn(
  by: Evidence,
  name: string,
  reports: ReadonlyMap<string, Report>,
): readonly JobWord[] {
  const { family, predicate, computed } = by
  const isSound =
    computed.outcome === 'accepted' ||
    failedChecks(computed.reason).every(({ code }) => OF_OTHER_JOBS.has(code))
  if (family !== 'test-result' || !isJsonObject(predicate)) return []
  const result = RESULTS.find((one) =>
    namesIn(predicate, `${one}Tests`).some(
      (test) => test === name || test.startsWith(`${name} > `),
    ),
  )
  // That something failed is heard whatever else is wrong with a record; that it is well needs a sound one.
  if (result === undefined || (result !== 'failed' && !isSound)) return []
  const configuration = configurationIn(predicate, reports)
  return [
    {
      result,
      by,
      check: JSON.stringify([by.evidence, by.commit, by.signer.principal, configuration]),
    },
  ]
}

/** What a run wrote is in its configuration to be bound, and makes it no run of another check. */
function configurationIn(
  { configuration }: JsonObject,
  reports: ReadonlyMap<string, Report>,
): JsonValue | undefined {
  if (!Array.isArray(configuration)) return configuration
  const items: readonly JsonValue[] = configuration
  return items.filter((item) => {
    const name = isJsonObject(item) ? item['name'] : undefined
    return typeof name !== 'string' || !reports.has(name)
  })
}

function namesIn(predicate: JsonObject, member: string): readonly string[] {
  const list = predicate[member]
  const names: readonly JsonValue[] = Array.isArray(list) ? list : []
  return names.filter((name) => typeof name === 'string')
}
