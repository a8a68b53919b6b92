// A signature by a key of the trust document. Log entries and timestamps are judged where a trusted root can judge them; they may be
// demanded, and they may save a signature that is older than the end of its key, but they make no other key good.

import { principalOf, type TrustedKey } from '../../trust/index.ts'
import type { VerifyRequest } from '../request.ts'
import { checkExamples, checkValidity } from './key-checks.ts'
import { checkExpectedSigner } from './expected-signer.ts'
import type { SignerFinding } from './find-signer.ts'
import { findRegistrySigner } from './registry-signer.ts'
import { checkSignature } from './signature.ts'
import type { SignedContent } from '../signed-content.ts'
import { sigstoreNotLoaded } from './sigstore-need.ts'
import { describeTime, judgeTimes } from './time-check.ts'
import { askWitnesses, checkWitnessCount } from './witness-check.ts'

/** Finds the key, and judges it at every time that somebody vouches for. */
export function findKeySigner(
  request: VerifyRequest,
  signed: SignedContent,
  hint: string,
): SignerFinding {
  const { trust, expectation, sigstore, unsafeExampleKeys = false } = request
  const keyid = signed.kind === 'dsse' ? (signed.envelope.keyid ?? '') : ''
  // Where both say something they are equal: `parseBundle` refuses others (SB-3).
  const said = hint === '' ? keyid : hint
  const registryKey = trust.registryKeys.find(({ keyId }) => keyId === said)
  if (registryKey !== undefined) return findRegistrySigner(request, signed, registryKey)
  const named = {
    hint: said,
    trust,
    ...(sigstore !== undefined && { sigstore }),
  }
  const signature = checkSignature(named, signed)
  const { key } = signature
  if (key === undefined) return { checks: [signature.check] }
  const witnesses = askWitnesses(request, signed, key)
  if (witnesses === undefined) return { checks: [signature.check, sigstoreNotLoaded()] }
  const judged = judgeTimes(request, witnesses.times, witnesses.notJudged)
  return {
    checks: [
      signature.check,
      ...witnesses.checks,
      describeTime(judged),
      checkValidity(key, judged, request.at ?? request.now),
      ...checkExamples(trust, unsafeExampleKeys),
      ...(expectation.signer === undefined
        ? []
        : [checkExpectedSigner(key.name, expectation.signer, trust)]),
      ...checkWitnessCount(witnesses, expectation, key.requires ?? []),
    ],
    signer: describeKey(key),
    roleNames: key.roles,
    // No root vouches for who runs a key, whatever timestamps it.
    origin: 'local-proof',
    judged,
  }
}

/** Who signed, for whoever uses the evidence. */
function describeKey(key: TrustedKey) {
  const { name, publicKey, kind } = key
  return {
    type: 'key',
    name,
    keyId: publicKey.keyId,
    principal: principalOf(key),
    ...(kind !== undefined && { kind }),
  } as const
}
