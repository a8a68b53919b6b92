// `assay snapshot audit`: the advisories of a report, held against a registry of exceptions.

import { buildCommand } from '@stricli/core'
import { accept, encodeTimestamp, type Instant, quote, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  type AdvisoryAudit,
  type AdvisoryReport,
  asReported,
  buildAuditDocument,
  encodeAdvisoryAudit,
  findAdvisories,
  judgeAdvisories,
  parseAdvisoryExceptions,
  parseAdvisoryReport,
  parseSnapshot,
  selectLockfiles,
} from '../../snapshot/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { atPath, readDigested } from '../file-input.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, TEXT } from '../flags.ts'
import { parseInstant } from '../trust/instant-flag.ts'
import { usage } from '../usage.ts'
import { renderAudit } from './audit-text.ts'

interface Flags {
  readonly advisories: string
  readonly exceptions: string
  readonly snapshot?: string
  readonly lockfile?: readonly string[]
  readonly at?: Instant
  readonly out?: string
  readonly format: Format
}

/** The command, for the route map of `assay snapshot`. */
export const auditCommand = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Hold advisories against a registry of exceptions',
    fullDescription: [
      'Reads what npm audit --json or osv-scanner --format json wrote, or a list of OSV vulnerabilities, and judges each',
      'advisory once, whatever ids it goes by. Without an exception in force it is not accepted (exit code 1), and a',
      'critical one never is. Asks no registry and no database. assay record test-result --from signs what --out wrote.',
      '',
      'Example: assay snapshot audit --advisories npm-audit.json --exceptions exceptions.yaml',
      '  --snapshot snapshot.json --out advisory-audit.json',
    ].join('\n'),
  },
  parameters: {
    flags: {
      advisories: {
        ...TEXT,
        placeholder: 'FILE',
        brief: 'The report of advisories, in JSON; "-" is standard input',
      },
      exceptions: {
        ...TEXT,
        placeholder: 'FILE',
        brief: 'The registry of exceptions, as YAML or JSON; it may be empty',
      },
      snapshot: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'The snapshot that the report has to be about, as assay snapshot --out wrote it',
      },
      lockfile: {
        ...OPTIONAL_TEXT,
        variadic: true,
        placeholder: 'PATH',
        brief: 'Which lockfile of the snapshot; needed where it has several, and may be repeated',
      },
      at: {
        kind: 'parsed',
        parse: parseInstant,
        optional: true,
        placeholder: 'TIME',
        brief: 'Judge as of this time and not by the clock',
      },
      out: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Write the audit there, as JSON' },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags): Promise<Answer> => {
    const audit = await audited(host, flags)
    if (!audit.ok) return refused(audit.problems)
    return present(host, audit.value, flags)
  }),
})

async function audited(host: Host, flags: Flags): Promise<Result<AdvisoryAudit>> {
  const { advisories, exceptions: registry, at: now = host.now() } = flags
  const report = await readDigested(host, advisories, (bytes) => parseAdvisoryReport(bytes, now))
  if (!report.ok) return report
  const form = registry.endsWith('.json') ? 'json' : 'yaml'
  const exceptions = await readDigested(host, registry, (bytes) =>
    parseAdvisoryExceptions(bytes, form),
  )
  if (!exceptions.ok) return exceptions
  const held = await holdAgainst(host, report.value.value, flags)
  if (!held.ok) return held
  const { form: written, packages, withdrawn } = report.value.value
  return accept(
    judgeAdvisories({
      at: encodeTimestamp(now),
      report: {
        form: written,
        sha256: report.value.sha256,
        ...(packages !== undefined && { packages }),
        withdrawn: [...withdrawn],
      },
      exceptions: {
        sha256: exceptions.value.sha256,
        entries: [...exceptions.value.value.entries],
      },
      ...held.value,
    }),
  )
}

/** The advisories, and the snapshot where there is one: they are looked up in it. */
async function holdAgainst(
  host: Host,
  { form, advisories }: AdvisoryReport,
  { snapshot: path, lockfile = [] }: Flags,
): Promise<Result<Pick<Parameters<typeof judgeAdvisories>[0], 'snapshot' | 'findings'>>> {
  if (path === undefined) {
    if (lockfile.length > 0) return usage('Expected --snapshot with --lockfile, found none')
    return accept({ findings: findAdvisories(advisories, asReported) })
  }
  const snapshot = await readDigested(host, path, parseSnapshot)
  if (!snapshot.ok) return snapshot
  const contents = atPath(selectLockfiles(snapshot.value.value, form, lockfile), path)
  if (!contents.ok) return contents
  const { lockfiles, packages, locate } = contents.value
  return accept({
    snapshot: { sha256: snapshot.value.sha256, lockfiles: [...lockfiles], packages },
    findings: findAdvisories(advisories, locate),
  })
}

async function present(host: Host, audit: AdvisoryAudit, { out }: Flags): Promise<Answer> {
  if (out !== undefined) {
    const written = await host.writeBytes(out, encodeAdvisoryAudit(audit))
    if (!written.ok) return refused(written.problems)
  }
  return {
    kind: 'finished',
    outcome: audit.outcome,
    document: buildAuditDocument(audit),
    text: renderAudit(audit),
    ...(out !== undefined && { notes: [`Wrote ${quote(out)}`] }),
  }
}
