// Reports of test runners and audits, several of them as one.

import {
  accept,
  compareCodePoints,
  LIMITS,
  type Problem,
  quote,
  type Result,
  refuse,
} from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import {
  readTestReport,
  type TestOutcome,
  type TestReport,
  type TestReportFormat,
} from '../../../record/observation/index.ts'
import { atPath, readInput } from '../../file-input.ts'

/** A document by its digest. */
interface NamedDigest {
  readonly name: string
  readonly sha256: string
}

/** What all reports say together. */
export interface TestReports extends Omit<TestReport, 'format'> {
  /** What audits were held against, by digest; empty for those of test runners, which do not know it. */
  readonly configuration: readonly NamedDigest[]
  /** Check runs that later runs of the same jobs stand for. */
  readonly replaced: number
  /** That check runs are of. */
  readonly repository?: string
}

/** From the best to the worst. */
const OUTCOMES = [
  'passed',
  'warned',
  'skipped',
  'todo',
  'failed',
] as const satisfies readonly TestOutcome[]

/** Reads the reports; where two have a test of one name, the worse of them counts. */
export async function readTestReports(
  host: Host,
  paths: readonly string[],
  { format, commit }: { readonly format?: TestReportFormat; readonly commit: string },
): Promise<Result<TestReports>> {
  const reports: TestReport[] = []
  const configuration = new Map<string, NamedDigest>()
  let replaced = 0
  const repositories = new Set<string>()
  for (const path of paths) {
    const bytes = await readInput(host, path, { bytesMax: LIMITS.testReportBytesMax, pipes: true })
    if (!bytes.ok) return bytes
    const known = { folder: host.workingFolder, now: host.now(), commit }
    const options = { ...known, ...(format !== undefined && { format }) }
    const report = atPath(await readTestReport(bytes.value, options), path)
    if (!report.ok) return report
    reports.push(report.value)
    replaced += report.value.replaced ?? 0
    if (report.value.repository !== undefined) repositories.add(report.value.repository)
    if (repositories.size > 1) return atPath(refuse(otherRepository(repositories)), path)
    for (const each of report.value.configuration ?? []) configuration.set(each.sha256, each)
  }
  const [repository] = repositories
  return accept({
    ...joinReports(reports),
    configuration: [...configuration.values()],
    replaced,
    ...(repository !== undefined && { repository }),
  })
}

function otherRepository(repositories: ReadonlySet<string>): Problem {
  const message = `Expected check runs of one repository, found ${[...repositories].map(quote).join(' and ')}`
  return { code: 'record/test-report-contradiction', message }
}

function joinReports(
  reports: readonly TestReport[],
): Omit<TestReports, 'configuration' | 'replaced' | 'repository'> {
  const worst = new Map<string, TestOutcome>()
  for (const outcome of OUTCOMES) {
    for (const name of reports.flatMap((report) => report[outcome])) worst.set(name, outcome)
  }
  const named = (outcome: TestOutcome) =>
    [...worst]
      .flatMap(([name, found]) => (found === outcome ? [name] : []))
      .toSorted(compareCodePoints)
  const count = (what: keyof TestReport['counts']) =>
    reports.reduce((sum, { counts }) => sum + counts[what], 0)
  return {
    passed: named('passed'),
    warned: named('warned'),
    failed: named('failed'),
    skipped: named('skipped'),
    todo: named('todo'),
    counts: {
      cases: count('cases'),
      passed: count('passed'),
      warned: count('warned'),
      failed: count('failed'),
      skipped: count('skipped'),
      todo: count('todo'),
    },
  }
}
