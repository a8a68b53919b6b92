// The signer's certificate as the verifier of the Sigstore project has it.

import { equalBytes } from '../../../core/index.ts'
import type { TransparencyLog } from '../../../trust/index.ts'
import { EXTENSIONS } from '../certificate/extensions.ts'
import type { Leaf } from '../certificate/leaf.ts'
import { parseScts } from '../certificate/sct.ts'
import { describeCertificate } from './certificate.ts'
import type { X509Certificate } from './library.ts'

/**
 * The certificate, where a promise is of a log that this root does not have, without its promises: it refuses all for that one, which
 * does no harm beside one that counts, and under a root without certificate logs (GH-2). Ours has judged those that count.
 */
export function describeLeaf(leaf: Leaf, logs: readonly TransparencyLog[]): X509Certificate {
  const certificate = describeCertificate(leaf.der)
  if (hasPromisesForAll(leaf, logs)) return certificate
  // It looks for promises in a clone, from which it cuts them out, and nowhere else.
  const clone = { value: () => ({ extensions: [] }) }
  return Object.create(certificate, { clone }) as X509Certificate
}

/** Is every promise in the certificate of a log that the root has? */
export function hasPromisesForAll(
  { certificate }: Leaf,
  logs: readonly TransparencyLog[],
): boolean {
  const list = certificate.extensions.get(EXTENSIONS.certificateTimestamps)
  const scts = list === undefined ? undefined : parseScts(list.value)
  return (
    scts?.ok === true &&
    scts.value.every((sct) => logs.some(({ logId }) => equalBytes(logId, sct.logId)))
  )
}
