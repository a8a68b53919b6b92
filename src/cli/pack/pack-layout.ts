// Where everything stands in a pack.

import type { LedgerEntry } from '../../ledger/index.ts'

const LEDGER = 'ledger'

/** Paths of the files that a pack has once. */
export const PACK_PATHS = {
  check: 'CHECK.md',
  checkpoint: `${LEDGER}/checkpoint`,
  innerManifest: 'inner-manifest.json',
  proofs: `${LEDGER}/proofs.json`,
  set: 'SHA256SUMS',
  trust: 'trust.json',
} as const

/** Folders of a pack. */
export const PACK_FOLDERS = {
  documents: 'documents/',
  keys: 'keys/',
  policies: 'policies/',
  records: 'records/',
  /** Records of other releases, that the records of this one refer to. */
  referred: 'referred/',
  roots: 'roots/',
  schemas: 'schemas/',
} as const

/** Where a record of the release stands, or one about its commit. */
export function packedRecordPath(sha256: string): string {
  return `${PACK_FOLDERS.records}${sha256}.sigstore.json`
}

/** Where a record of another release stands, that records of this one refer to. */
export function referredRecordPath(sha256: string): string {
  return `${PACK_FOLDERS.referred}${sha256}.sigstore.json`
}

/** Where the record of an entry stands in the pack of a release. */
export function recordPathIn(entry: LedgerEntry, release: string): string {
  return isOwnEntry(entry, release)
    ? packedRecordPath(entry.sha256)
    : referredRecordPath(entry.sha256)
}

/** Whether an entry is one of the pack's own: about its release, or about a commit. */
export function isOwnEntry(entry: Pick<LedgerEntry, 'release'>, release: string): boolean {
  return entry.release === release || entry.release.startsWith('git:')
}

/** Where a document stands that is named by its digest. */
export function packedDocumentPath(sha256: string): string {
  return `${PACK_FOLDERS.documents}${sha256}`
}

/** The files of a folder of the pack, by their names in it. */
export function filesIn(
  files: ReadonlyMap<string, Uint8Array>,
  folder: string,
): ReadonlyMap<string, Uint8Array> {
  return new Map(
    [...files]
      .filter(([path]) => path.startsWith(folder))
      .map(([path, bytes]) => [path.slice(folder.length), bytes]),
  )
}
