// The promise of Rekor v1 to log an entry, its signed entry timestamp (SET): the only thing that binds the time of an entry.

import type { LogEntry } from '../../../bundle/index.ts'
import { encodeBase64, encodeHex, encodeUtf8 } from '../../../core/index.ts'
import type { LogKey } from '../../../trust/index.ts'
import { isSignedByLog } from '../witness-signature.ts'

/**
 * True when the log signed body, time, log and index of this entry (RK-8).
 *
 * Without it the time is the word of whoever made the bundle (SB-6, RK-2, A-04).
 */
export function isPromised(
  { canonicalizedBody, integratedTime, logId, logIndex }: LogEntry,
  promise: Uint8Array,
  key: Pick<LogKey, 'type' | 'key'>,
): boolean {
  // A promise says when; and JSON has no word for indexes beyond the doubles, so that no log can have promised one.
  if (integratedTime === undefined || logIndex > Number.MAX_SAFE_INTEGER) return false
  // RFC 8785: the members stand in their order, and each value has one spelling.
  const promised = JSON.stringify({
    body: encodeBase64(canonicalizedBody),
    integratedTime: integratedTime / 1000,
    logID: encodeHex(logId),
    logIndex: Number(logIndex),
  })
  return isSignedByLog(key, encodeUtf8(promised), promise)
}
