// Whom an auditor of a pack believes: never the pack itself.

import type { Check } from '../../../core/index.ts'
import type { TrustDocument } from '../../../trust/index.ts'

/** Whom an auditor believes, from elsewhere than the pack. */
export type GivenTrust =
  | { readonly kind: 'document'; readonly document: TrustDocument }
  | { readonly kind: 'digest'; readonly sha256: string }
  | { readonly kind: 'none' }

/** Who decides, and what is said of the document in the pack. */
export interface TrustFinding {
  readonly check: Check
  /** Undefined where nobody from elsewhere says whom to believe. */
  readonly document?: TrustDocument
}

/** The document in the pack is compared, and never believed for being there. */
export function judgeTrust(given: GivenTrust, inside: TrustDocument): TrustFinding {
  const name = 'pack-trust'
  const found = `sha256:${inside.digest} in the pack`
  if (given.kind === 'document') {
    const { digest } = given.document
    const message =
      digest === inside.digest
        ? 'The trust document in the pack is the one that was given'
        : 'The pack has another trust document: the one that was given decides'
    const facts = { expected: `sha256:${digest}`, found }
    return { check: { name, outcome: 'accepted', message, ...facts }, document: given.document }
  }
  if (given.kind === 'digest' && given.sha256 === inside.digest) {
    const message = 'The trust document in the pack has the digest that was given'
    return { check: { name, outcome: 'accepted', message, found }, document: inside }
  }
  const expected =
    given.kind === 'digest' ? `sha256:${given.sha256}` : 'a trust document from elsewhere'
  return {
    check: {
      name,
      outcome: given.kind === 'digest' ? 'rejected' : 'missing',
      code: 'cli/audit-trust',
      message: 'Nobody says whom to believe: every signer is unknown',
      expected,
      found,
      hint: 'Give --trust FILE, or --trust-digest sha256:… of the document in the pack, from whom you know',
    },
  }
}
