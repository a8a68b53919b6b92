// The audit as a JSON document, `assay/advisory-audit/v1`, and back. What it states is computed again on reading: a document whose
// standings, counts or outcome are not those of its own facts is refused.

import * as z from 'zod/mini'
import {
  accept,
  combineOutcomes,
  encodeCanonicalJson,
  encodeUtf8,
  equalBytes,
  type JsonObject,
  type JsonValue,
  LIMITS,
  parseBySchema,
  parseJson,
  parseTimestamp,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { SnapshotProblem } from '../problem.ts'
import { ADVISORY_ID, PACKAGE_TEXT, REPORT_FORMS } from './advisory.ts'
import { ADVISORY_EXCEPTION } from './exceptions.ts'
import { FOUND_ADVISORY } from './finding.ts'
import {
  DIFFERENCES,
  judgeAdvisory,
  outcomeOfStandings,
  type Standing,
  STANDINGS,
} from './judgement.ts'

/** The `schema` member of the document. */
const ADVISORY_AUDIT_SCHEMA = 'assay/advisory-audit/v1'

const SHA256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, { error: 'a SHA-256' }))
const COUNT = z.int().check(z.gte(0))
const TIME = z
  .string()
  .check(z.refine((text) => parseTimestamp(text).ok, { error: 'Expected an RFC 3339 time' }))

/** The whole document; its JSON Schema is published as `schemas/advisory-audit.json`. */
export const advisoryAuditSchema = z.strictObject({
  schema: z.literal(ADVISORY_AUDIT_SCHEMA),
  outcome: z.enum(['accepted', 'rejected', 'missing', 'stale']),
  /** The instant that exceptions were held against. */
  at: TIME,
  report: z.strictObject({
    form: z.enum(REPORT_FORMS),
    sha256: SHA256,
    /** How many packages it looked at, where it says so. */
    packages: z.optional(COUNT),
    withdrawn: z.array(ADVISORY_ID),
  }),
  /** What the report was held against, so that it is known to be about it. */
  snapshot: z.optional(
    z.strictObject({
      sha256: SHA256,
      lockfiles: z.array(z.strictObject({ path: PACKAGE_TEXT, sha256: SHA256 })),
      /** How many packages the lockfiles hold. */
      packages: COUNT,
    }),
  ),
  exceptions: z.strictObject({ sha256: SHA256, entries: z.array(ADVISORY_EXCEPTION) }),
  findings: z.array(
    z.extend(FOUND_ADVISORY, {
      standing: z.enum(STANDINGS),
      exceptions: z.array(ADVISORY_EXCEPTION),
      near: z.array(
        z.strictObject({ exception: ADVISORY_EXCEPTION, differs: z.enum(DIFFERENCES) }),
      ),
    }),
  ),
  /** Exceptions that are for nothing in the report. */
  unused: z.array(ADVISORY_EXCEPTION),
  counts: z.record(z.enum([...STANDINGS, 'advisories']), COUNT),
})

/** An audit, as its document has it. */
export type AdvisoryAudit = Readonly<z.infer<typeof advisoryAuditSchema>>

/** What is found out and not computed: everything else of the document comes of it. */
export interface AuditFacts extends Pick<AdvisoryAudit, 'at' | 'report' | 'exceptions'> {
  readonly snapshot?: AdvisoryAudit['snapshot']
  readonly findings: readonly z.infer<typeof FOUND_ADVISORY>[]
}

/** Judges the facts. */
export function judgeAdvisories(facts: AuditFacts): AdvisoryAudit {
  const { at, report, snapshot, exceptions } = facts
  const now = parseTimestamp(at)
  const registry = {
    form: report.form,
    exceptions: exceptions.entries,
    // A time that can not be read has been refused before; nothing is in force at its end.
    now: now.ok ? now.value : Number.POSITIVE_INFINITY,
  }
  const findings = facts.findings.map((found) => {
    const { standing, exceptions, near } = judgeAdvisory(found, registry)
    return { ...found, standing, exceptions: [...exceptions], near: [...near] }
  })
  const used = new Set(findings.flatMap((each) => each.exceptions))
  const standings = findings.map(({ standing }) => standing)
  return {
    schema: ADVISORY_AUDIT_SCHEMA,
    outcome: outcomeOf(facts, standings),
    at,
    report,
    ...(snapshot !== undefined && { snapshot }),
    exceptions,
    findings,
    unused: exceptions.entries.filter((entry) => !used.has(entry)),
    counts: countStandings(standings),
  }
}

/** The same audit as of another time: what was excepted then may be over by now. */
export function judgeAgain(audit: AdvisoryAudit, at: string): AdvisoryAudit {
  const { report, snapshot, exceptions } = audit
  return judgeAdvisories({
    at,
    report,
    exceptions,
    ...(snapshot !== undefined && { snapshot }),
    findings: audit.findings.map(({ standing: _, exceptions: _e, near: _n, ...found }) => found),
  })
}

/** Whoever looked at no package has found nothing in those of the snapshot. */
function outcomeOf(
  { report, snapshot }: AuditFacts,
  standings: readonly Standing[],
): AdvisoryAudit['outcome'] {
  const judged = outcomeOfStandings(standings, report.form)
  const looked = report.packages !== 0 || (snapshot?.packages ?? 0) === 0
  const parts = [{ outcome: judged }, { outcome: looked ? 'accepted' : 'missing' } as const]
  // Of such parts no other outcome is made.
  return combineOutcomes(parts) as AdvisoryAudit['outcome']
}

function countStandings(standings: readonly Standing[]): AdvisoryAudit['counts'] {
  const count = (standing: Standing) => standings.filter((each) => each === standing).length
  return {
    advisories: standings.length,
    critical: count('critical'),
    unknown: count('unknown'),
    unrated: count('unrated'),
    expired: count('expired'),
    elsewhere: count('elsewhere'),
    excepted: count('excepted'),
  }
}

/** The document of an audit. */
export function buildAuditDocument(audit: AdvisoryAudit): JsonObject {
  return advisoryAuditSchema.parse(audit) as unknown as JsonObject
}

/** The document's bytes: two spaces of indent, one newline at the end. */
export function encodeAdvisoryAudit(audit: AdvisoryAudit): Uint8Array {
  return encodeUtf8(`${JSON.stringify(buildAuditDocument(audit), null, 2)}\n`)
}

/** Reads an audit; `snapshot/advisory-audit` says where it is not one, or not what its own facts come to. */
export function parseAdvisoryAudit(bytes: Uint8Array): Result<AdvisoryAudit, SnapshotProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.inputBytesMax })
  if (!json.ok) return refuse({ ...json.problems[0], code: 'snapshot/advisory-audit' })
  const parsed = parseBySchema(advisoryAuditSchema, json.value, ({ message, at }) => ({
    code: 'snapshot/advisory-audit' as const,
    message,
    ...(at !== undefined && { at }),
  }))
  if (!parsed.ok) return parsed
  const audit = parsed.value
  const again = judgeAgain(audit, audit.at)
  const differs = MEMBERS.find((member) => !sameJson(audit[member], again[member]))
  const looked = audit.findings.every(
    ({ inSnapshot }) => (inSnapshot === undefined) === (audit.snapshot === undefined),
  )
  if (differs === undefined && looked) return accept(audit)
  return refuse({
    code: 'snapshot/advisory-audit',
    message: `Expected what the audit's own facts come to, found another value of ${quote(differs ?? 'inSnapshot')}`,
    hint: 'Make the audit again: assay snapshot audit --out',
  })
}

/** What is computed. */
const MEMBERS = ['findings', 'unused', 'counts', 'outcome'] as const

function sameJson(a: unknown, b: unknown): boolean {
  const [one, other] = [a, b].map((each) => encodeCanonicalJson(each as JsonValue))
  return one?.ok === true && other?.ok === true && equalBytes(one.value, other.value)
}
