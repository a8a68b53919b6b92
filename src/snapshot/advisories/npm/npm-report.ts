// What `npm audit --json` writes since npm 7 (auditReportVersion 2): packages by name, each with its advisories, or with the names of
// the packages below it whose advisories it inherits.

import * as z from 'zod/mini'
import { judge, type JsonObject, LIMITS, quote, type Result } from '../../../core/index.ts'
import type { SnapshotProblem } from '../../problem.ts'
import {
  type Advisory,
  type AdvisoryReport,
  PACKAGE_TEXT,
  SEVERITIES,
  type Severity,
  titleOf,
} from '../advisory.ts'
import { advisoryIds } from './advisory-ids.ts'
import { NPM_CVSS, rateNpm } from './npm-rating.ts'
import { contradiction, readReport } from '../report-problem.ts'

const COUNT = z.int().check(z.gte(0))
const SEVERITY = z.enum(SEVERITIES)

const OWN = z.looseObject({
  source: z.union([COUNT, z.string()], { error: 'a number or text' }),
  name: PACKAGE_TEXT,
  title: z.optional(z.string()),
  url: z.optional(z.string()),
  severity: SEVERITY,
  cvss: NPM_CVSS,
  range: PACKAGE_TEXT,
})

const ENTRY = z.looseObject({
  name: PACKAGE_TEXT,
  severity: SEVERITY,
  via: z
    .array(z.union([PACKAGE_TEXT, OWN], { error: 'the name of a package, or an advisory' }))
    .check(z.minLength(1)),
  nodes: z.array(PACKAGE_TEXT).check(z.maxLength(LIMITS.advisorySitesMax)),
})

const REPORT = z.looseObject({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), ENTRY),
  metadata: z.looseObject({
    vulnerabilities: z.strictObject({
      info: COUNT,
      low: COUNT,
      moderate: COUNT,
      high: COUNT,
      critical: COUNT,
      total: COUNT,
    }),
    dependencies: z.looseObject({ total: COUNT }),
  }),
})

type Entry = z.infer<typeof ENTRY>
type Entries = ReadonlyMap<string, Entry>

/** Reads the report; what it says of its numbers has to be what it lists. */
export function readNpmReport(document: JsonObject): Result<AdvisoryReport, SnapshotProblem> {
  const parsed = readReport(REPORT, document)
  if (!parsed.ok) return parsed
  const { vulnerabilities, metadata } = parsed.value
  const entries = new Map(Object.entries(vulnerabilities))
  const counts = countEntries(entries)
  const wrong = Object.entries(metadata.vulnerabilities).flatMap(([word, said]) => {
    const found = counts.get(word) ?? 0
    return said === found
      ? []
      : [contradiction(`${word}: ${found}`, `${said}`, `/metadata/vulnerabilities/${word}`)]
  })
  const report: AdvisoryReport = {
    form: 'npm-audit',
    packages: metadata.dependencies.total,
    advisories: [...entries.values()].flatMap(advisoriesOf),
    withdrawn: [],
  }
  return judge(report, [...wrong, ...findContradictions(entries)])
}

function countEntries(entries: Entries): ReadonlyMap<string, number> {
  const counts = new Map<string, number>([['total', entries.size]])
  for (const { severity } of entries.values()) {
    counts.set(severity, (counts.get(severity) ?? 0) + 1)
  }
  return counts
}

function advisoriesOf({ name, via, nodes }: Entry): readonly Advisory[] {
  const sites = nodes.map((place) => ({ place }))
  return via.flatMap((each) => {
    if (typeof each === 'string') return []
    const title = titleOf(each.title)
    return {
      ids: advisoryIds(each.source, each.url),
      ecosystem: 'npm',
      name,
      ...rateNpm(each.severity, each.cvss),
      affected: each.range,
      ...(title !== undefined && { title }),
      sites,
    }
  })
}

/** Whoever takes an advisory out of the list leaves names that lead nowhere, or a severity that nothing explains. */
function findContradictions(entries: Entries): readonly SnapshotProblem[] {
  const graveness = severitiesBelow(entries)
  return [...entries].flatMap(([key, entry]) => {
    const at = `/vulnerabilities/${key}`
    const { name, severity, via } = entry
    const names = [name, ...via.flatMap((each) => (typeof each === 'string' ? [] : [each.name]))]
    const other = names.find((each) => each !== key)
    if (other !== undefined) return [contradiction(quote(key), quote(other), at)]
    const lost = via.find((each) => typeof each === 'string' && !entries.has(each))
    if (typeof lost === 'string') {
      return [contradiction(`the package ${quote(lost)} that it names`, 'none', at)]
    }
    // What it inherits may be a part of what the other has; its own it has whole.
    const own = via.flatMap((each) => (typeof each === 'string' ? [] : [each.severity]))
    const known = graveness.get(key) as ReadonlySet<Severity>
    if (known.has(severity) && own.every((each) => rank(each) <= rank(severity))) return []
    const words = [...known].toSorted((a, b) => rank(a) - rank(b)).join(' or ')
    return [contradiction(words === '' ? 'an advisory behind it' : words, severity, at)]
  })
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}

/** Of each entry, the severities of its advisories and of all that it inherits from. */
function severitiesBelow(entries: Entries): ReadonlyMap<string, ReadonlySet<Severity>> {
  const found = new Map([...entries.keys()].map((key) => [key, new Set<Severity>()]))
  const above = new Map([...entries.keys()].map((key) => [key, [] as string[]]))
  const open: (readonly [string, Severity])[] = []
  for (const [key, { via }] of entries) {
    for (const each of via) {
      if (typeof each === 'string') above.get(each)?.push(key)
      else open.push([key, each.severity])
    }
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [key, severity] = next
    const known = found.get(key) as Set<Severity>
    if (known.has(severity)) continue
    known.add(severity)
    for (const each of above.get(key) as readonly string[]) open.push([each, severity])
  }
  return found
}
