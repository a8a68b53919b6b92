// A signature by a key of the trust document. Log entries and timestamps are judged where a trusted root can judge them; they may be
// demanded, and they may save a signature that is older than the end of its key, but they make no other key good.

import { principalOf, type TrustedKey } from '../../trust/index.ts'
import type { VerifyRequest } from '../request.ts'
import type { WitnessFinding } from '../sigstore/sigstore.ts'
import { checkExamples, checkValidity } from './key-checks.ts'
import { checkExpectedSigner } from './expected-signer.ts'
import type { SignerFinding } from './find-signer.ts'
import { checkSignature } from './signature.ts'
import type { SignedContent } from './signed-content.ts'
import { describeTime, judgeTimes } from './time-check.ts'
import { checkWitnessCount } from './witness-check.ts'

/** Finds the key, and judges it at every time that somebody vouches for. */
export function findKeySigner(
  request: VerifyRequest,
  signed: SignedContent,
  hint: string,
): SignerFinding {
  const { trust, expectation, sigstore, unsafeExampleKeys = false } = request
  const keyid = signed.kind === 'dsse' ? (signed.envelope.keyid ?? '') : ''
  // Where both say something they are equal: `parseBundle` refuses others (SB-3).
  const named = {
    hint: hint === '' ? keyid : hint,
    trust,
    ...(sigstore !== undefined && { sigstore }),
  }
  const signature = checkSignature(named, signed)
  const { key } = signature
  if (key === undefined) return { checks: [signature.check] }
  const witnesses = judgeWitnesses(request, signed, key)
  const judged = judgeTimes(request, witnesses.times, witnesses.notJudged)
  return {
    checks: [
      signature.check,
      ...witnesses.checks,
      describeTime(judged),
      checkValidity(key, judged, request.now),
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

/** Without a root, or without the part that can judge it, everything that came with the signature is left unjudged and gives no time. */
function judgeWitnesses(
  { bundle, trust, sigstore, now, at }: VerifyRequest,
  signed: SignedContent,
  { publicKey }: TrustedKey,
): WitnessFinding {
  const { logEntries, timestamps } = bundle
  const { roots } = trust
  if (roots.length === 0 || sigstore === undefined || logEntries.length + timestamps.length === 0) {
    const notJudged = { logEntries: logEntries.length, timestamps: timestamps.length }
    return { checks: [], times: [], logEntries: 0, timestamps: 0, notJudged }
  }
  const { type, key } = publicKey
  return sigstore.judgeWitnesses({
    bundle,
    signed,
    roots,
    now,
    key: { type, key, spki: key.export({ type: 'spki', format: 'der' }) },
    ...(at !== undefined && { asOf: at }),
  })
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
