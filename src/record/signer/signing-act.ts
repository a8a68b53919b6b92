// One act of signing, whatever it is wrapped in: a bundle can be written anew by anybody who has it, and is a new file then.

import { type Envelope, encodePae } from '../../bundle/index.ts'
import {
  childrenOf,
  DER_TAGS,
  encodeHex,
  expectTag,
  parseDer,
  readIntegerBytes,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { TrustedSigner } from '../../verify/index.ts'

/**
 * The same for everything that a principal signed of the same bytes, with whatever key and how often. Who says the same again says when
 * (`reportedAt`), and so signs other bytes. What automation signs is never the word of the person whose principal it shares.
 *
 * @returns SHA-256, lower-case hex
 */
export function signingActOf(payload: Uint8Array, { principal, kind }: TrustedSigner): string {
  const by = JSON.stringify([digestBytes('sha256', payload), principal, kind ?? null])
  return digestBytes('sha256', Buffer.from(by))
}

/**
 * The same for one signature over the same bytes, whatever it is wrapped in: timestamps, log entries, the hint to its key. Whoever signs
 * the same bytes with another key makes another one.
 *
 * @returns SHA-256, lower-case hex
 */
export function envelopeDigestOf({
  payloadType,
  payload,
  signature,
}: Pick<Envelope, 'payloadType' | 'payload' | 'signature'>): string {
  const signed = digestBytes('sha256', encodePae(payloadType, payload))
  return digestBytes('sha256', Buffer.from(`${signed} ${encodeHex(lastingOf(signature))}`))
}

/** Of ECDSA the first number alone: from (r, s) anybody makes (r, n - s), which holds as well. Nobody else makes one with that r. */
function lastingOf(signature: Uint8Array): Uint8Array {
  const first = parseDer(signature, (value) => {
    const [r, s] = childrenOf(expectTag(value, DER_TAGS.sequence))
    readIntegerBytes(expectTag(s, DER_TAGS.integer))
    return readIntegerBytes(expectTag(r, DER_TAGS.integer))
  })
  return first.ok ? first.value : signature
}
