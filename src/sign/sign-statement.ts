// A statement and a signer make a bundle: DSSE v1.0.2 in a Sigstore bundle v0.3.

import { type Bundle, encodePae, IN_TOTO_PAYLOAD_TYPE } from '../bundle/index.ts'
import { isSignedBy } from '../trust/index.ts'
import type { Signer } from './signer.ts'

/**
 * Signs the statement's bytes as they are.
 *
 * The key id stands in `publicKey.hint` and not in the envelope: cosign refuses any other keyid than its own.
 *
 * @param payload a Statement, encoded; these bytes are what travels
 */
export async function signStatement(
  payload: Uint8Array,
  signer: Signer,
): Promise<Bundle & { readonly version: '0.3' }> {
  const pae = encodePae(IN_TOTO_PAYLOAD_TYPE, payload)
  const signature = await signer.sign(pae)
  // A fault while signing can give the key away, and a useless signature must not be published.
  if (!isSignedBy(signer.publicKey, pae, signature)) {
    throw new Error('the signer made a signature that its own public key does not verify')
  }
  return {
    version: '0.3',
    keyMaterial: { kind: 'public-key', hint: signer.hint },
    logEntries: [],
    timestamps: [],
    content: {
      kind: 'dsse',
      envelope: { payloadType: IN_TOTO_PAYLOAD_TYPE, payload, signature },
    },
  }
}
