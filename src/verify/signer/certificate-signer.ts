import type { Check } from '../../core/index.ts'
import { failed } from '../check.ts'
import type { VerifyRequest } from '../request.ts'
import type { SignerFinding } from './find-signer.ts'
import type { SignedContent } from './signed-content.ts'

export function findCertificateSigner(
  _request: VerifyRequest,
  _signed: SignedContent,
  _chain: readonly Uint8Array[],
): SignerFinding {
  return { checks: [certificateUntrusted()] }
}

/** A certificate is worth what a root says of it, and this trust document has none. */
function certificateUntrusted(): Check {
  const message =
    'The bundle was signed with a certificate, for which the trust document has no root'
  return failed('key-material', 'rejected', 'verify/certificate-untrusted', message, {
    expected: 'a trusted root in the trust document',
    found: 'a certificate, and no root',
    hint: 'assay trust add-root public-good --name public-good --live adds the root of the public Sigstore',
  })
}
