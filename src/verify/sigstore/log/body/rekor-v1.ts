// Bodies of Rekor v1: `hashedrekord` 0.0.1, `dsse` 0.0.1 and `intoto` 0.0.2 (rekor/pkg/types/*/v*/*_schema.json).

import { bytesAt, memberOf, textAt } from '../../../../core/index.ts'
import {
  type BodyPlace,
  digestV1At,
  doubleBytesAt,
  onlySignatureAt,
  partAt,
  pemAt,
  specOf,
} from './body-place.ts'
import type { LoggedSignature } from './logged-signature.ts'

/** A signature over an artifact of this digest. */
export function readHashedRekordV1(body: BodyPlace): LoggedSignature {
  const spec = specOf(body, { kind: 'hashedrekord', version: '0.0.1' }, ['data', 'signature'])
  const signature = partAt(spec, 'signature', ['content', 'publicKey'])
  return {
    signature: bytesAt(signature, 'content'),
    verifier: pemAt(partAt(signature, 'publicKey', ['content']), 'content'),
    content: { of: 'signed-bytes', ...digestV1At(partAt(spec, 'data', ['hash']), 'hash') },
  }
}

/**
 * An envelope. Its own digest is over the JSON text that was sent to the log, which nobody has any more; payload and signature are
 * all there is in it.
 */
export function readDsseV1(body: BodyPlace): LoggedSignature {
  const members = ['envelopeHash', 'payloadHash', 'signatures']
  const spec = specOf(body, { kind: 'dsse', version: '0.0.1' }, members)
  digestV1At(spec, 'envelopeHash')
  const signature = onlySignatureAt(spec, ['signature', 'verifier'])
  return {
    signature: bytesAt(signature, 'signature'),
    verifier: pemAt(signature, 'verifier'),
    content: { of: 'payload', ...digestV1At(spec, 'payloadHash') },
  }
}

/** An envelope, in the older form. Some logs keep the payload in it; its digest is what counts. */
export function readIntotoV2(body: BodyPlace): LoggedSignature {
  const spec = specOf(body, { kind: 'intoto', version: '0.0.2' }, ['content'])
  const content = partAt(spec, 'content', ['envelope', 'hash', 'payloadHash'])
  digestV1At(content, 'hash')
  const envelope = partAt(content, 'envelope', ['payload', 'payloadType', 'signatures'])
  if (memberOf(envelope, 'payload') !== undefined) doubleBytesAt(envelope, 'payload')
  const signature = onlySignatureAt(envelope, ['keyid', 'publicKey', 'sig'])
  textAt(signature, 'keyid', '')
  const payloadType = textAt(envelope, 'payloadType')
  return {
    signature: doubleBytesAt(signature, 'sig'),
    verifier: pemAt(signature, 'publicKey'),
    content: { of: 'payload', ...digestV1At(content, 'payloadHash'), payloadType },
  }
}
