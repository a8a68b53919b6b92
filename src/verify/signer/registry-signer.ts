// A signature by a key of a package registry. It vouches for one thing, that the registry took the package, and says so in one type
// of statement; nothing else counts from it, whatever it signs (NPM-1).

import { type Check, encodeTimestamp, type Instant, quote } from '../../core/index.ts'
import {
  describePeriod,
  isSignedBy,
  isWithin,
  type RegistryKey,
  standingAt,
  type ValidityPeriod,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { VerifyRequest } from '../request.ts'
import type { JudgedTime } from '../verified.ts'
import { checkExpectedSigner } from './expected-signer.ts'
import type { SignerFinding } from './find-signer.ts'
import type { SignedContent } from '../signed-content.ts'
import { REGISTRY_ROLE } from './registry-role.ts'
import { sigstoreNotLoaded } from './sigstore-need.ts'
import { describeTime, judgeTimes } from './time-check.ts'
import { askWitnesses, checkWitnessCount } from './witness-check.ts'

/** Judges a signature that names this key, at every time that a log or a timestamp authority vouches for. */
export function findRegistrySigner(
  request: VerifyRequest,
  signed: SignedContent,
  key: RegistryKey,
): SignerFinding {
  const { trust, expectation } = request
  const { name, publicKey, validFor } = key
  const signature = checkSignature(key, signed)
  if (signature.outcome !== 'accepted') return { checks: [signature] }
  const witnesses = askWitnesses(request, signed, key)
  if (witnesses === undefined) return { checks: [signature, sigstoreNotLoaded()] }
  const judged = judgeTimes(request, witnesses.times, witnesses.notJudged)
  // The signer that is asked for is the one of the provenance; the registry signs beside it.
  const asked = expectation.package?.purl === undefined ? expectation.signer : undefined
  return {
    checks: [
      signature,
      ...witnesses.checks,
      describeTime(judged),
      checkWindow(name, validFor, judged, request.at ?? request.now),
      ...(asked === undefined ? [] : [checkExpectedSigner(name, asked, trust)]),
      ...checkWitnessCount(witnesses, expectation, []),
    ],
    signer: { type: 'key', name, keyId: publicKey.keyId, principal: name, kind: 'automation' },
    roleNames: [],
    builtInRoles: [REGISTRY_ROLE],
    origin: 'local-proof',
    judged,
  }
}

function checkSignature({ name, keyId, publicKey }: RegistryKey, signed: SignedContent): Check {
  const { bytes, signature } = signed
  const facts = { expected: `a signature of the registry's key ${quote(keyId)}` }
  if (bytes !== undefined && isSignedBy(publicKey, bytes, signature)) {
    const message = `The registry's key ${quote(name)} signed these bytes`
    return passed('signature', message, { ...facts, found: quote(keyId) })
  }
  const message = `The signature is not of the registry's key ${quote(name)} over these bytes`
  const found = 'another signature, or other bytes'
  return failed('signature', 'rejected', 'verify/signature-invalid', message, { ...facts, found })
}

/** NPM-4: an expired key vouches for what it signed before, by a clock that is not the signer's; without one, for nothing. */
function checkWindow(
  name: string,
  period: ValidityPeriod,
  { vouched }: JudgedTime,
  asOf: Instant,
): Check {
  const [earliest] = vouched
  if (earliest === undefined) {
    const message = `Nothing vouches for the time at which the registry's key ${quote(name)} signed`
    const facts = { expected: 'the signed time of a trusted log', found: 'none that counts' }
    return failed('key-validity', 'missing', 'verify/time-missing', message, facts)
  }
  const outside = vouched.find(({ at }) => !isWithin(period, at))
  const { at } = outside ?? earliest
  const facts = { expected: describePeriod(period), found: encodeTimestamp(at) }
  if (outside === undefined) {
    const since = standingAt(period, asOf) === 'ended' ? ', and has ended since' : ''
    const message = `The registry's key ${quote(name)} was valid at that time${since}`
    return passed('key-validity', message, facts)
  }
  const isEarly = standingAt(period, at) === 'not-yet-valid'
  const code = isEarly ? 'verify/key-not-yet-valid' : 'verify/key-expired'
  const message = `The registry's key ${quote(name)} was not valid at that time`
  return failed('key-validity', 'rejected', code, message, facts)
}
