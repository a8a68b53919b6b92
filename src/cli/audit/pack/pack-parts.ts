// The parts of a pack, as its files have them. Nothing of them is believed.

import { accept, quote, type Result, refuse } from '../../../core/index.ts'
import { digestBytes } from '../../../digest/index.ts'
import type { PackReading } from '../../../host/index.ts'
import type { Registry } from '../../../policy/index.ts'
import { type InnerManifest, parseInnerManifest } from '../../../record/index.ts'
import { parseTrust, type TrustDocument } from '../../../trust/index.ts'
import { type LedgerProofs, parseProofs } from '../../pack/ledger-proofs.ts'
import { PACK_PATHS } from '../../pack/pack-layout.ts'
import { readPackedPolicies } from '../../pack/packed-policies.ts'

/** The files by their paths. */
export type Files = PackReading['files']

/** What was read of the files. */
export interface PackParts {
  readonly inner: InnerManifest
  readonly innerSha256: string
  readonly proofs: LedgerProofs
  readonly policies: Registry
  readonly trust: TrustDocument
}

/** Reads them. */
export function readParts(files: Files): Result<PackParts> {
  const innerBytes = files.get(PACK_PATHS.innerManifest)
  const proofBytes = files.get(PACK_PATHS.proofs)
  const trustBytes = files.get(PACK_PATHS.trust)
  if (innerBytes === undefined || proofBytes === undefined || trustBytes === undefined) {
    const needed = [PACK_PATHS.innerManifest, PACK_PATHS.proofs, PACK_PATHS.trust]
    const absent = needed.filter((path) => !files.has(path)).map(quote)
    const message = `Expected the parts of a pack, found none of ${absent.join(', ')}`
    return refuse({ code: 'record/pack-file-missing', message })
  }
  const inner = parseInnerManifest(innerBytes)
  if (!inner.ok) return inner
  const proofs = parseProofs(proofBytes)
  if (!proofs.ok) return proofs
  const trust = parseTrust(trustBytes)
  if (!trust.ok) return trust
  const policies = readPackedPolicies(files)
  if (!policies.ok) return policies
  return accept({
    inner: inner.value,
    innerSha256: digestBytes('sha256', innerBytes),
    proofs: proofs.value,
    trust: trust.value,
    policies: policies.value,
  })
}
