// What `assay trust show` says of all but keys and roles: who may sign what, until when, how old it all is, and who speaks as whom.

import { encodeTimestamp, type Instant, type JsonObject, type JsonValue } from '../../core/index.ts'
import {
  describePeriod,
  judgeRoot,
  type NamedRoot,
  PUBLIC_GOOD_ROOTS,
  type RegistryKey,
  type RootMember,
  standingAt,
  type TrustDocument,
  type TrustedBuilder,
  type TrustedIdentity,
  type TrustedVerifier,
  type ValidityPeriod,
} from '../../trust/index.ts'
import { describeAge } from './root-age.ts'

/** The lines of all, each part only where there is any. */
export function renderSigstore(document: TrustDocument, now: Instant): readonly string[] {
  const { identities, roots, registryKeys, verifiers, builders } = document
  return [
    ...section('identities:', identities.flatMap(renderIdentity)),
    ...section(
      'roots:',
      roots.flatMap((root) => renderRoot(root, document, now)),
    ),
    ...section(
      'registry keys:',
      registryKeys.flatMap((key) => renderRegistryKey(key, now)),
    ),
    ...section('verifiers:', verifiers.flatMap(renderPair)),
    ...section('builders:', builders.flatMap(renderPair)),
  ]
}

/** The same as JSON. */
export function summarizeSigstore(document: TrustDocument, now: Instant): JsonObject {
  return {
    roots: document.roots.map((root) => summarizeRoot(root, now)),
    identities: document.identities.map((identity) => ({
      ...identity,
      claims: { ...identity.claims },
      roles: [...identity.roles],
    })),
    registryKeys: document.registryKeys.map((key) => ({
      name: key.name,
      keyId: key.keyId,
      ...encodePeriod(key.validFor),
      standing: standingAt(key.validFor, now),
    })),
    verifiers: document.verifiers.map((pair) => ({ ...pair, signers: [...pair.signers] })),
    builders: document.builders.map((pair) => ({ ...pair, signers: [...pair.signers] })),
  }
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines]
}

function renderIdentity(identity: TrustedIdentity): readonly string[] {
  const { name, issuer, san, isRefGlob, claims, roles, principal, kind, isCi } = identity
  const holder = [principal, kind].filter((part) => part !== undefined)
  return [
    `  ${name}: ${san}${isRefGlob ? ', where each * is a part of the ref' : ''}`,
    `    by the word of ${issuer}${isCi ? ', a CI system' : ''}`,
    ...Object.entries(claims).map(([claim, value]) => `    only with ${claim} ${value}`),
    `    roles ${roles.join(', ')}${holder.length === 0 ? '' : `; held by ${holder.join(', ')}`}`,
  ]
}

function renderRoot(root: NamedRoot, { digest }: TrustDocument, now: Instant): readonly string[] {
  const { name, mark, isPublicGood } = root
  const declared = `live by declaration of trust document ${digest}`
  return [
    `  ${name}: ${mark === 'rehearsal' || isPublicGood ? mark : declared}; ${describeAge(root, now)}`,
    `    sha256:${root.digest}`,
    ...judgeRoot(root.root, now).map(renderMember),
  ]
}

function renderMember({ kind, name, start, end, standing }: RootMember): string {
  const window = describePeriod({ start, ...(end !== undefined && { end }) })
  return `    ${kind}${name === '' ? '' : ` ${name}`}: ${standing} (${window})`
}

function renderRegistryKey(
  { name, keyId, validFor }: RegistryKey,
  now: Instant,
): readonly string[] {
  return [`  ${name}: ${standingAt(validFor, now)} (${describePeriod(validFor)})`, `    ${keyId}`]
}

function renderPair(pair: TrustedVerifier | TrustedBuilder): readonly string[] {
  const { name, id, signers } = pair
  const level = 'buildLevel' in pair ? `; build level ${pair.buildLevel}` : ''
  return [`  ${name}: ${id}${level}`, `    by the signature of ${signers.join(', ')}`]
}

function summarizeRoot(root: NamedRoot, now: Instant): JsonValue {
  const { name, mark, digest, isPublicGood } = root
  const published = PUBLIC_GOOD_ROOTS.get(digest)
  return {
    name,
    mark,
    digest,
    publicGood: isPublicGood,
    ...(published !== undefined && { published }),
    members: judgeRoot(root.root, now).map(({ kind, name, start, end, standing }) => ({
      kind,
      name,
      ...encodePeriod({ start, ...(end !== undefined && { end }) }),
      standing,
    })),
  }
}

function encodePeriod({ start, end }: ValidityPeriod): { start: string; end?: string } {
  return {
    start: encodeTimestamp(start),
    ...(end !== undefined && { end: encodeTimestamp(end) }),
  }
}
