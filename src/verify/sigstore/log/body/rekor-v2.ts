// Bodies of Rekor v2: `hashedrekord` 0.0.2, and `dsse` 0.0.2, which only its first servers took (rekor-tiles, X3).

import { bytesAt } from '../../../../core/index.ts'
import {
  type BodyPlace,
  digestV2At,
  onlySignatureAt,
  partAt,
  specOf,
  verifierAt,
} from './body-place.ts'
import type { LoggedSignature } from './logged-signature.ts'

/** `{"content": "<base64>", "verifier": …}`. */
const SIGNATURE_MEMBERS = ['content', 'verifier']

/** A signature over bytes of this digest: an artifact, or the PAE of an envelope (CS-7). */
export function readHashedRekordV2(body: BodyPlace): LoggedSignature {
  const spec = specOf(body, { kind: 'hashedrekord', version: '0.0.2' }, ['hashedRekordV002'])
  const record = partAt(spec, 'hashedRekordV002', ['data', 'signature'])
  const signature = partAt(record, 'signature', SIGNATURE_MEMBERS)
  return {
    signature: bytesAt(signature, 'content'),
    verifier: verifierAt(signature),
    content: { of: 'signed-bytes', ...digestV2At(record, 'data') },
  }
}

/** An envelope with a payload of this digest. */
export function readDsseV2(body: BodyPlace): LoggedSignature {
  const spec = specOf(body, { kind: 'dsse', version: '0.0.2' }, ['dsseV002'])
  const record = partAt(spec, 'dsseV002', ['payloadHash', 'signatures'])
  const signature = onlySignatureAt(record, SIGNATURE_MEMBERS)
  return {
    signature: bytesAt(signature, 'content'),
    verifier: verifierAt(signature),
    content: { of: 'payload', ...digestV2At(record, 'payloadHash') },
  }
}
