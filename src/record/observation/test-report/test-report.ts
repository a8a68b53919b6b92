// What test runners write, read into one form: JUnit XML, the JSON of Vitest and Jest, TAP 13 and 14; the check runs of GitHub; and audits of advisories.

import {
  accept,
  type Instant,
  LIMITS,
  parseUtf8,
  type Result,
  refuse,
} from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'
import { type AuditConfiguration, readAdvisoryAudit } from './advisory-audit.ts'
import { readCheckRuns } from './check-runs.ts'
import { readJunit } from './junit.ts'
import { readTap } from './tap.ts'
import {
  buildTestReport,
  type TestCase,
  type TestReport,
  type TestReportFormat,
} from './test-case.ts'
import { readVitestJson } from './vitest-json.ts'

/** How a report is to be read. */
export interface TestReportOptions {
  /** Told from the bytes where it is not said. */
  readonly format?: TestReportFormat
  /** Absolute: where the tests ran. Vitest and Jest name their files by where they were; records name them from here. */
  readonly folder?: string
  /** Of check runs alone: the commit that every one of them has to be of. */
  readonly commit?: string
  /** Of audits and check runs: exceptions, and when runs ended, are held against this time. */
  readonly now?: Instant
}

/** A report, with what some formats tell besides. */
export type ReadReport = TestReport &
  Partial<AuditConfiguration> & {
    /** Of check runs: how many a later run of the same job stands for. */
    readonly replaced?: number
    /** Of check runs: the repository that all of them are of. */
    readonly repository?: string
  }

/**
 * Reads a test report.
 *
 * Results are those of its cases, nested ones too. A report that counts them otherwise than they are is refused, and so is one
 * that is cut. One without any case is a report; {@link outcomeOfTests} calls it `missing`.
 */
export async function readTestReport(
  bytes: Uint8Array,
  { format, folder, commit, now }: TestReportOptions = {},
): Promise<Result<ReadReport, ObservationProblem>> {
  if (bytes.length > LIMITS.testReportBytesMax) {
    const message = `Expected a test report of at most ${LIMITS.testReportBytesMax} bytes, found ${bytes.length}`
    return refuse({ code: 'record/test-report-limit', message })
  }
  const decoded = parseUtf8(bytes)
  if (!decoded.ok) {
    const message = 'Expected a test report in UTF-8'
    return refuse({ code: 'record/test-report-format', message, because: decoded.problems })
  }
  // Tools of Windows begin with a byte order mark.
  const text = decoded.value.replace(/^\ufeff/, '')
  const told = format ?? formatOf(text)
  if (told === undefined) {
    return refuse({
      code: 'record/test-report-format',
      message:
        'Expected JUnit XML, the JSON of Vitest or Jest, TAP 13 or 14, or check runs of GitHub',
    })
  }
  if (told === 'advisory-audit') return readAdvisoryAudit(bytes, now)
  if (told === 'check-runs') {
    if (commit === undefined || now === undefined) {
      const message = 'Expected the commit that the check runs are of and the time, found none'
      return refuse({ code: 'record/test-report-format', message })
    }
    const runs = readCheckRuns(text, { commit, now })
    if (!runs.ok) return runs
    const { cases, ...about } = runs.value
    return accept({ ...buildTestReport(told, cases), ...about })
  }
  const cases = await CASES[told](text, folder)
  return cases.ok ? accept(buildTestReport(told, cases.value)) : cases
}

type Reader = (
  text: string,
  folder: string | undefined,
) => Result<readonly TestCase[], ObservationProblem> | ReturnType<typeof readJunit>

const CASES: Readonly<Record<Exclude<TestReportFormat, 'advisory-audit' | 'check-runs'>, Reader>> =
  {
    junit: readJunit,
    'vitest-json': readVitestJson,
    tap: readTap,
  }

/** What `assay snapshot audit --out` begins with. */
const AUDIT = /^\s*\{\s*"schema"\s*:\s*"assay\/advisory-audit\//

/** What GitHub lists begins with how many there are; pages that are put together are a list of such. */
const CHECK_RUNS = /^\s*(?:\[\s*)?\{\s*"(?:total_count|check_runs)"\s*:/

/** By the first sign that is no blank; TAP says its version. */
function formatOf(text: string): TestReportFormat | undefined {
  if (AUDIT.test(text)) return 'advisory-audit'
  if (CHECK_RUNS.test(text)) return 'check-runs'
  const start = text.slice(0, text.search(/\S/) + 16).trimStart()
  if (start.startsWith('<')) return 'junit'
  if (start.startsWith('{')) return 'vitest-json'
  return start.startsWith('TAP version ') ? 'tap' : undefined
}
