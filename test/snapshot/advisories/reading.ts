// Reports, registries and snapshots for the tests of advisories.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseTimestamp, type Result } from '../../../src/core/index.ts'
import {
  type AdvisoryAudit,
  asReported,
  findAdvisories,
  judgeAdvisories,
  parseAdvisoryExceptions,
  parseAdvisoryReport,
  selectLockfiles,
} from '../../../src/snapshot/index.ts'
import { snapshotOf } from '../project.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/advisories')

/** When the tests judge, unless they say another time. */
export const AT = '2026-04-10T12:00:00Z'
const NOW = Date.parse(AT)

/** The text of a fixture. */
export function fixture(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8')
}

/** A report, read. */
export function read(report: string | object, now = NOW) {
  const text = typeof report === 'string' ? report : JSON.stringify(report)
  return parseAdvisoryReport(Buffer.from(text), now)
}

/** The codes of a refusal with the places that they are about. */
export function refusals(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.problems.map(({ code, at = '' }) => `${code} ${at}`.trim())
}

/** An exception for an advisory in the package sand; members can be replaced. */
export function exception(advisory: string, more: object = {}): object {
  return {
    advisory,
    package: 'sand',
    owner: 'yard team',
    reason: 'Only our own sand',
    expires: '2026-12-31T00:00:00Z',
    ...more,
  }
}

/** The registry as JSON. */
export function registry(...exceptions: readonly object[]): string {
  return JSON.stringify({ schema: 'assay/advisory-exceptions/v1', exceptions })
}

/** What an audit is asked with. */
export interface Asked {
  readonly exceptions?: readonly object[]
  readonly at?: string
  /** Files of a snapshot that the report is held against. */
  readonly files?: Readonly<Record<string, string>>
}

/** An audit of a report; throws where anything is refused. */
export async function audit(
  report: string | object,
  { exceptions = [], at = AT, files }: Asked = {},
): Promise<AdvisoryAudit> {
  const now = taken(parseTimestamp(at))
  const { form, advisories, packages, withdrawn } = taken(read(report, now))
  const { sha256, entries } = taken(
    parseAdvisoryExceptions(Buffer.from(registry(...exceptions)), 'json'),
  )
  const contents =
    files === undefined ? undefined : taken(selectLockfiles(await snapshotOf(files), form, []))
  return judgeAdvisories({
    at,
    report: {
      form,
      sha256: '0'.repeat(64),
      ...(packages !== undefined && { packages }),
      withdrawn: [...withdrawn],
    },
    exceptions: { sha256, entries: [...entries] },
    ...(contents !== undefined && {
      snapshot: {
        sha256: '1'.repeat(64),
        lockfiles: [...contents.lockfiles],
        packages: contents.packages,
      },
    }),
    findings: findAdvisories(advisories, contents?.locate ?? asReported),
  })
}

/** How each advisory stands, by its id. */
export function standings({ findings }: AdvisoryAudit): Readonly<Record<string, string>> {
  return Object.fromEntries(findings.map(({ advisory, standing }) => [advisory, standing]))
}

/** What was read; throws where it was refused. */
export function taken<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.problems))
}

/** The fixture's report of npm with another member at the top, or without one. */
export function changed(name: string, change: (document: Changeable) => void): object {
  const document: Changeable = JSON.parse(fixture(name))
  change(document)
  return document
}

/** What a test changes in a report, wherever in it. */
// oxlint-disable-next-line typescript/no-explicit-any -- a report that is wrong on purpose has no type
export type Changeable = any
