// Whether a key could sign at an instant (attacks ).

import { encodeTimestamp, type Instant } from '../core/index.ts'
import type { TrustedKey } from './trust-document.ts'

/** `valid`, or the reason why a signature by this key does not count. */
export type KeyStanding = 'valid' | 'not-yet-valid' | 'expired' | 'retired' | 'compromised'

/** When a signature was made, as far as that is known. */
export interface SigningTime {
  /** The proven time; or, where nothing proves one, the time for which the verifier asks. */
  readonly at: Instant
  /** True when somebody else than the signer vouches for it: a timestamp authority, a log. */
  readonly independent: boolean
}

/**
 * Where the key stood at that time. Both ends of its validity belong to it; a revocation holds from its instant on.
 *
 * A compromised key's holder can backdate, so without independent time none of its signatures counts.
 */
export function judgeKey(
  key: Pick<TrustedKey, 'notBefore' | 'notAfter' | 'revoked'>,
  { at, independent }: SigningTime,
): KeyStanding {
  const { notBefore = -Infinity, notAfter = Infinity, revoked } = key
  if (revoked?.reason === 'compromised' && (!independent || at >= revoked.at)) return 'compromised'
  if (at < notBefore) return 'not-yet-valid'
  if (at > notAfter) return 'expired'
  return revoked !== undefined && at >= revoked.at ? 'retired' : 'valid'
}

/** From when, until when, and whether it was revoked, in words; empty where the document says none of it. */
export function describeWindow({
  notBefore,
  notAfter,
  revoked,
}: Pick<TrustedKey, 'notBefore' | 'notAfter' | 'revoked'>): string {
  return [
    ...(notBefore === undefined ? [] : [`from ${encodeTimestamp(notBefore)}`]),
    ...(notAfter === undefined ? [] : [`until ${encodeTimestamp(notAfter)}`]),
    ...(revoked === undefined ? [] : [`${revoked.reason} at ${encodeTimestamp(revoked.at)}`]),
  ].join(', ')
}
