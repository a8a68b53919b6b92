// The root of the public Sigstore instance, as data that is loaded on use: a trust document holds its roots, so that no
// verification needs this one.

import type { JsonObject } from '../../../core/index.ts'

/** The `trusted_root.json` that is built in. */
export async function loadPublicGoodRoot(): Promise<JsonObject> {
  const { default: data } = await import('./public-good.json', { with: { type: 'json' } })
  return data.trustedRoot
}
