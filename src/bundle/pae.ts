// DSSE v1.0.2 (protocol.md): what is signed is not the payload but its pre-authentication
// encoding, with its type.

import { encodeUtf8 } from '../core/index.ts'

/** The payload type of in-toto statements (ENV-2). */
export const IN_TOTO_PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/**
 * X4: since v1.2 the predicate's file name may stand in it. Anchored: a prefix would let
 * `vnd.in-toto-evil` in.
 */
const IN_TOTO = /^application\/vnd\.in-toto(?:\.[a-z0-9]+(?:[._-][a-z0-9]+)*)?\+json$/

/**
 * True for the payload types of a Statement. ENV-3: which predicate it has is read from the
 * payload alone.
 */
export function isInTotoPayloadType(payloadType: string): boolean {
  return payloadType === IN_TOTO_PAYLOAD_TYPE || IN_TOTO.test(payloadType)
}

/**
 * The bytes to sign (DSSE-1): `DSSEv1 <length> <type> <length> <payload>`, lengths in bytes, decimal.
 *
 * @example encodePae('http://example.com/HelloWorld', payload) // 'DSSEv1 29 http://example.com/HelloWorld 11 hello world'
 */
export function encodePae(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = encodeUtf8(
    `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `,
  )
  const pae = new Uint8Array(head.length + payload.length)
  pae.set(head)
  pae.set(payload, head.length)
  return pae
}
