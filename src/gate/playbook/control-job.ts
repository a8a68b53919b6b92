// A CI outcome (section 2.1): the job stands by its name in a test result about the release or its commit.

import {
  acceptedCheck,
  failedChecks,
  groupChecks,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  membersOf,
  quote,
  refusedCheck,
} from '../../core/index.ts'
import type { Evidence, PlaybookControl, PolicyOf } from '../../policy/index.ts'
import type { GateCode } from '../problem.ts'
import { lastWords } from '../reports/later-word.ts'
import type { Report } from '../reports/report.ts'
import type { JudgedControl } from './control.ts'
import type { JobClearing } from './control-clearing.ts'
import { judgeFiles } from './control-report.ts'
import { isSignedInRole } from './signed-in-role.ts'

type Job = Extract<PlaybookControl, { readonly job: unknown }>['job']

/** What the words about jobs are looked for in. */
export interface JobQuestion {
  readonly policy: Pick<PolicyOf<'playbook'>, 'jobRoles'>
  readonly evidence: readonly Evidence[]
  readonly reports: ReadonlyMap<string, Report>
}

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
  /** Whether it is of a signer who may say that it is well. */
  readonly isOfRole: boolean
  /** Results of another configuration or evidence definition, and of another signer, are of another check. */
  readonly check: string
}

/**
 * Accepted where the job passed in every check that has it, by the last word of each, and somebody says so whose word counts. One that
 * publishes files may have ended otherwise, and has to have published each of them.
 */
export function judgeJob({ name, publishes }: Job, question: JobQuestion): JudgedControl {
  const { policy, reports } = question
  const standing = standingWords(name, question)
  const isShown = standing.some(({ isOfRole }) => isOfRole)
  const worst = RESULTS.find((one) => standing.some((word) => word.result === one))
  const roles = policy.jobRoles.map(quote).join(' or ')
  const expected = `${publishes === undefined ? 'passed' : 'completed'}, signed in the role ${roles}`
  const found = standing.map(tell).join(', ')
  const job = quote(name)
  const clearing = jobClearing(name, question)
  if (!isShown && (publishes !== undefined || worst === undefined || worst === 'passed')) {
    const message = `No accepted test result about the release or its commit names the job ${job}`
    const check = refusedCheck<GateCode>('job', 'missing', 'gate/playbook-job', message, {
      expected,
      ...(found !== '' && { found }),
    })
    return { check, clearing }
  }
  if (publishes !== undefined) {
    const files = judgeFiles(publishes, reports)
    const check = groupChecks('job', `The job ${job} completed, and published its files`, [
      acceptedCheck('completed', `The job ${job} completed`, { expected, found }),
      ...files.checks,
    ])
    return { check, clearing: files.clearing }
  }
  if (worst === 'passed') {
    const check = acceptedCheck('job', `The job ${job} passed`, { expected, found })
    return { check, clearing }
  }
  const message = `The job ${job} did not pass`
  const facts = { expected, found }
  return {
    check: refusedCheck<GateCode>('job', 'rejected', 'gate/playbook-job', message, facts),
    clearing,
  }
}

/** What shows that a job passed. */
export function jobClearing(job: string, { policy }: Pick<JobQuestion, 'policy'>): JobClearing {
  return { by: 'job', job, roles: policy.jobRoles }
}

function tell({ result, by }: JobWord): string {
  return `${result} in ${by.sha256} of ${quote(by.signer.principal)}`
}

/** The last word of each check about a job. */
export function standingWords(name: string, question: JobQuestion): readonly JobWord[] {
  return lastWords(
    question.evidence.flatMap((by) => wordIn(by, name, question)),
    (word) => word,
  )
}

/** The worst that a test result says of the job: under its very name, or of the tests of a suite of that name. */
function wordIn(by: Evidence, name: string, { policy, reports }: JobQuestion): readonly JobWord[] {
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
  const { principal } = by.signer
  const isOfRole = isSignedInRole(by, policy.jobRoles)
  // What somebody signs with a key of no role stands in the place of nothing that they signed in it.
  const check = JSON.stringify([by.evidence, by.commit, principal, isOfRole, configuration])
  return [{ result, by, isOfRole, check }]
}

/** What a run wrote is in its configuration to be bound, and makes it no run of another check. */
function configurationIn(
  { configuration }: JsonObject,
  reports: ReadonlyMap<string, Report>,
): JsonValue | undefined {
  if (!Array.isArray(configuration)) return configuration
  const items: readonly JsonValue[] = configuration
  return items.filter((item) => {
    const { name } = membersOf(item)
    return typeof name !== 'string' || !reports.has(name)
  })
}

function namesIn(predicate: JsonObject, member: string): readonly string[] {
  const list = predicate[member]
  const names: readonly JsonValue[] = Array.isArray(list) ? list : []
  return names.filter((name) => typeof name === 'string')
}
