// The records of a pack, verified and judged: those of its release as that, those of other releases as what they are referred to for.

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
import type { Host } from '../../../host/index.ts'
import type { Registry } from '../../../policy/index.ts'
import {
  bundlesOf,
  type LedgerItem,
  type LedgerScope,
  namedReleases,
  type PackManifest,
} from '../../../record/index.ts'
import { encodeTrust, type TrustDocument } from '../../../trust/index.ts'
import { isOwnEntry, recordPathIn } from '../../pack/pack-layout.ts'
import { createEntryIndex, type EntryIndex } from '../../judging/entry-index.ts'
import { readItems, type RecordSource } from '../../judging/release-items.ts'
import { passReleases } from '../../judging/release-pass.ts'
import { checkSignatures, reportRelease } from '../release-report.ts'
import type { ReportCollection } from '../report-collection.ts'
import { holdersIn } from '../../judging/role-holders.ts'
import type { Files, PackParts } from './pack-parts.ts'

/** Under what the records are judged. */
export interface RecordsQuestion {
  readonly parts: PackParts
  readonly manifest: PackManifest
  readonly believed: TrustDocument
  readonly scope: LedgerScope
  readonly registry: Registry
  readonly now: Instant
  readonly unsafeExampleKeys: boolean | undefined
  /** Filled with the release of the pack. */
  readonly reports: ReportCollection
}

/** The records of the pack, and what was found of them. */
export interface JudgedRecords {
  /** Of the release and its commit, accepted, in ledger order. */
  readonly items: readonly LedgerItem[]
  /** Those of them that count. */
  readonly counted: readonly LedgerItem[]
  readonly checks: readonly Check[]
}

/** Verifies and judges them. */
export async function judgeRecords(
  host: Host,
  files: Files,
  question: RecordsQuestion,
): Promise<JudgedRecords> {
  const { parts, manifest, believed, scope, registry, now, unsafeExampleKeys, reports } = question
  const { release } = manifest
  const index = createEntryIndex()
  for (const { entry, index: at } of parts.proofs.entries) index.add(entry, at)
  const asked = {
    ...{ trust: encodeTrust(believed), now },
    ...(unsafeExampleKeys !== undefined && { unsafeExampleKeys }),
  }
  const verifier = await host.openRecordVerifier(asked, index.size())
  const source: RecordSource = {
    read: async (entry) => readPacked(files, recordPathIn(entry, release), entry.sha256),
    verify: verifier.verify,
  }
  const items: LedgerItem[] = []
  const generated = new Set<string>()
  try {
    const own = index.releases().filter((about) => isOwnEntry({ release: about }, release))
    const { others } = await passReleases(
      {
        ...{ index, source, registry, now, scope },
        holdersOf: holdersIn(believed),
        onRelease: (view, found) => {
          const report = reportRelease(view, found, scope)
          reports.add(report)
          items.push(...found.items)
          for (const sha256 of view.fold.generated.flatMap(bundlesOf)) generated.add(sha256)
        },
        onProgress: () => {},
      },
      own,
    )
    for (const { found } of others) items.push(...found.items)
    const referred = index.releases().filter((about) => !own.includes(about))
    return {
      items,
      counted: items.filter(({ sha256 }) => !generated.has(sha256)),
      checks: [
        reports.check(),
        ...others.map(({ about, found }) => {
          const check = checkSignatures(found)
          return { ...check, name: 'other-records', message: `${about}: ${check.message}` }
        }),
        ...(await checkReferred(referred, { index, source, named: namedReleases(release, items) })),
      ],
    }
  } finally {
    await verifier.close()
  }
}

interface ReferredQuestion {
  readonly index: EntryIndex
  readonly source: RecordSource
  /** By records of the release. */
  readonly named: readonly string[]
}

/** Other releases: each is named by a record of this one, and verifies. What it comes to is not the question here. */
async function checkReferred(
  releases: readonly string[],
  { index, source, named }: ReferredQuestion,
): Promise<readonly Check[]> {
  const checks: Check[] = []
  for (const about of releases) {
    if (named.includes(about)) {
      const check = checkSignatures(await readItems(index.entriesOf(about), source))
      const message = `${about}: ${check.message}`
      checks.push({ ...check, name: 'referred-records', message })
    } else {
      checks.push({
        name: 'referred-records',
        outcome: 'rejected',
        code: 'cli/audit-pack',
        message: 'The pack has records of a release that none of its records names',
        found: quote(about),
      })
    }
  }
  if (checks.length === 0) return []
  return [groupChecks('referred-releases', 'Releases that its records refer to', checks)]
}

/** Under its digest, whatever its name says. */
function readPacked(files: Files, path: string, sha256: string): Result<Uint8Array> {
  const bytes = files.get(path)
  if (bytes !== undefined && digestBytes('sha256', bytes) === sha256) return accept(bytes)
  const message = `Expected the record ${quote(sha256)} in the pack, found ${bytes === undefined ? 'none' : 'another'}`
  return refuse({ code: 'cli/audit-pack', message })
}
