// Whether a signed result holds: by published keys alone, offline. Every step is a check of its own.

import { strict as assert } from 'node:assert'
import {
  acceptedCheck,
  type Check,
  encodeUtf8,
  groupChecks,
  type Instant,
  parseTimestamp,
  quote,
  refusedCheck,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import {
  describeWindow,
  isJoseSignedBy,
  joseAlgorithmOf,
  judgeKey,
  type PublishedKey,
} from '../../trust/index.ts'
import type { GateCode } from '../problem.ts'
import type { UnverifiedResult } from './read-result.ts'
import { compare, judgeExpectation, type ResultExpectation } from './result-expectation.ts'
import { judgeTime } from './result-time.ts'
import type { ResultClaim } from './signed-result.ts'

/** Judges a result: who signed it and when, that nothing of it was changed, and that it is what is expected. */
export function judgeResult(
  result: UnverifiedResult,
  keys: readonly PublishedKey[],
  expected: ResultExpectation,
  now: Instant,
): Check {
  const { payload } = result
  const key = keys.find(({ publicKey }) => publicKey.keyId === payload.kid)
  const checks = [
    ...judgeSignature(result, key),
    judgeMembers(result),
    compare('commitment', 'gate/result-commitment', {
      message: 'The commitment id is the digest of the stated preimage',
      expected: digestBytes('sha256', encodeUtf8(payload.preimage)),
      found: payload.commitment_id,
    }),
    judgeTime(result, now),
    ...judgeExpectation(result, expected, now),
  ]
  return groupChecks('signed-result', `Result ${payload.commitment_id}`, checks)
}

function judgeSignature(
  { payload, signedBytes, signature }: UnverifiedResult,
  key: PublishedKey | undefined,
): readonly Check[] {
  if (key === undefined) {
    const message = 'The key of the result is published'
    const facts = { expected: 'a published key', found: quote(payload.kid) }
    return [refusedCheck<GateCode>('key', 'rejected', 'gate/result-key', message, facts)]
  }
  const { publicKey } = key
  const message = 'The holder of the key signed exactly these bytes'
  const isSigned = isJoseSignedBy(publicKey, signedBytes, signature)
  return [
    judgeWindow(payload.signed_at, key),
    compare('algorithm', 'gate/result-algorithm', {
      message: 'The algorithm is that of the key',
      expected: joseAlgorithmOf(publicKey.type),
      found: payload.sig_alg,
    }),
    isSigned
      ? acceptedCheck('signature', message, { found: publicKey.keyId })
      : refusedCheck<GateCode>('signature', 'rejected', 'gate/result-signature', message),
  ]
}

/** By the signer's own clock: a key that somebody else may hold is not published at all. */
function judgeWindow(signedAt: string, key: PublishedKey): Check {
  const at = parseTimestamp(signedAt)
  const message = 'The key signed in its window'
  const window = describeWindow(key)
  const facts = { expected: window === '' ? 'any time' : window, found: signedAt }
  // A day that does not exist is in no window.
  const isWithin = at.ok && judgeKey(key, { at: at.value, independent: false }) === 'valid'
  return isWithin
    ? acceptedCheck('window', message, facts)
    : refusedCheck<GateCode>('window', 'rejected', 'gate/result-window', message, facts)
}

function judgeMembers({ members, payload }: UnverifiedResult): Check {
  const names = Object.keys(members) as ResultClaim[]
  assert(names.length > 0, 'every form of a result repeats what was signed')
  const changed = names.filter((name) => members[name] !== payload[name])
  const message = 'The members say what was signed'
  if (changed.length === 0) return acceptedCheck('members', message)
  const said = (from: typeof members) =>
    changed.map((name) => `${name} ${quote(String(from[name]))}`)
  return refusedCheck<GateCode>('members', 'rejected', 'gate/result-member', message, {
    expected: said(payload).join(', '),
    found: said(members).join(', '),
  })
}
