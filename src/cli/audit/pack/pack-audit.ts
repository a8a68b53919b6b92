// A pack, audited from its one file: nothing else is read but whom to believe.

import {
  accept,
  type Check,
  combineOutcomes,
  countOf,
  groupChecks,
  type Instant,
  quote,
  type Result,
} from '../../../core/index.ts'
import type { Host, PackReading } from '../../../host/index.ts'
import type { HeadExpectation } from '../../../ledger/index.ts'
import type { Registry } from '../../../policy/index.ts'
import {
  checkPackFiles,
  type LedgerItem,
  type LedgerScope,
  namedDocuments,
  PACK_MANIFEST_PATH,
  type PackManifest,
  parsePackManifest,
} from '../../../record/index.ts'
import type { TrustDocument } from '../../../trust/index.ts'
import type { Format } from '../../flags.ts'
import { judgeHeadKeys } from '../../ledger/head-keys.ts'
import { checkProofs } from '../../pack/ledger-proofs.ts'
import { describeAbsent } from '../../pack/absent-documents.ts'
import { listAbsent } from '../../pack/pack-build.ts'
import { PACK_PATHS } from '../../pack/pack-layout.ts'
import {
  checkDocuments,
  checkHead,
  checkParts,
  checkRecordFiles,
  checkScope,
} from './pack-checks.ts'
import { checkKeys, judgePages } from './pack-derived.ts'
import { type Files, type PackParts, readParts } from './pack-parts.ts'
import { type GivenTrust, judgeTrust } from './pack-trust.ts'
import { listUnknown, type UnknownRecord } from './unknown-records.ts'
import { judgeRecords } from './pack-records.ts'
import { collectReports, type ReportCollection } from '../report-collection.ts'

/** What is asked about a pack. */
export interface PackQuestion {
  readonly path: string
  readonly trust: GivenTrust
  /** Policies to judge under; without them, those of the pack. */
  readonly registry: Registry | undefined
  /** Whose head its proofs lead to. */
  readonly expectation: HeadExpectation | undefined
  /** Said aloud: no head is judged. */
  readonly isUnsigned: boolean
  /** Whose ledger it is of, by the word of whoever asks: the pack says so as well, and nobody signed that. */
  readonly scope: LedgerScope
  readonly now: Instant
  readonly unsafeExampleKeys: boolean | undefined
  /** Said aloud: nobody believes the page and the schemas of another version. */
  readonly ignoresPages: boolean
  readonly format: Format
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
  const { path, format, scope } = question
  const audit = { sha256, manifest: manifest.value }
  const { release } = manifest.value
  const whose =
    scope === 'run'
      ? 'of the ledger of a run, of which nobody adopted a record'
      : 'of the ledger of a project'
  const message = `The pack ${quote(path)}, ${whose}`
  const whole = [checkPackFiles(manifest.value, files), checkScope(scope, manifest.value)]
  if (combineOutcomes(whole) !== 'accepted') {
    const verdict = groupChecks('audit', message, whole)
    const reports = collectReports(format, host)
    return accept({ ...audit, verdict, reports, unknown: [], notJudged: ['All that is in it'] })
  }
  const parts = readParts(files)
  if (!parts.ok) return parts
  const { proofs } = parts.value
  const trust = judgeTrust(question.trust, parts.value.trust)
  const sound = trust.document && judgeHeadKeys(question.expectation, trust.document)
  if (sound?.ok === false) return sound
  const pages = judgePages({
    ...parts.value,
    ...{ manifest: manifest.value, files, isIgnored: question.ignoresPages },
  })
  const checks = [
    ...whole,
    trust.check,
    checkKeys(parts.value.trust, files),
    pages.check,
    checkRecordFiles(proofs, files, release),
    checkProofs(proofs),
    ...checkHead(question, proofs, files.get(PACK_PATHS.checkpoint)),
  ]
  if (trust.document === undefined) {
    const verdict = groupChecks('audit', message, checks)
    const unknown = await listUnknown(files, proofs, release)
    const notJudged = ['Who signed the records, and all that follows from it', ...pages.notJudged]
    return accept({ ...audit, verdict, reports: collectReports(format, host), unknown, notJudged })
  }
  const reports = collectReports(format, host)
  const registry = question.registry ?? parts.value.policies
  const { now, unsafeExampleKeys } = question
  const { items, counted, ...judged } = await judgeRecords(host, files, {
    ...{ parts: parts.value, manifest: manifest.value, believed: trust.document },
    ...{ scope, registry, now, unsafeExampleKeys, reports },
  })
  return accept({
    ...audit,
    trust: trust.document,
    registry,
    verdict: groupChecks('audit', message, [
      ...checks,
      ...checkParts(counted, manifest.value, parts.value),
      checkDocuments(items, files, parts.value),
      ...judged.checks,
    ]),
    reports,
    unknown: [],
    notJudged: [...listNotJudged(items, files, question, parts.value), ...pages.notJudged],
  })
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
    'That the pack has all records of the release, and of those that they refer to: only the ledger shows it',
    'That the ledger continues an older head: only the ledger shows it',
    ...(expectation === undefined
      ? [`Who signed the head of ${countOf(proofs.head.size, 'entry')}: nobody was asked`]
      : []),
    ...(registry === undefined ? ['That the policies of the pack are those of the project'] : []),
    files.has(PACK_PATHS.set)
      ? 'The files of the release, which are not in the pack: SHA256SUMS lists them'
      : 'The files of the release: neither they nor their list are in the pack',
    ...describeAbsent(absent),
  ]
}
