// `assay record test-result`: what test runners reported, counted from the cases; or tests that a person wrote down.

import { accept, type JsonValue, quote, type Result } from '../../../core/index.ts'
import { buildTestResultMembers } from '../../../record/index.ts'
import { outcomeOfTests, type TestReportFormat } from '../../../record/observation/index.ts'
import { OPTIONAL_TEXT } from '../../flags.ts'
import { usage } from '../../usage.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'
import { readDigests } from '../members/document-digests.ts'
import { joinMembers, type MemberSource, membersOfFlags } from '../members/written-members.ts'
import type { MembersContext, MembersInput } from '../record-run.ts'
import { readTestReports, type TestReports } from './test-reports.ts'

interface Flags extends WrittenFlags {
  readonly reportFormat?: TestReportFormat
  readonly url?: string
}

/** `assay record test-result` */
export const command = familyCommand<Flags>({
  family: 'test-result',
  brief: 'Which tests ran over a release or a commit, and how they ended',
  description: [
    'Reads what test runners write: JUnit XML, the JSON of Vitest or Jest, TAP 13 or 14. Results are counted',
    'from the cases, and a report that counts them otherwise is refused. What failed is recorded, and then',
    'ends with 1; so does a report in which no test ran. A file named .yaml or .yml holds the members',
    'themselves, for tests that a person made. What assay snapshot audit wrote is a report too, whose',
    'configuration is the registry of exceptions and the lockfiles that it is about. What GitHub lists as check runs of the commit',
    'is a report too, with one test for each name; of several runs of one job the last one counts. All are of one repository,',
    'which the record names.',
    '',
    'Example: assay record test-result --commit c27d339ee6075c1f744c5d4b200f7901aad2c369',
    '  --from junit.xml --digest-of configuration=vitest.config.ts',
    '  --evidence evidence.repo.ci_monorepo_validation --key ci.key.pem --trust trust.json --ledger ledger',
  ],
  flags: {
    ...writtenFlags('test-result'),
    reportFormat: {
      kind: 'enum',
      values: ['junit', 'vitest-json', 'tap', 'check-runs', 'advisory-audit'],
      optional: true,
      brief: 'Format of the reports; else their first characters tell',
    },
    url: { ...OPTIONAL_TEXT, placeholder: 'URL', brief: 'Of the run' },
  },
  readMembers: async (flags, context) => {
    const { from = [], reportFormat, url } = flags
    const documents = from.filter((path) => /\.ya?ml$/.test(path))
    if (documents.length === 0) return readReports(flags, context)
    if (documents.length === from.length && reportFormat === undefined) {
      const said = membersOfFlags({ url })
      return readWritten(flags, context, { family: 'test-result', said })
    }
    return usage('Expected --from with reports, or with members as YAML, found both')
  },
})

async function readReports(
  { from = [], digestOf = [], reportFormat, url }: Flags,
  { host, about }: MembersContext,
): Promise<Result<MembersInput>> {
  if (from.length === 0) return usage('Expected --from FILE: a report of a test runner, found none')
  const configuration = await readDigests(host, 'test-result', { digestOf })
  if (!configuration.ok) return configuration
  const reports = await readTestReports(host, from, {
    ...(reportFormat !== undefined && { format: reportFormat }),
    commit: commitOf(about),
  })
  if (!reports.ok) return reports
  const known = configurationOf(reports.value, configuration.value)
  if (known === undefined) {
    return usage('Expected --digest-of configuration=FILE: what the tests were told to do')
  }
  const page = pageOf(reports.value, commitOf(about))
  if (url !== undefined && page !== undefined && !url.startsWith(`${reports.value.repository}/`)) {
    return usage(
      `Expected a page of the repository of the check runs as --url, found ${quote(url)}`,
    )
  }
  const { configuration: _, ...made } = buildTestResultMembers(reports.value, { configuration: [] })
  const members = Object.entries(made).map(([name, value]) => ({
    name,
    value,
    place: () => '--from',
  }))
  const written = joinMembers([...members, known, ...membersOfFlags({ url: url ?? page })])
  if (!written.ok) return written
  return accept({
    written: written.value,
    outcome: outcomeOfTests(reports.value),
    notes: [describeCounts(reports.value), ...describeReplaced(reports.value)],
  })
}

/** The release is built from it, or the record is about it. */
function commitOf({ about, release }: MembersContext['about']): string {
  if (about.kind === 'commit') return about.commit
  return release?.sourceRevision ?? ''
}

/** Where the checks of the commit are shown: it says the repository, whose copies have the same commits. */
function pageOf({ repository }: TestReports, commit: string): string | undefined {
  return repository === undefined ? undefined : `${repository}/commit/${commit}/checks`
}

/** What audits name themselves, and what the options name. */
function configurationOf(
  { configuration }: TestReports,
  [given]: readonly MemberSource[],
): MemberSource | undefined {
  if (configuration.length === 0) return given
  const own = configuration.map(({ name, sha256 }) => ({ name, digest: { sha256 } }))
  const more = Array.isArray(given?.value) ? (given.value as readonly JsonValue[]) : []
  return { name: 'configuration', value: [...own, ...more], place: () => '--from' }
}

function describeCounts({ counts }: TestReports): string {
  const { cases, ...outcomes } = counts
  const told = Object.entries(outcomes).flatMap(([outcome, count]) =>
    count === 0 ? [] : [`${count} ${outcome}`],
  )
  return `Test cases: ${cases}${told.length === 0 ? ', so that nothing ran' : ` (${told.join(', ')})`}`
}

function describeReplaced({ replaced }: TestReports): readonly string[] {
  return replaced === 0
    ? []
    : [`Check runs that a later run of the same job stands for: ${replaced}`]
}
