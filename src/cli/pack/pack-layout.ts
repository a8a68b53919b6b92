// Where everything stands in a pack.

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
  roots: 'roots/',
  schemas: 'schemas/',
} as const

/** Where a record stands. */
export function packedRecordPath(sha256: string): string {
  return `${PACK_FOLDERS.records}${sha256}.sigstore.json`
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
