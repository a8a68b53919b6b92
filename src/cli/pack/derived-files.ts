// What a pack has for people and other tools, all of which follows from the rest of it: the page of instructions and the schemas.

import type { PackManifest } from '../../record/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import { checkPage } from './check-page.ts'
import type { LedgerProofs } from './ledger-proofs.ts'
import { PACK_PATHS } from './pack-layout.ts'
import { schemaFiles } from './schema-files.ts'

/** What they follow from, and the version of Assay. */
export interface DerivedFrom extends Pick<PackManifest, 'release' | 'phase'> {
  readonly trust: TrustDocument
  readonly proofs: LedgerProofs
  /** Whether the list of the files of the release is there. */
  readonly hasSet: boolean
}

/** The files by their paths, as this version of Assay writes them. */
export function derivedFiles(from: DerivedFrom): ReadonlyMap<string, Uint8Array> {
  const { release, phase, trust, proofs, hasSet } = from
  const page = checkPage({
    ...{ release, phase, hasSet },
    trust: trust.digest,
    hasKeys: trust.keys.length > 0,
    hasRoots: trust.roots.length > 0,
  })
  const types = new Set(proofs.entries.map(({ entry }) => entry.predicateType))
  return new Map([...schemaFiles(types), [PACK_PATHS.check, page]])
}
