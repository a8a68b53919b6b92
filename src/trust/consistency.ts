// What must hold between the parts of a trust document: unique names and keys, roles that exist.

import { quote } from '../core/index.ts'
import { hasCredentials } from '../statement/index.ts'
import { findMixedHolders } from './draft-signers.ts'
import type { TrustProblem } from './problem.ts'
import type { TrustedIdentity } from './sigstore/identity/certificate-identity.ts'
import {
  principalOf,
  RELEASE_ROLE,
  type Role,
  type TrustedKey,
  type TrustParts,
} from './trust-document.ts'
import { findPairFaults, type TrustedBuilder, type TrustedVerifier } from './trusted-pair.ts'

type Signer = TrustedKey | TrustedIdentity

/** Everything that does not fit together, in the order of the document's entries. */
export function findInconsistencies(parts: TrustParts): readonly TrustProblem[] {
  const { keys, roles, roots, identities, registryKeys, verifiers, builders } = parts
  const pairs = [...verifiers, ...builders]
  const signers = [...keys, ...identities]
  return [
    ...findLookalikes('entry', names([...signers, ...roots, ...registryKeys, ...pairs])),
    ...findLookalikes('role', names(roles)),
    // A signer without a declared principal counts by its name: the two kinds of name must not be mistaken either.
    ...findLookalikes('principal', principalNames(signers)),
    ...findTwins(keys, ({ publicKey }) => publicKey.keyId, SAME_KEY),
    ...findTwins(registryKeys, ({ publicKey }) => publicKey.keyId, SAME_KEY),
    ...findTwins(registryKeys, ({ keyId }) => keyId, SAME_KEY),
    ...findTwins(roots, ({ digest }) => digest, SAME_ROOT),
    ...findTwins(identities, identityOf, SAME_IDENTITY),
    ...findReservedRoles(roles),
    ...findCredentials(pairs),
    ...findUnknownRoles(signers, roles),
    ...findMixedHolders(parts),
    ...findPairFaults(parts, signers),
    ...[...signers, ...roles, ...pairs].flatMap(findRepeatedEntries),
  ]
}

const SAME_KEY = { code: 'trust/key-duplicate', what: 'key' } as const
const SAME_ROOT = { code: 'trust/root-duplicate', what: 'root' } as const
const SAME_IDENTITY = { code: 'trust/identity-duplicate', what: 'identity' } as const

/** Who signs, whatever it may sign and however it is called. */
function identityOf({ issuer, san, isRefGlob, claims }: TrustedIdentity): string {
  return JSON.stringify([issuer, san, isRefGlob, Object.entries(claims)])
}

/** Each once; of names that are told apart already as names, the first. */
function principalNames(signers: readonly Signer[]): readonly string[] {
  const declared = new Set(signers.flatMap(({ principal }) => principal ?? []))
  const alone = signers.filter(({ principal }) => principal === undefined).map(principalOf)
  const byCase = new Map(alone.map((name) => [name.toLowerCase(), name]))
  return [...declared, ...[...byCase.values()].filter((name) => !declared.has(name))]
}

/** Names that differ only in case are one name to a reader. */
function findLookalikes(what: string, all: readonly string[]): readonly TrustProblem[] {
  const seen = new Map<string, string>()
  return all.flatMap((name) => {
    const other = seen.get(name.toLowerCase())
    seen.set(name.toLowerCase(), name)
    if (other === undefined) return []
    return {
      code: 'trust/name-duplicate',
      message: `Expected each ${what} under one name, found ${quote(other)} and ${quote(name)}`,
    } as const
  })
}

/** DSSE-8, A-26: one key or identity under two names would count twice. */
function findTwins<T extends { readonly name: string }>(
  entries: readonly T[],
  keyOf: (entry: T) => string,
  { code, what }: typeof SAME_KEY | typeof SAME_ROOT | typeof SAME_IDENTITY,
): readonly TrustProblem[] {
  const seen = new Map<string, string>()
  return entries.flatMap((entry) => {
    const key = keyOf(entry)
    const other = seen.get(key)
    seen.set(key, entry.name)
    if (other === undefined) return []
    const message = `Expected each ${what} once, found ${quote(other)} and ${quote(entry.name)} to be the same ${what}`
    return { code, message }
  })
}

/** the document is published with every pack of evidence. */
function findCredentials(
  pairs: readonly { readonly name: string; readonly id: string }[],
): readonly TrustProblem[] {
  return pairs
    .filter(({ id }) => hasCredentials(id))
    .map(({ name }) => ({
      code: 'trust/uri-credentials',
      message: `Expected a URI without a login or a secret parameter as the id of ${quote(name)}`,
    }))
}

function findReservedRoles(roles: readonly Role[]): readonly TrustProblem[] {
  return roles
    .filter(({ name }) => name.toLowerCase() === RELEASE_ROLE.name)
    .map(({ name }) => ({
      code: 'trust/role-reserved',
      message: `Expected no role named ${quote(name)}: it is built in and may sign everything`,
      hint: 'Give the role another name',
    }))
}

function findUnknownRoles(
  signers: readonly Signer[],
  roles: readonly Role[],
): readonly TrustProblem[] {
  const known = new Set([RELEASE_ROLE.name, ...names(roles)])
  const unknown = (owner: string, used: readonly string[]): readonly TrustProblem[] =>
    used
      .filter((name) => !known.has(name))
      .map((name) => ({
        code: 'trust/role-unknown',
        message: `Expected a role that the document declares, found ${quote(name)} in ${quote(owner)}`,
        hint: `assay trust add-role --name ${name}`,
      }))
  const itself = roles
    .filter(({ name, distinctFrom }) => distinctFrom?.includes(name) === true)
    .map(({ name }) => ({
      code: 'trust/document' as const,
      message: `Expected the role ${quote(name)} to be distinct from others, found itself`,
    }))
  return [
    ...signers.flatMap((signer) => unknown(signer.name, signer.roles)),
    ...roles.flatMap((role) => unknown(role.name, role.distinctFrom ?? [])),
    ...itself,
  ]
}

function findRepeatedEntries(
  entry: Signer | Role | TrustedVerifier | TrustedBuilder,
): readonly TrustProblem[] {
  const lists =
    'signers' in entry
      ? [entry.signers]
      : 'roles' in entry
        ? [entry.roles, 'requires' in entry ? entry.requires : undefined]
        : [entry.predicateTypes, entry.targets, entry.distinctFrom]
  return lists.flatMap((list: readonly string[] = []) =>
    list
      .filter((item, index) => list.indexOf(item) !== index)
      .map((item) => ({
        code: 'trust/name-duplicate' as const,
        message: `Expected each entry of a list once, found ${quote(item)} twice in ${quote(entry.name)}`,
      })),
  )
}

function names(entries: readonly { readonly name: string }[]): readonly string[] {
  return entries.map(({ name }) => name)
}
