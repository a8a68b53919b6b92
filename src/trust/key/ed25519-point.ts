// Ed25519 public keys that no honest key generation makes (RFC 8032 section 5.1.3): under a point of small order
// one signature fits many messages, and an encoding above the field's prime spells a key a second time.

const PRIME = 2n ** 255n - 19n

/** The y coordinates of the eight points whose order divides 8 (the x sign bit is left out). */
const SMALL_ORDER: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  PRIME - 1n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
])

/** True for an encoding that is canonical and of large order; that it lies on the curve is OpenSSL's check. */
export function isSoundEd25519(encoded: Uint8Array): boolean {
  const littleEndian = encoded.toReversed()
  const y = BigInt(`0x${Buffer.from(littleEndian).toString('hex')}`) & (2n ** 255n - 1n)
  return y < PRIME && !SMALL_ORDER.has(y)
}
