// The audit of a ledger as a command's answer.

import { accept, encodeTimestamp, type Result } from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import { documentOfVerdict, renderVerdict } from '../../../report/index.ts'
import { type Answer, refused } from '../../answer.ts'
import { notesOf, readLedgerSetting } from '../../judging/ledger-setting.ts'
import type { AuditFlags } from '../audit-flags.ts'
import {
  auditLedger,
  documentOfHead,
  type LedgerAudit,
  type AuditQuestion,
} from './ledger-audit.ts'

type Flags = AuditFlags & { readonly trust: string }

/** Audits the ledger in a folder. */
export async function answerLedger(host: Host, flags: Flags, path: string): Promise<Answer> {
  const question = await readQuestion(host, flags, path)
  if (!question.ok) return refused(question.problems)
  const audit = await auditLedger(host, question.value)
  if (!audit.ok) return refused(audit.problems)
  return answerOf(host, { path, question: question.value, audit: audit.value })
}

async function readQuestion(
  host: Host,
  flags: Flags,
  path: string,
): Promise<Result<AuditQuestion>> {
  const { run = false, release, format } = flags
  const setting = await readLedgerSetting(host, flags, path)
  if (!setting.ok) return setting
  return accept({ ...setting.value, scope: run ? 'run' : 'project', only: release, format })
}

interface Told {
  readonly path: string
  readonly question: AuditQuestion
  readonly audit: LedgerAudit
}

function answerOf(host: Host, { path, question, audit }: Told): Answer {
  const { verdict, head, reports, others } = audit
  const { trust, registry, scope, at, now, isUnsigned, format } = question
  const { columns } = host
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    text:
      format === 'text'
        ? [renderVerdict(verdict, { columns }), ...separate(reports.lines)].join('')
        : '',
    document: {
      schema: 'assay/audit/v1',
      outcome: verdict.outcome,
      ledger: path,
      scope,
      at: encodeTimestamp(at ?? now),
      trust: { sha256: trust.digest },
      ...(registry !== undefined && { policies: { sha256: registry.digest } }),
      ...documentOfHead(head),
      releases: reports.documents,
      others,
      verdict: documentOfVerdict(verdict),
    },
    notes: [
      ...notesOf(isUnsigned),
      ...(registry === undefined
        ? ['No policies were given: what a policy decides could not be judged']
        : []),
    ],
  }
}

function separate(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['\n', ...lines]
}
