// The trust document as a pack has it, with its keys and roots as files that other tools read. All of it follows from the document.

import { strict as assert } from 'node:assert'
import { encodeCanonicalJson, type JsonValue } from '../../core/index.ts'
import { describeTrust, encodePublicKey, type TrustDocument } from '../../trust/index.ts'
import { PACK_FOLDERS, PACK_PATHS } from './pack-layout.ts'

/** The files by their paths. The digest of the document's file is that of the document. */
export function trustFiles(trust: TrustDocument): ReadonlyMap<string, Uint8Array> {
  return new Map([
    [PACK_PATHS.trust, canonical(describeTrust(trust) as JsonValue)],
    ...trust.keys.map(
      ({ publicKey }) =>
        [`${PACK_FOLDERS.keys}${publicKey.keyId}.pem`, encodePublicKey(publicKey)] as const,
    ),
    ...trust.roots.map(
      ({ digest, document }) =>
        [`${PACK_FOLDERS.roots}${digest}.json`, canonical(document)] as const,
    ),
  ])
}

function canonical(value: JsonValue): Uint8Array {
  const bytes = encodeCanonicalJson(value)
  assert(bytes.ok, 'a trust document is canonical JSON')
  return bytes.value
}
