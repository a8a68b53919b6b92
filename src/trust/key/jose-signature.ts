// Signatures as JOSE has them (RFC 7518 section 3, RFC 8037): ECDSA as r and s side by side, all others as they are here.

import { strict as assert } from 'node:assert'
import { verify } from 'node:crypto'
import { DER_TAGS, fieldsOf, parseDer, readIntegerBytes } from '../../core/index.ts'
import type { KeyType, PublicKey } from './public-key.ts'
import { SIGNATURE_DIGESTS } from './signature.ts'

/** RFC 7518 section 3.4: bytes of r, and of s. */
const NUMBER_BYTES: Readonly<Partial<Record<KeyType, number>>> = { p256: 32, p384: 48, p521: 66 }

/**
 * The JOSE form of a signature.
 *
 * @param signature as a Signer makes it, and known to be of this key: for ECDSA a DER `Ecdsa-Sig-Value`
 */
export function encodeJoseSignature(
  { type }: Pick<PublicKey, 'type'>,
  signature: Uint8Array,
): Uint8Array {
  const size = NUMBER_BYTES[type]
  if (size === undefined) return signature
  const numbers = parseDer(signature, (value) => {
    const fields = fieldsOf(value)
    return [0, 1].map(() => readIntegerBytes(fields.take(DER_TAGS.integer)))
  })
  assert(numbers.ok, 'a signature that verified is DER')
  return Buffer.concat(numbers.value.map((number) => padNumber(number, size)))
}

/** True when the holder of the key signed exactly these bytes, with a signature in its JOSE form. */
export function isJoseSignedBy(
  { type, key }: Pick<PublicKey, 'type' | 'key'>,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const form = { key, dsaEncoding: 'ieee-p1363' } as const
    return verify(SIGNATURE_DIGESTS[type], bytes, form, signature)
  } catch {
    /* v8 ignore next -- no malformed signature is known that makes OpenSSL throw and not say no */
    return false
  }
}

/** With leading zeros, and without the zero that DER has for the sign. */
function padNumber(number: Uint8Array, size: number): Uint8Array {
  const plain = number.length > size ? number.subarray(number.length - size) : number
  return Buffer.concat([new Uint8Array(size - plain.length), plain])
}
