// `assay trust show`: who is trusted with what, now.

import { buildCommand } from '@stricli/core'
import {
  encodeTimestamp,
  escapeText,
  type Instant,
  type JsonObject,
  type JsonValue,
} from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  describeTrust,
  describeWindow,
  isExampleKey,
  judgeKey,
  RELEASE_ROLE,
  type Role,
  type TrustDocument,
  type TrustedKey,
} from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format } from '../flags.ts'
import { isAnybodyTrusted } from './anybody.ts'
import { renderSigstore, summarizeSigstore } from './sigstore-summary.ts'
import { readTrust, TRUST_FLAG } from './trust-file.ts'

interface Flags {
  readonly trust: string
  readonly format: Format
}

/** `assay trust show` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: { brief: 'Show who is trusted with what by a trust document, and how that stands now' },
  parameters: { flags: { trust: TRUST_FLAG, format: FORMAT_FLAG } },
  func: answering(async (host, flags: Flags) => showTrust(host, flags)),
})

async function showTrust(host: Host, { trust }: Flags): Promise<Answer> {
  const document = await readTrust(host, trust)
  if (!document.ok) return refused(document.problems)
  const now = host.now()
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: renderTrust(document.value, now),
    document: summarize(document.value, now),
  }
}

function renderTrust(document: TrustDocument, now: Instant): string {
  const { keys, roles, digest } = document
  const nobody = isAnybodyTrusted(document) ? ' none' : ' none, so nothing can be verified'
  const lines = [
    `trust document sha256:${digest}`,
    `keys at ${encodeTimestamp(now)}:${keys.length === 0 ? nobody : ''}`,
    ...keys.flatMap((key) => renderKey(key, now)),
    ...renderSigstore(document, now),
    'roles:',
    ...[RELEASE_ROLE, ...roles].flatMap(renderRole),
  ]
  return `${lines.map(escapeText).join('\n')}\n`
}

function renderKey(key: TrustedKey, now: Instant): readonly string[] {
  const { name, publicKey, roles, principal, kind, requires } = key
  const window = describeWindow(key)
  const holder = [principal, kind].filter((part) => part !== undefined)
  return [
    `  ${name}: ${standingOf(key, now)}${window === '' ? '' : ` (${window})`}`,
    `    ${publicKey.type} ${publicKey.keyId}`,
    `    roles ${roles.join(', ')}${holder.length === 0 ? '' : `; held by ${holder.join(', ')}`}`,
    ...(requires === undefined ? [] : [`    only with ${requires.join(' and ')}`]),
    ...(isExampleKey(publicKey.keyId)
      ? ['    UNSAFE: an example key, whose private half everybody has']
      : []),
  ]
}

function renderRole(role: Role): readonly string[] {
  const { name, predicateTypes, targets, threshold, distinctFrom, draft } = role
  return [
    `  ${name}${role === RELEASE_ROLE ? ' (built in)' : ''}: ${threshold} of its principals`,
    `    signs ${predicateTypes?.join(', ') ?? 'every predicate type'}, for ${targets?.join(', ') ?? 'every target'}`,
    ...(draft === undefined ? [] : ['    drafts alone, which count nowhere']),
    ...(distinctFrom === undefined ? [] : [`    not by signers of ${distinctFrom.join(', ')}`]),
  ]
}

/** How the key stands for a signature that nothing but its bundle dates. */
function standingOf(key: TrustedKey, now: Instant): string {
  return judgeKey(key, { at: now, independent: false })
}

function summarize(document: TrustDocument, now: Instant): JsonObject {
  const json = describeTrust(document)
  return {
    schema: 'assay/trust-summary/v1',
    digest: document.digest,
    at: encodeTimestamp(now),
    keys: document.keys.map(
      (key, index): JsonValue => ({
        ...(json.keys[index] as JsonObject),
        keyId: key.publicKey.keyId,
        standing: standingOf(key, now),
        example: isExampleKey(key.publicKey.keyId),
      }),
    ),
    roles: json.roles as JsonValue,
    ...summarizeSigstore(document, now),
  }
}
