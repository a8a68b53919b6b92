// A pack as the source of an adoption: its files, proofs and policies are held against each other, and nobody is believed for being
// named in it.

import { accept, type Check, type Result, refuse } from '../../../core/index.ts'
import { digestBytes } from '../../../digest/index.ts'
import type { NewRecord, PackReading } from '../../../host/index.ts'
import type { LedgerEntry, PlacedEntry } from '../../../ledger/index.ts'
import type { Phase, Registry } from '../../../policy/index.ts'
import {
  checkPackFiles,
  PACK_MANIFEST_PATH,
  parsePackManifest,
  type RecordProblem,
} from '../../../record/index.ts'
import type { RecordSource } from '../../judging/release-items.ts'
import { checkProofs, type LedgerProofs, parseProofs } from '../../pack/ledger-proofs.ts'
import { PACK_PATHS, packedRecordPath } from '../../pack/pack-layout.ts'
import { readPackedPolicies } from '../../pack/packed-policies.ts'
import { usage } from '../../usage.ts'
import { growTree, type SourceTree } from './source-head.ts'

/** A source, before its records are judged. */
export interface OpenedSource {
  /** SHA-256 of its bytes. */
  readonly pack: string
  readonly phase: Phase
  /** Under whose policies its records were made. */
  readonly registry: Registry
  readonly entries: readonly PlacedEntry[]
  readonly read: RecordSource['read']
  readonly checks: readonly Check[]
  /** Absent where it does not have every entry. */
  readonly tree?: SourceTree
}

/** @param phase that was asked for, if one was */
export async function openPack(
  { sha256, files }: PackReading,
  phase: Phase | undefined,
): Promise<Result<OpenedSource>> {
  const manifest = parsePackManifest(files.get(PACK_MANIFEST_PATH))
  if (!manifest.ok) return manifest
  if (manifest.value.scope === 'project') {
    return refuse<RecordProblem>({
      code: 'record/adoption-source',
      message: 'Expected a pack of the ledger of a run, found one of the ledger of a project',
      hint: 'What a project has is adopted already: assay pack --run makes the pack of a run',
    })
  }
  const asked = phase ?? manifest.value.phase
  if (asked !== manifest.value.phase) {
    return usage(`Expected a pack of the phase ${asked}, found one of ${manifest.value.phase}`)
  }
  const proofs = parseProofs(files.get(PACK_PATHS.proofs) ?? new Uint8Array())
  if (!proofs.ok) return proofs
  const registry = readPackedPolicies(files)
  if (!registry.ok) return registry
  const proven = checkProofs(proofs.value)
  const isProven = proven.outcome === 'accepted'
  const tree = isProven ? await treeOf(proofs.value, files) : accept(undefined)
  if (!tree.ok) return tree
  const bytesOf = ({ sha256: name }: LedgerEntry) =>
    files.get(packedRecordPath(name)) ?? new Uint8Array()
  const { release } = manifest.value
  const entries = proofs.value.entries.map(({ entry, index }) => ({ ...entry, index }))
  return accept({
    pack: sha256,
    phase: asked,
    registry: registry.value,
    // Those of other releases are there to judge this one by.
    entries: entries.filter((entry) => [release, 'git'].includes(aboutOf(entry.release))),
    read: (entry) => Promise.resolve(accept(bytesOf(entry))),
    checks: [
      checkPackFiles(manifest.value, files),
      proven,
      checkNames(entries.map((entry) => ({ entry, bytes: bytesOf(entry) }))),
    ],
    ...(tree.value !== undefined && { tree: tree.value }),
  })
}

/** The ledger again, where the pack has every entry of it: from the first to that of its head, each in its place. */
async function treeOf(
  { head, entries }: LedgerProofs,
  files: PackReading['files'],
): Promise<Result<SourceTree | undefined>> {
  const isWhole = entries.length === head.size && entries.every(({ index }, at) => index === at)
  if (!isWhole) return accept(undefined)
  return growTree(
    entries.map(({ entry }) => entry),
    files.get(PACK_PATHS.checkpoint),
  )
}

/** The release, or that it is a commit. */
function aboutOf(release: string): string {
  return release.startsWith('git:') ? 'git' : release
}

/** Each record is the one that its proof is of. */
function checkNames(records: readonly NewRecord[]): Check {
  const name = 'pack-records'
  const wrong = records.filter(({ entry, bytes }) => digestBytes('sha256', bytes) !== entry.sha256)
  if (wrong.length === 0) {
    return {
      name,
      outcome: 'accepted',
      message: 'The records of the pack are those that it proves',
    }
  }
  return {
    name,
    outcome: 'rejected',
    code: 'cli/audit-pack',
    message: 'The records of the pack are not those that it proves',
    found: wrong.map(({ entry }) => entry.sha256).join(', '),
  }
}
