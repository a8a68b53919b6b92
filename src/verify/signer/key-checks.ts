// A key, after its signature holds: was it good at the time?

import { type Check, encodeTimestamp, type Instant, quote } from '../../core/index.ts'
import {
  describeWindow,
  isExampleKey,
  judgeKey,
  type KeyStanding,
  type TrustDocument,
  type TrustedKey,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { VerifyCode } from '../problem.ts'
import type { JudgedTime } from '../verified.ts'

const REFUSALS: Readonly<Record<Exclude<KeyStanding, 'valid'>, readonly [VerifyCode, string]>> = {
  'not-yet-valid': ['verify/key-not-yet-valid', 'was not valid yet'],
  expired: ['verify/key-expired', 'was not valid any more'],
  retired: ['verify/key-retired', 'was retired'],
  compromised: ['verify/key-compromised', 'is compromised'],
}

/**
 * the key's window and its revocation, at every time that somebody vouches for; where nobody does, at the verifier's.
 *
 * @param asOf the time that is asked about, or else the verifier's clock: the verdict says whether the key has ended by then
 */
export function checkValidity(key: TrustedKey, { at, vouched }: JudgedTime, asOf: Instant): Check {
  const independent = vouched.length > 0
  const times = independent ? vouched.map((time) => time.at) : [at]
  const judged = times.map((time) => ({ time, standing: judgeKey(key, { at: time, independent }) }))
  const { time, standing } = judged.find((one) => one.standing !== 'valid') ?? {
    time: at,
    standing: 'valid' as const,
  }
  const facts = { expected: describeWindow(key) || 'any time', found: encodeTimestamp(time) }
  if (standing === 'valid') {
    const isEnded = independent && judgeKey(key, { at: asOf, independent }) !== 'valid'
    const since = isEnded ? ', and has ended since' : ''
    const message = `The key ${quote(key.name)} was valid at that time${since}`
    return passed('key-validity', message, facts)
  }
  const [code, words] = REFUSALS[standing]
  const message = `The key ${quote(key.name)} ${words}`
  return failed('key-validity', 'rejected', code, message, facts)
}

/** Everybody has the private half of an example key: a document that trusts one trusts everybody, whoever signed this. */
export function checkExamples({ keys }: TrustDocument, isAllowed: boolean): readonly Check[] {
  const examples = keys.filter(({ publicKey }) => isExampleKey(publicKey.keyId))
  return examples.map(({ name }) => {
    const message = `The trust document trusts ${quote(name)}, a published example key, which proves nothing`
    const facts = { expected: 'keys that only their holders have', found: 'an example key' }
    if (isAllowed) return passed('example-key', message, facts)
    const hint = 'To try things out, allow it with --unsafe-example-keys'
    return failed('example-key', 'rejected', 'verify/key-example', message, { ...facts, hint })
  })
}
