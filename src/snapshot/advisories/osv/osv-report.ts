// OSV: what osv-scanner writes with `--format json`, and a list of vulnerabilities, by itself or as an OSV server answers.

import * as z from 'zod/mini'
import {
  type Instant,
  type JsonObject,
  type JsonValue,
  judge,
  parseTimestamp,
  quote,
  type Result,
} from '../../../core/index.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { type Advisory, ADVISORY_ID, type AdvisoryReport, PACKAGE_TEXT } from '../advisory.ts'
import { ecosystemOfOsv, keyOfPackage } from '../package-name.ts'
import { contradiction, readReport } from '../report-problem.ts'
import { severityOfScore } from '../rating/cvss.ts'
import {
  advisoryOf,
  listOf,
  packagesOf,
  VULNERABILITY,
  type Vulnerability,
} from './vulnerability.ts'

const GROUP = z.looseObject({
  ids: z.array(ADVISORY_ID).check(z.minLength(1)),
  max_severity: z.optional(
    z.string().check(z.regex(/^(?:|10(?:\.0)?|\d(?:\.\d)?)$/, { error: 'a score from 0 to 10' })),
  ),
})

const SCANNED = z.looseObject({
  package: z.looseObject({ name: PACKAGE_TEXT, version: PACKAGE_TEXT, ecosystem: PACKAGE_TEXT }),
  vulnerabilities: z.optional(listOf(VULNERABILITY)),
  groups: z.optional(listOf(GROUP)),
})

const SCAN = z.looseObject({
  results: listOf(z.looseObject({ packages: listOf(SCANNED) })),
})

/** A server that has more to tell says so; then this is not all. */
const ANSWER = z.looseObject({
  vulns: listOf(VULNERABILITY),
  next_page_token: z.optional(z.literal('', { error: 'the whole list, and no further page' })),
})

const LIST = z.array(VULNERABILITY)

type Scanned = z.infer<typeof SCANNED>

/** Reads what osv-scanner wrote. */
export function readOsvScan(
  document: JsonObject,
  now: Instant,
): Result<AdvisoryReport, SnapshotProblem> {
  const parsed = readReport(SCAN, document)
  if (!parsed.ok) return parsed
  const scanned = parsed.value.results.flatMap(({ packages }, result) =>
    packages.map((each, index) => ({ each, at: `/results/${result}/packages/${index}` })),
  )
  const withdrawn = new Set<string>()
  const advisories = scanned.flatMap(({ each }) => advisoriesOf(each, { now, withdrawn }))
  const problems = scanned.flatMap(({ each, at }) => findContradictions(each, at))
  return judge({ form: 'osv-scanner', advisories, withdrawn: [...withdrawn] }, problems)
}

/** Reads a list of vulnerabilities. Nobody has held it against any project: each package that it names counts. */
export function readOsvList(
  document: JsonValue,
  now: Instant,
): Result<AdvisoryReport, SnapshotProblem> {
  const parsed = Array.isArray(document) ? readReport(LIST, document) : readReport(ANSWER, document)
  if (!parsed.ok) return parsed
  const list = 'vulns' in parsed.value ? parsed.value.vulns : parsed.value
  const withdrawn = new Set<string>()
  const problems = repeated(list.map(({ id }) => id)).map((id) =>
    contradiction('each vulnerability once', `${quote(id)} twice`, ''),
  )
  const advisories = list.flatMap((vulnerability, index): readonly Advisory[] => {
    if (isWithdrawn(vulnerability, now)) {
      withdrawn.add(vulnerability.id)
      return []
    }
    const packages = packagesOf(vulnerability)
    if (packages.length === 0) {
      const code = 'snapshot/advisory-report'
      const message = `Expected the package that ${quote(vulnerability.id)} is about, found none`
      problems.push({ code, message, at: `/${index}/affected` })
    }
    return packages.map((each) => ({ ...advisoryOf(vulnerability, each), sites: [] }))
  })
  return judge({ form: 'osv', advisories, withdrawn: [...withdrawn] }, problems)
}

function advisoriesOf(
  { package: { name, version, ecosystem }, vulnerabilities = [], groups = [] }: Scanned,
  { now, withdrawn }: { readonly now: Instant; readonly withdrawn: Set<string> },
): readonly Advisory[] {
  const found = { ecosystem: ecosystemOfOsv(ecosystem), name }
  const key = keyOfPackage(found)
  const scores = new Map(
    groups.flatMap(({ ids, max_severity }) => ids.map((id) => [id, max_severity] as const)),
  )
  return vulnerabilities.flatMap((vulnerability) => {
    const { id } = vulnerability
    if (isWithdrawn(vulnerability, now)) {
      withdrawn.add(id)
      return []
    }
    const score = scores.get(id)
    const scored = score ? [severityOfScore(Number(score))] : []
    const of = packagesOf(vulnerability).find((each) => keyOfPackage(each.found) === key)
    const about = { found, affected: of?.affected ?? [] }
    return { ...advisoryOf(vulnerability, about, scored), sites: [{ version }] }
  })
}

function isWithdrawn({ withdrawn }: Vulnerability, now: Instant): boolean {
  const at = withdrawn === undefined ? undefined : parseTimestamp(withdrawn)
  return at?.ok === true && at.value <= now
}

/** The groups are what the scanner counts by: each vulnerability is in one of them, and no other is. */
function findContradictions(
  { vulnerabilities = [], groups }: Scanned,
  at: string,
): readonly SnapshotProblem[] {
  const listed = vulnerabilities.map(({ id }) => id)
  const twice = repeated(listed)
  if (twice[0] !== undefined) {
    return [contradiction('each vulnerability once', `${quote(twice[0])} twice`, at)]
  }
  if (groups === undefined) return []
  const grouped = groups.flatMap(({ ids }) => ids)
  const known = new Set(listed)
  const other = grouped.find((id) => !known.has(id)) ?? repeated(grouped)[0]
  if (other !== undefined) {
    return [contradiction('no other in its groups', quote(other), `${at}/groups`)]
  }
  const inGroups = new Set(grouped)
  const alone = listed.find((id) => !inGroups.has(id))
  if (alone === undefined) return []
  return [contradiction(`${quote(alone)} in a group`, 'none', `${at}/groups`)]
}

function repeated(ids: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return ids.filter((id) => seen.size === seen.add(id).size)
}
