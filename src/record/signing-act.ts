// One act of signing, whatever it is wrapped in: a bundle can be written anew by anybody who has it, and is a new file then.

import type { Envelope } from '../bundle/index.ts'
import { digestBytes } from '../digest/index.ts'

/**
 * The same for every bundle of one signature, and another one where the signer signed again.
 *
 * @returns SHA-256, lower-case hex
 */
export function signingActOf({ payload, signature }: Envelope): string {
  const said = digestBytes('sha256', payload)
  const by = digestBytes('sha256', unchangeablePart(signature))
  return digestBytes('sha256', Buffer.from(`${said} ${by}`))
}

const SEQUENCE = 0x30
const LONG_LENGTH = 0x80

/** Of the two numbers of an ECDSA signature, anybody can change the second one to its negative: both verify. */
function unchangeablePart(signature: Uint8Array): Uint8Array {
  const [tag, length = 0] = signature
  if (tag !== SEQUENCE) return signature
  const first = length < LONG_LENGTH ? 2 : 3
  return signature.subarray(first, first + 2 + (signature[first + 1] ?? 0))
}
