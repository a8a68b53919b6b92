// The certificate of a run, judged before a log makes it public: under the trusted root, then against the identity token (CS-12).

import { accept, escapeText, type Problem, type Result, refuse } from '../../core/index.ts'
import { type IdentityToken, judgeHolder } from '../../sign/index.ts'
import type { CertificateIdentity, NamedRoot } from '../../trust/index.ts'
import { loadSigstore } from '../../verify/index.ts'
import { nameIdentity, problemsOf } from './own-verification.ts'
import { envelopeOf } from './witnesses.ts'
import type { NewBundle } from './signing.ts'

/** What is held against each other. */
export interface CertificateQuestion {
  /** DER. */
  readonly certificate: Uint8Array
  /** Signed by its key, with timestamps, and in no log yet. */
  readonly bundle: NewBundle
  readonly roots: readonly NamedRoot[]
  readonly token: IdentityToken
}

/** Whom the certificate is for, and what a person has to know of the comparison. */
export interface CertificateHolder {
  readonly identity: CertificateIdentity
  readonly notes: readonly string[]
}

/** @returns `cli/certificate-not-verified` with every reason, or `sign/certificate-identity` */
export async function judgeCertificate({
  certificate,
  bundle,
  roots,
  token,
}: CertificateQuestion): Promise<Result<CertificateHolder>> {
  const { judgeNewCertificate } = await loadSigstore()
  const { signature } = envelopeOf(bundle)
  const { timestamps } = bundle
  const { checks, identity } = judgeNewCertificate({ certificate, signature, timestamps, roots })
  if (identity === undefined) {
    return refuse<Problem>({
      code: 'cli/certificate-not-verified',
      message:
        'Expected a certificate that verifies under the trusted root, found one that does not',
      hint: 'Nothing was published or written. Is --trusted-root that of these services, and are the clocks right?',
      because: problemsOf(checks),
    })
  }
  const holder = judgeHolder(token.holder, identity)
  if (!holder.ok) return holder
  const notes = holder.value.isNameCompared
    ? []
    : [
        `Not compared with the token: the name in the certificate, ${escapeText(nameIdentity(identity))}, which the authority makes by a rule of its own`,
      ]
  return accept({ identity, notes })
}
