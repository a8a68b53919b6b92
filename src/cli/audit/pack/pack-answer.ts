// The audit of a pack as a command's answer.

import { accept, encodeTimestamp, escapeText, type Result } from '../../../core/index.ts'
import type { Host, PackReading } from '../../../host/index.ts'
import { documentOfVerdict, flowText, renderVerdict } from '../../../report/index.ts'
import { type Answer, refused } from '../../answer.ts'
import { notesOf, readHeadSetting } from '../../judging/ledger-setting.ts'
import { readRegistry } from '../../record/registry-input.ts'
import { readTrust } from '../../trust/trust-file.ts'
import { usage } from '../../usage.ts'
import type { AuditFlags } from '../audit-flags.ts'
import { auditPack, type PackAudit, type PackQuestion } from './pack-audit.ts'
import type { GivenTrust } from './pack-trust.ts'
import { describeUnknown } from './unknown-records.ts'

/** Audits the pack in a file. */
export async function answerPack(
  host: Host,
  flags: AuditFlags,
  pack: { readonly path: string; readonly reading: PackReading },
): Promise<Answer> {
  const question = await readQuestion(host, flags, pack.path)
  if (!question.ok) return refused(question.problems)
  const audit = await auditPack(host, pack.reading, question.value)
  if (!audit.ok) return refused(audit.problems)
  return answerOf(host, question.value, audit.value)
}

async function readQuestion(
  host: Host,
  flags: AuditFlags,
  path: string,
): Promise<Result<PackQuestion>> {
  const idle = (['head', 'maxAge', 'at', 'release'] as const).filter(
    (name) => flags[name] !== undefined,
  )
  if (idle.length > 0) {
    return usage('Expected --head, --max-age, --at and --release with a ledger, found a pack')
  }
  const now = host.now()
  const head = await readHeadSetting(host, flags, now)
  if (!head.ok) return head
  const { expectation, isUnsigned } = head.value
  const trust = await readGiven(host, flags)
  if (!trust.ok) return trust
  const registry =
    flags.policies === undefined ? accept(undefined) : await readRegistry(host, flags.policies)
  if (!registry.ok) return registry
  return accept({
    path,
    trust: trust.value,
    registry: registry.value,
    ...{ expectation, isUnsigned, now },
    scope: flags.run === true ? 'run' : 'project',
    unsafeExampleKeys: flags.unsafeExampleKeys,
    ignoresPages: flags.ignorePages === true,
    format: flags.format,
  })
}

async function readGiven(
  host: Host,
  { trust, trustDigest }: AuditFlags,
): Promise<Result<GivenTrust>> {
  if (trust !== undefined && trustDigest !== undefined) {
    return usage('Expected --trust FILE or --trust-digest DIGEST, found both')
  }
  if (trustDigest !== undefined) return accept({ kind: 'digest', sha256: trustDigest })
  if (trust === undefined) return accept({ kind: 'none' })
  const document = await readTrust(host, trust)
  return document.ok ? accept({ kind: 'document', document: document.value }) : document
}

function answerOf(
  host: Host,
  { path, format, scope, now, isUnsigned }: PackQuestion,
  audit: PackAudit,
): Answer {
  const { verdict, sha256, manifest, trust, registry, reports, unknown, notJudged } = audit
  const lines = [
    '\n',
    ...reports.lines,
    describeUnknown(unknown, host),
    '\nNot judged:\n',
    ...notJudged
      .flatMap((words) => flowText([escapeText(words)], host.columns - 2, ''))
      .map((line) => `  ${line}\n`),
  ]
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    text:
      format === 'text' ? renderVerdict(verdict, { columns: host.columns }) + lines.join('') : '',
    document: {
      schema: 'assay/audit/v1',
      outcome: verdict.outcome,
      pack: { path, sha256, release: manifest.release, phase: manifest.phase },
      scope,
      at: encodeTimestamp(now),
      ...(trust !== undefined && { trust: { sha256: trust.digest } }),
      ...(registry !== undefined && { policies: { sha256: registry.digest } }),
      releases: reports.documents,
      unknown: unknown.map((record) => ({ ...record, signer: 'unknown' })),
      notJudged: [...notJudged],
      verdict: documentOfVerdict(verdict),
    },
    notes: notesOf(isUnsigned),
  }
}
