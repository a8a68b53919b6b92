// What a trust document is good for now: who is named, until when, and how old its roots are.

import {
  type Check,
  encodeTimestamp,
  groupChecks,
  type Instant,
  quote,
  shellWord,
} from '../../core/index.ts'
import {
  describePeriod,
  judgeKey,
  judgeRoot,
  type NamedRoot,
  type RegistryKey,
  type RootMember,
  standingAt,
  type TrustDocument,
  type TrustedIdentity,
} from '../../trust/index.ts'
import { isAnybodyTrusted } from '../trust/anybody.ts'
import { describeAge } from '../trust/root-age.ts'

/** Everything that the document names, each as it stands at that time. */
export function checkTrust(document: TrustDocument, path: string, now: Instant): Check {
  const { keys, identities, registryKeys, roots, digest } = document
  if (!isAnybodyTrusted(document)) return refuseEmpty(document, path)
  return groupChecks('trust', `${quote(path)}, sha256:${digest}`, [
    ...keys.map((key) => checkKey(key, now)),
    ...identities.map((identity) => checkIdentity(identity, document)),
    ...registryKeys.map((key) => checkRegistryKey(key, document, now)),
    ...roots.map((root) => checkRoot(root, path, now)),
  ])
}

function refuseEmpty({ identities, registryKeys }: TrustDocument, path: string): Check {
  const isRootless = identities.length + registryKeys.length > 0
  return {
    name: 'trust',
    outcome: 'missing',
    code: 'cli/trust-empty',
    message: `${quote(path)} names ${isRootless ? 'no root' : 'nobody'}, so nothing can be verified with it`,
    expected: 'a key; or a root, and an identity or a registry key below it',
    hint: isRootless
      ? 'assay trust add-root adds a root'
      : 'assay trust add-key adds a key, add-root and add-identity those whose certificates count',
  }
}

function checkKey(key: TrustDocument['keys'][number], now: Instant): Check {
  const standing = judgeKey(key, { at: now, independent: false })
  const until = key.notAfter === undefined ? 'no end' : `until ${encodeTimestamp(key.notAfter)}`
  const message = `Key ${quote(key.name)}: ${standing}, ${until}`
  if (standing === 'valid') return { name: 'key', outcome: 'accepted', message }
  const isCompromised = standing === 'compromised'
  return {
    name: 'key',
    outcome: isCompromised ? 'rejected' : 'stale',
    code: isCompromised ? 'cli/key-compromised' : 'cli/key-stale',
    message,
    expected: 'a key that can sign now',
    found: standing,
  }
}

function checkIdentity({ name, san }: TrustedIdentity, { roots }: TrustDocument): Check {
  const message = `Identity ${quote(name)}: ${quote(san)}`
  if (roots.some(({ root }) => root.certificateAuthorities.length > 0)) {
    return { name: 'identity', outcome: 'accepted', message }
  }
  return {
    name: 'identity',
    outcome: 'missing',
    code: 'cli/root-missing',
    message: `${message}, by no certificate that could be believed`,
    expected: 'a root with a certificate authority',
    hint: 'assay trust add-root adds a root',
  }
}

/** A registry changes its keys: an ended one matters only where no other can be in use. */
function checkRegistryKey(
  { name, validFor }: RegistryKey,
  { registryKeys }: TrustDocument,
  now: Instant,
): Check {
  const standing = standingAt(validFor, now)
  const message = `Registry key ${quote(name)}: ${standing} (${describePeriod(validFor)})`
  const isOneInUse = registryKeys.some((key) => standingAt(key.validFor, now) === 'valid')
  if (isOneInUse) return { name: 'registry-key', outcome: 'accepted', message }
  return {
    name: 'registry-key',
    outcome: 'stale',
    code: 'cli/key-stale',
    message,
    expected: 'a registry key that can sign now',
    found: standing,
    hint: 'assay trust add-npm-keys adds the keys that are in use now',
  }
}

/** Logs and authorities are replaced as well: an ended one matters only where no other of its kind can be in use. */
function checkRoot(named: NamedRoot, path: string, now: Instant): Check {
  const members = judgeRoot(named.root, now)
  const inUse = new Set(
    members.filter(({ standing }) => standing === 'valid').map(({ kind }) => kind),
  )
  const message = `Root ${quote(named.name)}: ${named.mark}; ${describeAge(named, now)}`
  const checks = members.map((member) => {
    if (inUse.has(member.kind)) return describeMember(member)
    return refuseMember(member, named, path)
  })
  return groupChecks('root', message, checks)
}

function describeMember({ kind, name, start, end, standing }: RootMember): Check {
  const period = describePeriod({ start, ...(end !== undefined && { end }) })
  const title = `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`
  const message = `${title}${name === '' ? '' : ` ${quote(name)}`}: ${standing} (${period})`
  return { name: 'root-member', outcome: 'accepted', message }
}

function refuseMember(member: RootMember, { isPublicGood }: NamedRoot, path: string): Check {
  return {
    ...describeMember(member),
    outcome: 'stale',
    code: 'cli/root-stale',
    expected: `a ${member.kind} that can be believed now`,
    found: member.standing,
    hint: isPublicGood
      ? `assay trust update --trust ${shellWord(path) ?? 'FILE'}`
      : 'assay trust add-root adds a newer root',
  }
}
