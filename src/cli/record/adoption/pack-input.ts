// A pack as the source of an adoption: its files, proofs and policies are held against each other, and nobody is believed for being
// named in it.

import { accept, type Check, type Result, refuse } from '../../../core/index.ts'
import { digestBytes } from '../../../digest/index.ts'
import type { NewRecord, PackReading } from '../../../host/index.ts'
import type { Phase, Registry } from '../../../policy/index.ts'
import {
  checkPackFiles,
  PACK_MANIFEST_PATH,
  parsePackManifest,
  type RecordProblem,
} from '../../../record/index.ts'
import { checkProofs, parseProofs } from '../../pack/ledger-proofs.ts'
import { PACK_PATHS, packedRecordPath } from '../../pack/pack-layout.ts'
import { readPackedPolicies } from '../../pack/packed-policies.ts'
import { usage } from '../../usage.ts'

/** A source, before its records are judged. */
export interface OpenedSource {
  /** SHA-256 of its bytes. */
  readonly pack: string
  readonly phase: Phase
  /** Under whose policies its records were made. */
  readonly registry: Registry
  readonly records: readonly NewRecord[]
  readonly checks: readonly Check[]
}

/** @param phase that was asked for, if one was */
export function openPack(
  { sha256, files }: PackReading,
  phase: Phase | undefined,
): Result<OpenedSource> {
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
  const records = proofs.value.entries.map(({ entry }) => {
    return { entry, bytes: files.get(packedRecordPath(entry.sha256)) ?? new Uint8Array() }
  })
  const { release } = manifest.value
  return accept({
    pack: sha256,
    phase: asked,
    registry: registry.value,
    // Those of other releases are there to judge this one by.
    records: records.filter(({ entry }) => [release, 'git'].includes(aboutOf(entry.release))),
    checks: [checkPackFiles(manifest.value, files), checkProofs(proofs.value), checkNames(records)],
  })
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
