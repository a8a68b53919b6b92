// The trust document: which keys, identities and roots there are, when they are valid, and which role may sign what.

import type { Instant } from '../core/index.ts'
import { isDraftType } from './draft-type.ts'
import type { PublicKey } from './key/public-key.ts'
import type { TrustedIdentity } from './sigstore/identity/certificate-identity.ts'
import type { RegistryKey } from './sigstore/registry-key.ts'
import type { NamedRoot } from './sigstore/root/trusted-root.ts'
import type { TrustedPairs } from './trusted-pair.ts'

/** Why a key ended: `retired` in good order, `compromised` when someone else may hold it. */
export type RevocationReason = 'compromised' | 'retired'

/**
 * A key and everything that is believed about it.
 *
 * @example { name: 'release-2026', publicKey, notAfter: 1798761600000, roles: ['release'], principal: 'ci', kind: 'automation' }
 */
export interface TrustedKey {
  readonly name: string
  readonly publicKey: PublicKey
  /** The first instant at which it may sign. */
  readonly notBefore?: Instant
  /** The last instant at which it may sign. */
  readonly notAfter?: Instant
  readonly revoked?: { readonly at: Instant; readonly reason: RevocationReason }
  readonly roles: readonly string[]
  /** Who holds it; several keys of one principal count once. Without one, the key's name stands for it. */
  readonly principal?: string
  /** Without one, nobody knows: such a key counts neither as a person nor as automation. */
  readonly kind?: 'person' | 'automation'
  /** What a signature of this key needs besides: the word of a trusted log, of a timestamp authority. */
  readonly requires?: readonly ('log' | 'timestamp')[]
}

/**
 * What the keys and identities of a role may sign.
 *
 * @example { name: 'approver', predicateTypes: ['https://slsa.dev/provenance/v1'], threshold: 2, distinctFrom: ['release'] }
 */
export interface Role {
  readonly name: string
  /** Absent: every predicate type. */
  readonly predicateTypes?: readonly string[]
  /** Absent: every target. */
  readonly targets?: readonly string[]
  /** How many different principals must have signed. */
  readonly threshold: number
  /** Roles whose signers, on the same subject, do not count for this one. */
  readonly distinctFrom?: readonly string[]
  /** Its holders sign drafts and requests for their review, and nothing else, whatever else the role says. */
  readonly draft?: true
}

/** A trust document that was read and is consistent: unique names and keys, known roles and signers. */
export interface TrustDocument extends TrustedPairs {
  /** Sorted by name. */
  readonly keys: readonly TrustedKey[]
  /** The declared roles, sorted by name; {@link RELEASE_ROLE} is built in and not among them. */
  readonly roles: readonly Role[]
  /** Sorted by name, as are the {@link identities} and the {@link registryKeys}. */
  readonly roots: readonly NamedRoot[]
  readonly identities: readonly TrustedIdentity[]
  readonly registryKeys: readonly RegistryKey[]
  /** SHA-256 of the canonical form, lower-case hex: the same for every spelling of the same trust. */
  readonly digest: string
}

/** Everything that a trust document says, before it is known to be consistent. */
export type TrustParts = Omit<TrustDocument, 'digest'>

/** The built-in role: every predicate type, every target, one signature. */
export const RELEASE_ROLE: Role = { name: 'release', threshold: 1 }

/** The role of that name, declared or built in. */
export function findRole({ roles }: Pick<TrustDocument, 'roles'>, name: string): Role | undefined {
  return name === RELEASE_ROLE.name ? RELEASE_ROLE : roles.find((role) => role.name === name)
}

/** Who counts when signatures are counted; the same for all keys and identities of one principal. */
export function principalOf({
  principal,
  name,
}: Pick<TrustedKey | TrustedIdentity, 'name' | 'principal'>): string {
  return principal ?? name
}

/** Who holds a key or an identity of one of these roles, whether they have signed anything or not. */
export function principalsWith(
  { keys, identities }: Pick<TrustDocument, 'keys' | 'identities'>,
  roles: readonly string[],
): ReadonlySet<string> {
  const holders = [...keys, ...identities].filter((holder) =>
    holder.roles.some((name) => roles.includes(name)),
  )
  return new Set(holders.map(principalOf))
}

/**
 * May this role sign that? A role that names its targets may sign nothing without a target.
 *
 * @param statement what was signed; `target` is where the release goes, when it is known
 */
export function isRoleFor(
  role: Role,
  { predicateType, target }: { readonly predicateType: string; readonly target?: string },
): boolean {
  return (
    (role.draft !== true || isDraftType(predicateType)) &&
    (role.predicateTypes?.includes(predicateType) ?? true) &&
    (role.targets === undefined || (target !== undefined && role.targets.includes(target)))
  )
}
