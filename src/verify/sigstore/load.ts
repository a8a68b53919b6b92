// The one way to the Sigstore part: it is loaded where a bundle needs it, so that a verification by key alone starts fast.

import type { Sigstore } from './sigstore.ts'

let loaded: Promise<Sigstore> | undefined

/**
 * Loads what verifies certificates, log entries and timestamps; {@link VerifyRequest.sigstore} takes it.
 *
 * @returns always the same, with what it remembers
 */
export function loadSigstore(): Promise<Sigstore> {
  loaded ??= import('./create-sigstore.ts').then(({ createSigstore }) => createSigstore())
  return loaded
}
