// Which level of SLSA's build track a provenance shows: looked up by its signer and the id of its builder together (VA-2, PROV-10), and
// never read from a document.

import { buildLevelOf, type TrustDocument } from '../../trust/index.ts'
import type { SignerIdentity } from '../signer/find-signer.ts'
import { namesOfBuilder } from './builder-pair.ts'

/** What a signature inside of the job that it is about can show: the steps of the job could have made it as well (Build L3, "unforgeable"). */
const OWN_LEVEL_MAX = 2

/** The level; absent where the trust document says nothing of the pair. */
export function findBuildLevel(
  builderId: string,
  signer: SignerIdentity,
  trust: Pick<TrustDocument, 'builders'>,
): number | undefined {
  const levels = namesOfBuilder(builderId, signer).flatMap(
    (name) => buildLevelOf(trust, signer.name, name) ?? [],
  )
  const [level] = levels
  return level === undefined
    ? undefined
    : Math.min(level, isOfOwnJob(signer) ? OWN_LEVEL_MAX : level)
}

/** The workflow that was run is the one that signed, and no other that it called. */
function isOfOwnJob(signer: SignerIdentity): boolean {
  if (signer.type !== 'certificate') return false
  const { san, claims } = signer.identity
  return san.value === claims.buildConfigUri
}
