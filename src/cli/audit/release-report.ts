// One release, judged: its verdict, and every status that is computed of it, in a form that is small enough to keep for all of them.

import {
  type Check,
  countOf,
  groupChecks,
  type JsonObject,
  type Outcome,
} from '../../core/index.ts'
import type { RecordFamily } from '../../policy/index.ts'
import {
  findFamily,
  type LedgerScope,
  type ReleaseView,
  type ViewedRecord,
  type ViewFact,
} from '../../record/index.ts'
import type { ReleaseItems } from '../judging/release-items.ts'

/** A record that counts, and what is computed of it. */
export interface RecordReport {
  readonly index: number
  readonly sha256: string
  readonly family: RecordFamily
  readonly id?: string
  readonly phase?: string
  readonly evidence?: string
  /** When its signer says that it was made. */
  readonly reportedAt: string
  readonly status: string
  readonly outcome: Outcome
  /** SHA-256 of the later record that made up for it: then its outcome does not decide. */
  readonly overtakenBy?: string
  /** `direct`: its family needs no adoption. */
  readonly standing: 'direct' | 'adopted' | 'generated'
  /** Who signed it, by the trust document. */
  readonly signer: string
  /** Of records of adoptable families, and of adoptions: of what is put together, the lowest, whoever signed. */
  readonly origin?: string
  readonly facts: Readonly<Record<string, ViewFact>>
}

/** A release, as an audit tells of it. */
export interface ReleaseReport {
  readonly id: string
  readonly check: Check
  readonly digest?: string
  readonly phases: readonly string[]
  readonly records: readonly RecordReport[]
  /** Records about the commit that it was built from. */
  readonly commit?: string
  readonly commitRecords: readonly RecordReport[]
  /** Of adoptable families, and adopted by nobody. */
  readonly generated: readonly Pick<RecordReport, 'index' | 'sha256' | 'family'>[]
  readonly materials: readonly {
    readonly index: number
    readonly sha256: string
    readonly name: string
  }[]
  /** Files in which words of other records are signed again: they count for nothing. */
  readonly copies: ReleaseItems['copies']
  /** How many records contradict those before them. */
  readonly contradictions: number
  /** How many are not accepted, or not there. */
  readonly refused: number
  readonly isWithdrawn: boolean
}

/** The report of a release that was judged, with what of it could not be. */
export function reportRelease(
  view: ReleaseView,
  found: ReleaseItems,
  scope: LedgerScope,
): ReleaseReport {
  const { evidence, generated, conflicts } = view.fold
  const isEmpty = found.items.length + found.refused.length + found.lost.length === 0
  const checks = [...(isEmpty ? [] : [checkSignatures(found)]), ...(view.check.checks ?? [])]
  const commit = view.commitRecords[0]?.record.about
  return {
    id: view.id,
    check: groupChecks('release', view.check.message, checks),
    ...(evidence.digest !== undefined && { digest: evidence.digest }),
    phases: [...new Set(evidence.records.flatMap(({ release }) => release?.phase ?? []))],
    records: view.records.map((viewed) => reportOf(viewed, scope)),
    ...(commit?.kind === 'commit' && { commit: commit.commit }),
    commitRecords: view.commitRecords.map((viewed) => reportOf(viewed, scope)),
    generated: generated.map(({ index, sha256, family }) => ({ index, sha256, family })),
    materials: evidence.materials.map(({ index, sha256, name }) => ({ index, sha256, name })),
    copies: found.copies,
    contradictions: conflicts.length,
    refused: found.refused.length + found.lost.length,
    isWithdrawn: view.summary.isWithdrawn,
  }
}

/** Whose word all of it is. */
export function checkSignatures({ items, refused, copies, lost }: ReleaseItems): Check {
  const name = 'records'
  const signers = new Set(items.map(({ signer }) => signer.principal))
  const accepted: Check = {
    name,
    outcome: 'accepted',
    message: `${countOf(items.length, 'record')} verified${describeCopies(copies)}`,
    ...(signers.size > 0 && { found: `signed by ${[...signers].toSorted().join(', ')}` }),
  }
  if (refused.length + lost.length === 0) return accepted
  const absent: Check[] = lost.map((problem) => ({
    name: 'record',
    outcome: 'rejected',
    code: problem.code,
    message: problem.message,
    ...(problem.at !== undefined && { found: problem.at }),
  }))
  const message = `${countOf(refused.length + lost.length, 'record')} not accepted`
  return groupChecks(name, message, [accepted, ...refused, ...absent])
}

function describeCopies(copies: ReleaseItems['copies']): string {
  if (copies.length === 0) return ''
  const places = copies.map(({ index }) => index).join(', ')
  return `; the same words again at entry ${places}, which count once`
}

function reportOf({ record, view, overtakenBy }: ViewedRecord, scope: LedgerScope): RecordReport {
  const { index, sha256, family, id, evidence, release, reportedAt, signer } = record
  const isAdoptable = findFamily(family)?.isAdoptable === true
  const origin = view.facts['origin'] ?? (isAdoptable ? record.origin : undefined)
  const adoptable = scope === 'project' ? 'adopted' : 'generated'
  return {
    index,
    sha256,
    family,
    ...(id !== undefined && { id }),
    ...(release !== undefined && { phase: release.phase }),
    ...(evidence !== undefined && { evidence }),
    reportedAt,
    status: view.status,
    outcome: view.check.outcome,
    ...(overtakenBy !== undefined && { overtakenBy: overtakenBy.sha256 }),
    standing: isAdoptable ? adoptable : 'direct',
    signer: signer.principal,
    ...(typeof origin === 'string' && { origin }),
    facts: view.facts,
  }
}

/**
 * The report as JSON.
 *
 * @param isWhole false behind the first thousands of a large ledger: then each status stands there once, with how many records have it
 */
export function documentOfRelease(
  { check, records, commitRecords, ...report }: ReleaseReport,
  { isWhole }: { readonly isWhole: boolean },
): JsonObject {
  const { id, digest, commit, phases, generated, materials, copies } = report
  const { contradictions, refused, isWithdrawn } = report
  return {
    id,
    outcome: check.outcome,
    ...(digest !== undefined && { digest }),
    phases: [...phases],
    isWithdrawn,
    contradictions,
    refused,
    ...(commit !== undefined && { commit }),
    ...(isWhole
      ? {
          records: records.map(documentOfRecord),
          generated: generated.map((record) => ({ ...record })),
          materials: materials.map((material) => ({ ...material })),
          commitRecords: commitRecords.map(documentOfRecord),
          ...(copies.length > 0 && { copies: copies.map((copy) => ({ ...copy })) }),
        }
      : { statuses: countStatuses([...records, ...commitRecords]) }),
  }
}

/** Such as `{ "tracking: bundle-generated": 1 }`. */
function countStatuses(records: readonly RecordReport[]): JsonObject {
  const counts = new Map<string, number>()
  for (const { family, status } of records) {
    const name = `${family}: ${status}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

function documentOfRecord({ facts, ...record }: RecordReport): JsonObject {
  const plain = Object.entries(facts).map(([name, fact]) => [
    name,
    typeof fact === 'object' ? [...fact] : fact,
  ])
  return { ...record, facts: Object.fromEntries(plain) as JsonObject }
}
