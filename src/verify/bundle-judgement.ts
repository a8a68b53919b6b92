// The verification of one bundle, from its signature on. No step sees a byte that the steps before it did not accept (DSSE-4).

import type { Check } from '../core/index.ts'
import { verifyArtifactSignature } from './artifact-signature.ts'
import { type BundleFinding, refuseBundle } from './bundle-verdict.ts'
import { failed } from './check.ts'
import type { ExpectedArtifacts } from './expectation.ts'
import type { VerifyRequest } from './request.ts'
import { verifyStatement } from './statement-evidence.ts'

/** Is this bundle the word of a trusted signer about these artifacts, and does it say what is expected? One signature is judged. */
export function judgeBundle(request: VerifyRequest): BundleFinding {
  const { content } = request.bundle
  if (isEmpty(request.expectation.artifacts)) return refuseBundle([nothingToVerify()])
  return content.kind === 'dsse'
    ? verifyStatement(content.envelope, request)
    : verifyArtifactSignature(content, request)
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
