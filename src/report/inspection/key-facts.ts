// Keys, in words; of a private key, only that it is one.

import { isJsonObject, type JsonValue, parseJson } from '../../core/index.ts'
import { isExampleKey, type PublicKey } from '../../trust/index.ts'
import type { Inspection } from './inspection.ts'

/** All that is ever said of one. */
export const PRIVATE_KEY: Inspection = {
  kind: 'private key',
  facts: [
    { label: 'contents', value: 'not shown' },
    { label: 'its public half', value: 'assay key public FILE' },
  ],
}

/** True for anything that holds a private key, also among other things, and also where it is broken. */
export function isPrivateKey(text: string): boolean {
  if (/PRIVATE KEY|^PuTTY-User-Key-File|^AGE-SECRET-KEY-/m.test(text)) return true
  const json = parseJson(text)
  if (json.ok) return holdsPrivateJwk(json.value)
  return /"kty"/.test(text) && /"(?:d|k|p|q)"\s*:/.test(text)
}

/** RFC 7517: `d` is the private part of every asymmetric key, `k` is a symmetric one. */
function holdsPrivateJwk(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(holdsPrivateJwk)
  if (!isJsonObject(value)) return false
  if ('kty' in value && ('d' in value || 'k' in value)) return true
  return Object.values(value).some(holdsPrivateJwk)
}

/** A public key, by its type and id. */
export function describePublicKey({ type, keyId }: PublicKey): Inspection {
  const example = { label: 'UNSAFE', value: 'an example key, whose private half everybody has' }
  return {
    kind: 'public key',
    facts: [
      { label: 'type', value: type },
      { label: 'key id', value: keyId },
      ...(isExampleKey(keyId) ? [example] : []),
    ],
  }
}
