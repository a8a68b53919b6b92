// Whether what a person said still holds: each says until when.

import { type Check, encodeTimestamp, type Instant } from '../../core/index.ts'
import { failed, passed } from '../view.ts'
import { instantOf } from './instant.ts'

/** Accepted up to that instant, itself among it; `stale` after. */
export function checkExpiry(expires: string, now: Instant): Check {
  const facts = { expected: `at the latest ${expires}`, found: encodeTimestamp(now) }
  if (now <= instantOf(expires)) return passed('expiry', 'It is in force', facts)
  return failed('expiry', 'stale', 'record/expired', 'It was in force until then', facts)
}
