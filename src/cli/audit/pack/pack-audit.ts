// A pack, audited from its one file: nothing else is read but whom to believe.

import {
  accept,
  type Check,
  groupChecks,
  type Instant,
  quote,
  type Result,
  refuse,
} from '../../../core/index.ts'
import { digestBytes } from '../../../digest/index.ts'
import type { Host, PackReading } from '../../../host/index.ts'
import type { HeadExpectation } from '../../../ledger/index.ts'
import type { Registry } from '../../../policy/index.ts'
import {
  checkPackFiles,
  type LedgerItem,
  namedDocuments,
  PACK_MANIFEST_PATH,
  type PackManifest,
  parsePackManifest,
} from '../../../record/index.ts'
import { encodeTrust, principalsWith, type TrustDocument } from '../../../trust/index.ts'
import type { Format } from '../../flags.ts'
import { entriesOf } from '../../ledger/verification.ts'
import { checkProofs } from '../../pack/ledger-proofs.ts'
import { listAbsent } from '../../pack/pack-build.ts'
import { PACK_PATHS, packedRecordPath } from '../../pack/pack-layout.ts'
import {
  checkDerived,
  checkDocuments,
  checkHead,
  checkParts,
  checkRecordFiles,
} from './pack-checks.ts'
import { type Files, type PackParts, readParts } from './pack-parts.ts'
import { type GivenTrust, judgeTrust } from './pack-trust.ts'
import { createEntryIndex } from '../entry-index.ts'
import { passReleases } from '../release-pass.ts'
import { checkSignatures } from '../release-report.ts'
import { collectReports, type ReportCollection } from '../report-collection.ts'

/** What is asked about a pack. */
export interface PackQuestion {
  readonly path: string
  readonly trust: GivenTrust
  /** Policies to judge under; without them, those of the pack. */
  readonly registry: Registry | undefined
  readonly expectation: HeadExpectation | undefined
  readonly now: Instant
  readonly unsafeExampleKeys: boolean | undefined
  readonly format: Format
}

/** A record of whose signer nobody said anything. */
export interface UnknownRecord {
  readonly index: number
  readonly sha256: string
  readonly predicateType: string
  readonly about: string
}

/** What an audit of a pack found. */
export interface PackAudit {
  readonly verdict: Check
  readonly sha256: string
  readonly manifest: PackManifest
  /** Under which it was judged. */
  readonly trust?: TrustDocument
  readonly registry?: Registry
  readonly reports: ReportCollection
  readonly unknown: readonly UnknownRecord[]
  /** What a pack alone can not show, or what is not in it. */
  readonly notJudged: readonly string[]
}

/** Audits the pack. */
export async function auditPack(
  host: Host,
  { sha256, files }: PackReading,
  question: PackQuestion,
): Promise<Result<PackAudit>> {
  const manifest = parsePackManifest(files.get(PACK_MANIFEST_PATH))
  if (!manifest.ok) return manifest
  const { path, format } = question
  const audit = { sha256, manifest: manifest.value }
  const message = `The pack ${quote(path)}`
  const whole = checkPackFiles(manifest.value, files)
  if (whole.outcome !== 'accepted') {
    const verdict = groupChecks('audit', message, [whole])
    const reports = collectReports(format)
    return accept({ ...audit, verdict, reports, unknown: [], notJudged: ['All that is in it'] })
  }
  const parts = readParts(files)
  if (!parts.ok) return parts
  const { proofs } = parts.value
  const trust = judgeTrust(question.trust, parts.value.trust)
  const checks = [
    whole,
    trust.check,
    checkDerived(parts.value.trust, files),
    checkRecordFiles(proofs, files),
    checkProofs(proofs),
    ...checkHead(question.expectation, proofs, files.get(PACK_PATHS.checkpoint)),
  ]
  if (trust.document === undefined) {
    const verdict = groupChecks('audit', message, checks)
    const unknown = proofs.entries.map(({ index, entry }) => ({
      ...{ index, sha256: entry.sha256, predicateType: entry.predicateType },
      about: entry.release,
    }))
    const notJudged = ['Who signed the records, and all that follows from it']
    return accept({ ...audit, verdict, reports: collectReports(format), unknown, notJudged })
  }
  const judged = await judgeRecords(host, files, {
    ...question,
    parts: parts.value,
    manifest: manifest.value,
    believed: trust.document,
  })
  return accept({
    ...audit,
    trust: trust.document,
    registry: question.registry ?? parts.value.policies,
    verdict: groupChecks('audit', message, [...checks, ...judged.checks]),
    reports: judged.reports,
    unknown: [],
    notJudged: listNotJudged(judged.items, files, question, parts.value),
  })
}

interface RecordsQuestion extends PackQuestion {
  readonly parts: PackParts
  readonly manifest: PackManifest
  readonly believed: TrustDocument
}

async function judgeRecords(host: Host, files: Files, question: RecordsQuestion) {
  const { parts, manifest, believed, now, unsafeExampleKeys, format } = question
  const index = createEntryIndex()
  for (const { entry, index: at } of parts.proofs.entries) index.add(entry, at)
  const reports = collectReports(format)
  const items: LedgerItem[] = []
  const asked = {
    trust: encodeTrust(believed),
    now,
    ...(unsafeExampleKeys !== undefined && { unsafeExampleKeys }),
  }
  const verifier = await host.openRecordVerifier(asked, index.size())
  try {
    const { others } = await passReleases({
      index,
      source: { read: async ({ sha256 }) => readPacked(files, sha256), verify: verifier.verify },
      registry: question.registry ?? parts.policies,
      now,
      scope: 'run',
      holdersOf: (roles) => principalsWith(believed, roles),
      onRelease: (report, found) => {
        reports.add(report)
        items.push(...found.items)
      },
      onProgress: () => {},
    })
    for (const { found } of others) items.push(...found.items)
    const checks = [
      ...checkParts(items, manifest, parts),
      checkDocuments(items, files, parts),
      reports.check(),
      ...others.map(({ about, found }) => {
        const check = checkSignatures(found)
        return { ...check, name: 'other-records', message: `${about}: ${check.message}` }
      }),
    ]
    return { checks, reports, items }
  } finally {
    await verifier.close()
  }
}

/** Under its digest, whatever its name says. */
function readPacked(files: Files, sha256: string): Result<Uint8Array> {
  const bytes = files.get(packedRecordPath(sha256))
  if (bytes !== undefined && digestBytes('sha256', bytes) === sha256) return accept(bytes)
  const message = `Expected the record ${quote(sha256)} in the pack, found ${bytes === undefined ? 'none' : 'another'}`
  return refuse({ code: 'cli/audit-pack', message })
}

function listNotJudged(
  items: readonly LedgerItem[],
  files: Files,
  { expectation, registry }: PackQuestion,
  { inner, innerSha256, policies, proofs }: PackParts,
): readonly string[] {
  const known = { files, registry: policies, set: inner.set.sha256 }
  const absent = listAbsent(namedDocuments(items, inner), innerSha256, known)
  return [
    'That the pack has all records of the release: only the ledger shows it',
    'That the ledger continues an older head: only the ledger shows it',
    ...(expectation === undefined
      ? [
          `Who signed the head of ${entriesOf(proofs.head.size)}: the key of the ledger was not given`,
        ]
      : []),
    ...(registry === undefined ? ['That the policies of the pack are those of the project'] : []),
    files.has(PACK_PATHS.set)
      ? 'The files of the release, which are not in the pack: SHA256SUMS lists them'
      : 'The files of the release: neither they nor their list are in the pack',
    ...absent.map(({ sha256, namedBy }) => `sha256:${sha256}, named by ${namedBy.join(', ')}`),
  ]
}
