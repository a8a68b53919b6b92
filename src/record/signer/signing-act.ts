// One act of signing, whatever it is wrapped in: a bundle can be written anew by anybody who has it, and is a new file then.

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
