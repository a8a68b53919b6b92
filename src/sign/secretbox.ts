// NaCl secretbox: XSalsa20 and Poly1305, which node:crypto does not have. The only door to @noble/ciphers.

import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'

/** The plain bytes, or nothing when the box was not made with this key and nonce. */
export function openSecretbox({
  key,
  nonce,
  box,
}: {
  readonly key: Uint8Array
  readonly nonce: Uint8Array
  readonly box: Uint8Array
}): Uint8Array | undefined {
  try {
    return xsalsa20poly1305(key, nonce).decrypt(box)
  } catch {
    // It throws for a wrong tag and for a box that is shorter than one: both were not made with this key.
    return undefined
  }
}
