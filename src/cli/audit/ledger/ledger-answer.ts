// The audit of a ledger as a command's answer.

import { accept, encodeTimestamp, type Result } from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import type { Registry } from '../../../policy/index.ts'
import { documentOfVerdict, renderVerdict } from '../../../report/index.ts'
import type { TrustDocument } from '../../../trust/index.ts'
import { type Answer, refused } from '../../answer.ts'
import { readHeadExpectation, readKeptHead } from '../../ledger/ledger-flags.ts'
import { readRegistry } from '../../record/registry-input.ts'
import { readTrust } from '../../trust/trust-file.ts'
import { usage } from '../../usage.ts'
import type { AuditFlags } from '../audit-flags.ts'
import {
  auditLedger,
  documentOfHead,
  type LedgerAudit,
  type LedgerQuestion,
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
): Promise<Result<LedgerQuestion>> {
  const { policies, head, maxAge, at, run = false, release, unsafeExampleKeys, format } = flags
  const expectation = await readHeadExpectation(host, flags)
  if (!expectation.ok) return expectation
  const isUnsigned = flags.unsafeUnsigned === true
  if (expectation.value !== undefined && isUnsigned) {
    return usage('Expected --log-key KEY or --unsafe-unsigned, found both')
  }
  if (expectation.value === undefined && (head !== undefined || maxAge !== undefined)) {
    return usage('Expected --log-key with --head and --max-age')
  }
  const trust: Result<TrustDocument> = await readTrust(host, flags.trust)
  if (!trust.ok) return trust
  const registry: Result<Registry | undefined> = await readRegistry(host, policies)
  if (!registry.ok) return registry
  const older = await readKeptHead(host, head, expectation.value)
  if (!older.ok) return older
  const now = host.now()
  return accept({
    store: await host.openLedger(path),
    trust: trust.value,
    registry: registry.value,
    scope: run ? 'run' : 'project',
    expectation: expectation.value,
    older: older.value,
    age: maxAge === undefined ? undefined : { now: at ?? now, maxAgeMs: maxAge },
    isUnsigned,
    now,
    at,
    unsafeExampleKeys,
    only: release,
    format,
  })
}

interface Told {
  readonly path: string
  readonly question: LedgerQuestion
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
      ...(isUnsigned
        ? ['UNSAFE: no signed head was judged, so that entries may have been dropped unseen']
        : []),
      ...(registry === undefined
        ? ['No policies were given: what a policy decides could not be judged']
        : []),
    ],
  }
}

function separate(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['\n', ...lines]
}
