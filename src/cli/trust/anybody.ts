// Whether a trust document names anybody whose signature could count: a key by itself, the others only below a root.

import type { TrustDocument } from '../../trust/index.ts'

/** False for a document by which every verification is refused, whatever the bundle. */
export function isAnybodyTrusted({
  keys,
  identities,
  registryKeys,
  roots,
}: TrustDocument): boolean {
  if (keys.length > 0) return true
  return roots.length > 0 && identities.length + registryKeys.length > 0
}
