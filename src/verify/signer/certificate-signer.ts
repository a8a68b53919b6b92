// A signature by a certificate: it is worth what a trusted root says of the certificate, and counts for those alone whom the trust
// document names (SB-10, A-34).

import { type Check, quote } from '../../core/index.ts'
import type { NamedRoot, TrustDocument } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { VerifyRequest } from '../request.ts'
import type { CertifiedSigner } from '../sigstore/sigstore.ts'
import type { Origin } from '../verified.ts'
import { checkExpectedSigner } from './expected-signer.ts'
import type { SignerFinding } from './find-signer.ts'
import { knowIdentity } from './known-identity.ts'
import type { SignedContent } from '../signed-content.ts'
import { sigstoreNotLoaded } from './sigstore-need.ts'
import { describeTime, judgeTimes } from './time-check.ts'
import { checkWitnessCount } from './witness-check.ts'

/** Verifies the certificate under the trusted roots, then asks whether its holder is one of the trust document's identities. */
export function findCertificateSigner(
  request: VerifyRequest,
  signed: SignedContent,
  chain: readonly [Uint8Array, ...Uint8Array[]],
): SignerFinding {
  const { bundle, trust, sigstore, now, at } = request
  const { roots } = trust
  if (roots.length === 0) return { checks: [certificateUntrusted()] }
  if (sigstore === undefined) return { checks: [sigstoreNotLoaded()] }
  const question = { bundle, signed, roots, chain, now, ...(at !== undefined && { asOf: at }) }
  const found = sigstore.judgeCertificate(question)
  if (found.signer === undefined) return { checks: found.checks }
  return concludeSigner(request, found.checks, found.signer)
}

function concludeSigner(
  request: VerifyRequest,
  checks: readonly Check[],
  certified: CertifiedSigner,
): SignerFinding {
  const { trust, expectation } = request
  const { identity, keyType, root, times } = certified
  const known = knowIdentity(identity, trust, expectation.signer)
  if (known.holder === undefined) return { checks: [...checks, known.check] }
  const { name, kind, principal, isCi, roles } = known.holder
  const judged = judgeTimes(request, times, { logEntries: 0, timestamps: 0 })
  const origin = originOf(isCi, root)
  return {
    checks: [
      ...checks,
      describeTime(judged),
      known.check,
      describeRoot(root, trust),
      describeOrigin(origin, root, trust),
      ...(expectation.signer === undefined
        ? []
        : [checkExpectedSigner(name, expectation.signer, trust)]),
      ...checkWitnessCount(certified, expectation, []),
    ],
    signer: {
      type: 'certificate',
      name,
      identity,
      root: {
        name: root.name,
        mark: root.mark,
        sha256: root.digest,
        isPublicGood: root.isPublicGood,
      },
      principal,
      ...(kind !== undefined && { kind }),
    },
    certificateKey: keyType,
    roleNames: roles,
    origin,
    judged,
  }
}

/** Computed, never declared: a CI issuer that the trust document names, under a root that it marks as live. */
function originOf(isCi: boolean, { mark }: NamedRoot): Origin {
  return isCi && mark === 'live' ? 'live-workflow' : 'local-proof'
}

/** With whose word it is that the root is live: it is worth no more than that. */
function describeOrigin(origin: Origin, root: NamedRoot, trust: TrustDocument): Check {
  const message =
    origin === 'live-workflow'
      ? `The origin is a live workflow: a CI issuer vouches for it, under ${describeLife(root, trust)}`
      : 'The origin is local proof: no CI issuer under a live root vouches for it'
  return passed('origin', message, { found: origin })
}

function describeLife({ isPublicGood }: NamedRoot, trust: TrustDocument): string {
  return isPublicGood
    ? 'a public root'
    : `a root that is live by declaration of trust document ${trust.digest}`
}

/** Said wherever it counts: which root, and on whose word it is live. */
function describeRoot(root: NamedRoot, trust: TrustDocument): Check {
  const { name, mark, digest } = root
  const worth =
    mark === 'live'
      ? describeLife(root, trust)
      : 'a rehearsal root, so that it proves no live workflow'
  return passed('root', `The trusted root is ${quote(name)}: ${worth}`, {
    found: `sha256:${digest}`,
  })
}

/** A certificate is worth what a root says of it, and this trust document has none. */
function certificateUntrusted(): Check {
  const message =
    'The bundle was signed with a certificate, for which the trust document has no root'
  return failed('key-material', 'rejected', 'verify/certificate-untrusted', message, {
    expected: 'a trusted root in the trust document',
    found: 'a certificate, and no root',
    hint: 'If you trust who issued it: assay trust add-root (public-good | TRUSTED_ROOT) --trust FILE --name NAME (--live | --rehearsal), where public-good is the public Sigstore, and TRUSTED_ROOT the trusted_root.json of another',
  })
}
