// Who made the signature: a key of the trust document, or the holder of a certificate whom the trust document names.

import type { Check } from '../../core/index.ts'
import type { KeyType, Role } from '../../trust/index.ts'
import type { VerifyRequest } from '../request.ts'
import type { JudgedTime, Origin, TrustedSigner } from '../verified.ts'
import { findCertificateSigner } from './certificate-signer.ts'
import { findKeySigner } from './key-signer.ts'
import type { SignedContent } from '../signed-content.ts'

/** A signer without the roles, which depend on what was signed. */
export type SignerIdentity = TrustedSigner extends infer S
  ? S extends TrustedSigner
    ? Omit<S, 'roles'>
    : never
  : never

/** The signer whose signature holds, and every check of them that does not depend on what they signed. */
export interface FoundSigner {
  readonly checks: readonly Check[]
  readonly signer: SignerIdentity
  /** The type of the key in the certificate, where the signer has one. */
  readonly certificateKey?: KeyType
  /** Names of the roles that the trust document gives them. */
  readonly roleNames: readonly string[]
  /** In place of roles that a trust document gives: those that come with the kind of signer. */
  readonly builtInRoles?: readonly Role[]
  readonly origin: Origin
  readonly judged: JudgedTime
}

/** Without a signer, nothing of what was signed may be looked at. */
export type SignerFinding =
  | FoundSigner
  | { readonly checks: readonly Check[]; readonly signer?: never }

/** Looks for whoever made this signature. */
export function findSigner(request: VerifyRequest, signed: SignedContent): SignerFinding {
  const { keyMaterial } = request.bundle
  switch (keyMaterial.kind) {
    case 'public-key':
      return findKeySigner(request, signed, keyMaterial.hint)
    case 'certificate':
      return findCertificateSigner(request, signed, [keyMaterial.certificate])
    case 'certificate-chain':
      return findCertificateSigner(request, signed, keyMaterial.certificates)
  }
}

/** The signer as evidence names them. */
export function withRoles(signer: SignerIdentity, roles: readonly Role[]): TrustedSigner {
  return { ...signer, roles }
}
