// The verification of one bundle, from its signature on. No step sees a byte that the steps before it did not accept (DSSE-4).

import type { Check } from '../core/index.ts'
import { verifyArtifactSignature } from './artifact-signature.ts'
import { type BundleFinding, refuseBundle } from './bundle-verdict.ts'
import { failed } from './check.ts'
import type { ExpectedArtifacts } from './expectation.ts'
import type { VerifyRequest } from './request.ts'
import { verifyStatement } from './statement-evidence.ts'
import type { Judgement } from './verified.ts'

/** Is this bundle the word of a trusted signer about these artifacts, and does it say what is expected? One signature is judged. */
export function judgeBundle(request: VerifyRequest): BundleFinding {
  const { bundle, expectation } = request
  const { content, keyMaterial } = bundle
  if (isEmpty(expectation.artifacts)) return refuseBundle([nothingToVerify()])
  if (keyMaterial.kind !== 'public-key') return refuseBundle([certificateUntrusted()])
  const keyid = content.kind === 'dsse' ? (content.envelope.keyid ?? '') : ''
  // Where both say something they are equal: `parseBundle` refuses others (SB-3).
  const hint = keyMaterial.hint === '' ? keyid : keyMaterial.hint
  const context = { ...request, hint, judged: judgedAsOf(request) }
  return content.kind === 'dsse'
    ? verifyStatement(content.envelope, context)
    : verifyArtifactSignature(content.signature, context)
}

function isEmpty(artifacts: ExpectedArtifacts): boolean {
  return artifacts.kind === 'artifacts'
    ? artifacts.artifacts.length === 0
    : artifacts.set.artifacts.length === 0
}

/** Tenet 3: an empty question must not be answered with yes. */
function nothingToVerify(): Check {
  const message = 'There is no artifact that the evidence could be about'
  return failed('artifacts', 'missing', 'verify/nothing-to-verify', message, {
    expected: 'at least one artifact',
    found: 'none',
  })
}

/** A certificate is worth what a root says of it, and a trust document of keys has none. */
function certificateUntrusted(): Check {
  const message =
    'The bundle was signed with a certificate, for which the trust document has no root'
  return failed('key-material', 'rejected', 'verify/certificate-untrusted', message, {
    expected: 'a key of the trust document',
    found: 'a certificate',
  })
}

function judgedAsOf({ bundle, now, at }: VerifyRequest): Judgement {
  const { logEntries, timestamps } = bundle
  return {
    at: at ?? now,
    source: at === undefined ? 'clock' : 'given',
    notJudged: { logEntries: logEntries.length, timestamps: timestamps.length },
  }
}
