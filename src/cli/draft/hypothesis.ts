// What would be if somebody signed a draft: a key that is made for this one question and thrown away, in a trust document of its own.
// So nothing unverified is ever judged, and no trust document that anybody keeps is changed.

import { encodeBundle } from '../../bundle/index.ts'
import { accept, quote, type Result } from '../../core/index.ts'
import type { Draft } from '../../record/index.ts'
import { createLocalSigner, generatePrivateKey, signStatement } from '../../sign/index.ts'
import { addKey, principalOf, type TrustDocument } from '../../trust/index.ts'
import { usage } from '../usage.ts'

/** The bundle that nobody signed, and the trust document under which it would be judged. */
export interface Hypothesis {
  readonly bytes: Uint8Array
  readonly trust: TrustDocument
}

/**
 * Supposes that a key or identity of the trust document had signed the draft.
 *
 * @param as its name
 */
export async function supposeSigned(
  draft: Pick<Draft, 'payload'>,
  trust: TrustDocument,
  as: string,
): Promise<Result<Hypothesis>> {
  const holder = [...trust.keys, ...trust.identities].find(({ name }) => name === as)
  if (holder === undefined) {
    return usage(`Expected a key or identity of the trust document in --as, found ${quote(as)}`)
  }
  const signer = createLocalSigner(generatePrivateKey('ed25519'))
  const { roles, kind } = holder
  const supposed = addKey(trust, {
    name: `hypothetical-${as.slice(0, 100)}`,
    publicKey: signer.publicKey,
    roles,
    principal: principalOf(holder),
    ...(kind !== undefined && { kind }),
  })
  if (!supposed.ok) return supposed
  const bytes = encodeBundle(await signStatement(draft.payload, signer))
  return accept({ bytes, trust: supposed.value })
}
