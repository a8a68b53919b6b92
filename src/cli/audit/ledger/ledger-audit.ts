// A ledger in a folder, audited: its tree and heads, every record, every release.

import {
  accept,
  type Check,
  encodeBase64,
  groupChecks,
  type JsonObject,
  quote,
  type Result,
} from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import type { TreeHead } from '../../../ledger/index.ts'
import type { Format } from '../../flags.ts'
import { judgeLedger, type LedgerQuestion } from '../../judging/ledger-judging.ts'
import type { OtherEntries } from '../../judging/release-pass.ts'
import { checkSignatures, reportRelease } from '../release-report.ts'
import { collectReports, type ReportCollection } from '../report-collection.ts'

/** What is asked of an audit. */
export type AuditQuestion = Omit<LedgerQuestion, 'onRelease'> & { readonly format: Format }

/** What an audit found. */
export interface LedgerAudit {
  readonly verdict: Check
  readonly head?: TreeHead
  readonly reports: ReportCollection
  readonly others: readonly JsonObject[]
}

/** Audits the ledger in a folder. */
export async function auditLedger(
  host: Host,
  question: AuditQuestion,
): Promise<Result<LedgerAudit>> {
  const { store, scope, format } = question
  host.keepHeapSmall()
  const reports = collectReports(format, host)
  const judged = await judgeLedger(host, {
    ...question,
    onRelease: (view, found) => reports.add(reportRelease(view, found, scope)),
  })
  if (!judged.ok) return judged
  const { checks, head, others } = judged.value
  const verdict = groupChecks('audit', `The ledger ${quote(store.path)}`, [
    ...checks,
    reports.check(),
    ...others.map(checkOther),
  ])
  return accept({
    verdict,
    ...(head !== undefined && { head }),
    reports,
    others: others.map(documentOfOther),
  })
}

function checkOther({ about, found, joined }: OtherEntries): Check {
  const check = checkSignatures(found)
  const where =
    joined.length === 0 ? 'they count for no release' : `they count for ${joined.join(', ')}`
  return {
    ...check,
    name: 'other-records',
    message: `${about}: ${check.message}${about.startsWith('git:') ? `; ${where}` : ''}`,
  }
}

function documentOfOther({ about, found, joined }: OtherEntries): JsonObject {
  return {
    about,
    releases: [...joined],
    refused: found.refused.length + found.lost.length,
    records: found.items.map((item) => ({
      index: item.index,
      sha256: item.sha256,
      family: item.kind === 'record' ? item.family : item.name,
      signer: item.signer.principal,
      origin: item.origin,
    })),
  }
}

/** The head as a document has it. */
export function documentOfHead(head: TreeHead | undefined) {
  return head === undefined ? {} : { size: head.size, root: encodeBase64(head.root) }
}
