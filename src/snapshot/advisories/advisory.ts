// What a report of advisories says, in one shape for every tool that writes one.

import * as z from 'zod/mini'
import { LIMITS } from '../../core/index.ts'

/** From the mildest to the gravest, in the words of npm; OSV's `MEDIUM` is `moderate`. */
export const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical'] as const

/** How grave an advisory is. */
export type Severity = (typeof SEVERITIES)[number]

/** The form of a report. Two of them are of a scan; `osv` is a list that nobody held against any project. */
export const REPORT_FORMS = ['npm-audit', 'npm-audit-legacy', 'osv', 'osv-scanner'] as const

/** A form of a report. */
export type ReportForm = (typeof REPORT_FORMS)[number]

/** Where a scanner found the package: its version, or the key of its entry in `package-lock.json`, such as `node_modules/a`. */
export type Site = { readonly version: string } | { readonly place: string }

/** One advisory about one package. */
export interface Advisory {
  /** Its own ids and its aliases; at least one. */
  readonly ids: readonly string[]
  readonly ecosystem: string
  readonly name: string
  /** Absent where the report rates it in no way that is known. */
  readonly severity?: Severity
  /** The ratings that are there all the same. */
  readonly unscored?: readonly string[]
  /** The versions that it is about, as the report has them. */
  readonly affected?: string
  readonly title?: string
  /** Empty in a list that is of no scan. */
  readonly sites: readonly Site[]
}

/**
 * A report, read.
 *
 * @example
 * {
 *   form: 'npm-audit', packages: 120, withdrawn: [],
 *   advisories: [{ ids: ['GHSA-…'], ecosystem: 'npm', name: 'postcss', severity: 'moderate', affected: '<8.4.31',
 *     sites: [{ place: 'node_modules/postcss' }] }],
 * }
 */
export interface AdvisoryReport {
  readonly form: ReportForm
  /** How many packages the tool looked at, where it says so. */
  readonly packages?: number
  readonly advisories: readonly Advisory[]
  /** Ids of what was taken back by those who published it. */
  readonly withdrawn: readonly string[]
}

/** The graver of two; what is not rated is graver than anything. */
export function gravest(severities: readonly (Severity | undefined)[]): Severity | undefined {
  const ranks = severities.map((severity) =>
    severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity),
  )
  return SEVERITIES[Math.max(...ranks)]
}

/** `GHSA-7fh5-64p2-3v2j`, `CVE-2024-1234`, `npm:1094544`. */
export const ADVISORY_ID = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, { error: 'the id of an advisory' }))

/** One line that a terminal and a record can show as it is. */
const LINE = /^[^\p{Cc}\p{Cf}\u2028\u2029]+$/u

/** The name of a package, or one of its versions. */
export const PACKAGE_TEXT = z
  .string()
  .check(z.maxLength(512), z.regex(LINE, { error: 'a line of text without control characters' }))

/** A text of a person or a database; it is shown, and decides nothing. */
export const SHOWN_TEXT = z
  .string()
  .check(z.maxLength(LIMITS.recordTextMax), z.regex(LINE, { error: 'a line of text' }))

/** A title from a report: on one line and cut, for it only tells a person what this is. */
export function titleOf(text: string | undefined): string | undefined {
  const line = (text ?? '').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]+/gu, ' ').trim()
  if (line === '') return undefined
  return line.length > TITLE_MAX
    ? `${line
        .slice(0, TITLE_MAX - 1)
        .toWellFormed()
        .trimEnd()}…`
    : line
}

const TITLE_MAX = 200
