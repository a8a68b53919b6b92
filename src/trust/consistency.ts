// What must hold between the parts of a trust document: unique names and keys, roles that exist.

import { quote } from '../core/index.ts'
import type { TrustProblem } from './problem.ts'
import { principalOf, RELEASE_ROLE, type Role, type TrustedKey } from './trust-document.ts'

/** Everything that does not fit together, in the order of the document's entries. */
export function findInconsistencies(
  keys: readonly TrustedKey[],
  roles: readonly Role[],
): readonly TrustProblem[] {
  return [
    ...findLookalikes('key', names(keys)),
    ...findLookalikes('role', names(roles)),
    // A key without a declared principal counts by its name: the two kinds of name must not be mistaken either.
    ...findLookalikes('principal', principalNames(keys)),
    ...findSameKeys(keys),
    ...findReservedRoles(roles),
    ...findUnknownRoles(keys, roles),
    ...[...keys, ...roles].flatMap(findRepeatedEntries),
  ]
}

/** Each once; of key names that are told apart already as names, the first. */
function principalNames(keys: readonly TrustedKey[]): readonly string[] {
  const declared = new Set(keys.flatMap(({ principal }) => principal ?? []))
  const alone = keys.filter(({ principal }) => principal === undefined).map(principalOf)
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

/** DSSE-8, A-26: one key under two names would count twice. */
function findSameKeys(keys: readonly TrustedKey[]): readonly TrustProblem[] {
  const seen = new Map<string, string>()
  return keys.flatMap(({ name, publicKey }) => {
    const other = seen.get(publicKey.keyId)
    seen.set(publicKey.keyId, name)
    if (other === undefined) return []
    return {
      code: 'trust/key-duplicate',
      message: `Expected each key once, found ${quote(other)} and ${quote(name)} to be the same key`,
    } as const
  })
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
  keys: readonly TrustedKey[],
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
    ...keys.flatMap((key) => unknown(key.name, key.roles)),
    ...roles.flatMap((role) => unknown(role.name, role.distinctFrom ?? [])),
    ...itself,
  ]
}

function findRepeatedEntries(entry: TrustedKey | Role): readonly TrustProblem[] {
  const lists =
    'publicKey' in entry ? [entry.roles] : [entry.predicateTypes, entry.targets, entry.distinctFrom]
  return lists.flatMap((list = []) =>
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
