// Trust documents and trusted roots, in words.

import { encodeTimestamp } from '../../core/index.ts'
import {
  judgeRoot,
  type NamedRoot,
  type RegistryKey,
  type Role,
  type TrustDocument,
  type TrustedIdentity,
  type TrustedKey,
  type TrustedRoot,
  type ValidityPeriod,
} from '../../trust/index.ts'
import type { Fact, Inspection } from './inspection.ts'
import { describePublicKey } from './key-facts.ts'

/** A trust document, with all that it names. */
export function describeTrust(document: TrustDocument): Inspection {
  const { keys, roles, roots, identities, registryKeys, digest } = document
  return {
    kind: 'trust document',
    facts: [
      { label: 'digest', value: `sha256:${digest}` },
      { label: 'keys', value: String(keys.length), facts: keys.map(describeKey) },
      ...list('identities', identities.map(describeIdentity)),
      ...list('roots', roots.map(describeNamedRoot)),
      ...list('registry keys', registryKeys.map(describeRegistryKey)),
      { label: 'roles', value: String(roles.length), facts: roles.map(describeRole) },
    ],
  }
}

/** A trusted root by itself. */
export function describeTrustedRoot(root: TrustedRoot): Inspection {
  return { kind: 'trusted root', facts: describeMembers(root) }
}

/** The keys of a package registry, as it serves them. */
export function describeRegistryKeys(keys: readonly RegistryKey[]): Inspection {
  const facts = keys.map((key): Fact => {
    const { label, value, facts = [] } = describeRegistryKey(key)
    return { label, value, facts: [...facts, { label: 'type', value: key.publicKey.type }] }
  })
  return { kind: 'keys of a package registry', facts }
}

function list(label: string, facts: readonly Fact[]): readonly Fact[] {
  return facts.length === 0 ? [] : [{ label, value: String(facts.length), facts }]
}

function describeIdentity(identity: TrustedIdentity): Fact {
  const { name, issuer, san, isRefGlob, claims, roles, isCi } = identity
  const facts = [
    { label: isRefGlob ? 'name, with a pattern in its ref' : 'name', value: san },
    { label: 'issuer', value: issuer },
    ...Object.entries(claims).map(([label, value]) => ({ label, value })),
    { label: 'roles', value: roles.join(', ') },
    ...(isCi ? [{ label: 'issuer is', value: 'a CI system' }] : []),
  ]
  return { label: 'identity', value: name, facts }
}

function describeNamedRoot({ name, mark, digest, isPublicGood, root }: NamedRoot): Fact {
  const facts = [
    { label: 'digest', value: `sha256:${digest}` },
    { label: 'mark', value: mark },
    { label: 'public-good root', value: isPublicGood ? 'yes' : 'no' },
    ...describeMembers(root),
  ]
  return { label: 'root', value: name, facts }
}

function describeMembers(root: TrustedRoot): readonly Fact[] {
  // Where they stand does not depend on the time, only how: an inspection has none.
  return judgeRoot(root, 0).map(({ kind, name, start, end, standing }) => ({
    label: standing === 'not-usable' ? `${kind} that can not be used` : kind,
    value: name === '' ? 'without a name' : name,
    facts: describePeriod({ start, ...(end !== undefined && { end }) }),
  }))
}

function describeRegistryKey({ name, keyId, validFor }: RegistryKey): Fact {
  const facts = [{ label: 'key id', value: keyId }, ...describePeriod(validFor)]
  return { label: 'registry key', value: name, facts }
}

function describePeriod({ start, end }: ValidityPeriod): readonly Fact[] {
  return [
    { label: 'valid from', value: start === 0 ? 'the beginning' : encodeTimestamp(start) },
    ...(end === undefined ? [] : [{ label: 'valid until', value: encodeTimestamp(end) }]),
  ]
}

function describeKey(key: TrustedKey): Fact {
  const { name, publicKey, roles, notBefore, notAfter, revoked, requires } = key
  const facts = [
    ...describePublicKey(publicKey).facts,
    { label: 'roles', value: roles.join(', ') },
    ...(notBefore === undefined
      ? []
      : [{ label: 'valid from', value: encodeTimestamp(notBefore) }]),
    ...(notAfter === undefined ? [] : [{ label: 'valid until', value: encodeTimestamp(notAfter) }]),
    ...(revoked === undefined
      ? []
      : [{ label: revoked.reason, value: `at ${encodeTimestamp(revoked.at)}` }]),
    ...(requires === undefined ? [] : [{ label: 'counts only with', value: requires.join(', ') }]),
  ]
  return { label: 'key', value: name, facts }
}

function describeRole({ name, predicateTypes, targets, threshold, distinctFrom }: Role): Fact {
  return {
    label: 'role',
    value: name,
    facts: [
      { label: 'signs', value: predicateTypes?.join(', ') ?? 'every predicate type' },
      { label: 'for', value: targets?.join(', ') ?? 'every target' },
      { label: 'signers needed', value: String(threshold) },
      ...(distinctFrom === undefined
        ? []
        : [{ label: 'not signers of', value: distinctFrom.join(', ') }]),
    ],
  }
}
