// What npm 6 wrote with `npm audit --json`, and pnpm writes still: advisories by number, each with the versions that were found.

import * as z from 'zod/mini'
import { type JsonObject, judge, LIMITS, type Result } from '../../../core/index.ts'
import type { SnapshotProblem } from '../../problem.ts'
import {
  type Advisory,
  ADVISORY_ID,
  type AdvisoryReport,
  PACKAGE_TEXT,
  SEVERITIES,
  titleOf,
} from '../advisory.ts'
import { contradiction, readReport } from '../report-problem.ts'
import { advisoryIds } from './advisory-ids.ts'
import { NPM_CVSS, rateNpm } from './npm-rating.ts'

const COUNT = z.int().check(z.gte(0))

const ADVISORY = z.looseObject({
  id: z.union([COUNT, z.string()], { error: 'a number or text' }),
  module_name: PACKAGE_TEXT,
  severity: z.enum(SEVERITIES),
  cvss: NPM_CVSS,
  vulnerable_versions: PACKAGE_TEXT,
  title: z.optional(z.string()),
  url: z.optional(z.string()),
  github_advisory_id: z.optional(ADVISORY_ID),
  cves: z.optional(z.array(ADVISORY_ID)),
  findings: z
    .array(z.looseObject({ version: PACKAGE_TEXT, paths: z.array(z.string()) }))
    .check(z.minLength(1), z.maxLength(LIMITS.advisorySitesMax)),
})

const REPORT = z.looseObject({
  advisories: z.record(z.string(), ADVISORY),
  // What somebody decided not to hear of: exceptions are said elsewhere, with an owner and an end.
  muted: z.optional(z.array(z.unknown()).check(z.maxLength(0))),
  metadata: z.looseObject({
    vulnerabilities: z.strictObject({
      info: COUNT,
      low: COUNT,
      moderate: COUNT,
      high: COUNT,
      critical: COUNT,
    }),
    totalDependencies: z.optional(COUNT),
  }),
})

type Listed = z.infer<typeof ADVISORY>

/** Registries count advisories, versions found, or the ways to them: one of these has to fit for every severity. */
const WAYS: readonly ((listed: Listed) => number)[] = [
  () => 1,
  ({ findings }) => findings.length,
  ({ findings }) => findings.reduce((sum, { paths }) => sum + paths.length, 0),
]

/** Reads the report; what it says of its numbers has to be what it lists. */
export function readLegacyNpmReport(document: JsonObject): Result<AdvisoryReport, SnapshotProblem> {
  const parsed = readReport(REPORT, document)
  if (!parsed.ok) return parsed
  const { advisories, metadata } = parsed.value
  const listed = Object.values(advisories)
  const fits = WAYS.some((count) =>
    SEVERITIES.every((severity) => {
      const of = listed.filter((each) => each.severity === severity)
      return metadata.vulnerabilities[severity] === of.reduce((sum, each) => sum + count(each), 0)
    }),
  )
  const found = SEVERITIES.map((severity) => `${metadata.vulnerabilities[severity]} ${severity}`)
  const expected = `${listed.length} advisories by their severities`
  const wrong = fits ? [] : [contradiction(expected, found.join(', '), '/metadata/vulnerabilities')]
  const { totalDependencies } = metadata
  return judge(
    {
      form: 'npm-audit-legacy',
      ...(totalDependencies !== undefined && { packages: totalDependencies }),
      advisories: listed.map(advisoryOf),
      withdrawn: [],
    },
    wrong,
  )
}

function advisoryOf(listed: Listed): Advisory {
  const { id, module_name, severity, vulnerable_versions, findings } = listed
  const title = titleOf(listed.title)
  const ids = [
    ...(listed.github_advisory_id === undefined
      ? advisoryIds(id, listed.url)
      : [listed.github_advisory_id]),
    ...(listed.cves ?? []),
  ]
  return {
    ids,
    ecosystem: 'npm',
    name: module_name,
    ...rateNpm(severity, listed.cvss),
    affected: vulnerable_versions,
    ...(title !== undefined && { title }),
    sites: findings.map(({ version }) => ({ version })),
  }
}
