// A ledger with a release, and the pack of it: what the tests of `assay pack` and of the audit of packs begin with.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeArchive, parseArchive } from '../../src/host/pack/pack-archive.ts'
import {
  encodePackManifest,
  PACK_MANIFEST_PATH,
  type PackManifest,
  parsePackManifest,
} from '../../src/record/index.ts'
import { digestOf, RELEASE_FILES } from '../verify/release.ts'
import { commitResult, ledgerOf, openAuditWorld, put, releaseOf, UNDER } from './audit-world.ts'
import type { Judged, LedgerWorld } from './ledger-world.ts'

export const RELEASE = releaseOf()
export const RESULT = commitResult('PASSED', 'evidence.repo.ci_monorepo_validation')
export const PLACE = 'artifacts/release-evidence/staging/4711-1/pre-deploy'
export const DOCUMENTS = '--document inner.json --document snapshot.json --document sbom.json'
export const OF = `--release ${RELEASE.id} --phase pre-deploy-candidate ${UNDER}`
export const PACK = `pack ${OF} --ledger ledger --run`

const LATER = { ...RELEASE.reference, phase: 'post-deploy-smoke-verified' } as const

/** Of the phase after that of the pack. */
export const WITHDRAWAL = RELEASE.record(
  'withdrawal',
  { action: 'withdraw', reason: 'It loses data', urgency: 'soon' },
  { release: LATER },
)

/** A test result about the release, of the phase after that of the pack. */
export function laterResult(result: 'PASSED' | 'FAILED', by = 'suite'): Uint8Array {
  const tests = result === 'PASSED' ? { passedTests: ['e2e'] } : { failedTests: ['e2e'] }
  const members = { result, configuration: [{ digest: { sha256: digestOf(by) } }], ...tests }
  return RELEASE.record('test-result', members, { release: LATER })
}

export type Files = Map<string, Uint8Array>

export interface PackWorld extends LedgerWorld {
  /** The bytes of the pack, in `one` below {@link PLACE}. */
  readonly archive: Uint8Array
  readonly files: ReadonlyMap<string, Uint8Array>
  at(...path: readonly string[]): string
  /** Audits other bytes in the place of the pack, as that of a run. */
  audit(bytes: Uint8Array, rest?: string): Promise<Judged>
}

export async function openPackWorld(): Promise<PackWorld> {
  const world = openAuditWorld()
  const at = (...path: readonly string[]) => join(world.folder, ...path)
  for (const [name, bytes] of Object.entries(RELEASE.documents)) put(world, name, bytes)
  for (const [path, content] of Object.entries(RELEASE_FILES)) put(world, `dist/${path}`, content)
  const records = [...releaseOf('v1.1.0').generated, ...RELEASE.generated]
  await ledgerOf(world, 'ledger', [...records, RESULT, laterResult('PASSED')])
  await world.done(`${PACK} ${DOCUMENTS} --set dist --out one`)
  const archive = readFileSync(at('one', `${PLACE}.tar`))
  const files = await filesOf(archive)
  return {
    ...world,
    archive,
    files,
    at,
    audit: async (bytes, rest = '--trust trust.json --log-key log.vkey') => {
      writeFileSync(at('other.tar'), bytes)
      return world.judge(['audit other.tar --run', rest].join(' ').trim())
    },
  }
}

/** The files of a pack that is of the right form. */
export async function filesOf(archive: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const parsed = await parseArchive(archive)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}

function manifestOf(files: ReadonlyMap<string, Uint8Array>): PackManifest {
  const manifest = parsePackManifest(files.get(PACK_MANIFEST_PATH))
  if (!manifest.ok) throw new Error(JSON.stringify(manifest.problems))
  return manifest.value
}

/** A pack with files changed; its list is made anew where a forger would. */
export function packOf(
  files: ReadonlyMap<string, Uint8Array>,
  change: (files: Files) => void,
  { isListed = false, ...says }: { isListed?: boolean } & Partial<PackManifest> = {},
): Uint8Array {
  const copy = new Map(files)
  change(copy)
  if (isListed) {
    copy.delete(PACK_MANIFEST_PATH)
    copy.set(PACK_MANIFEST_PATH, encodePackManifest({ ...manifestOf(files), ...says }, copy))
  }
  return encodeArchive(copy)
}
