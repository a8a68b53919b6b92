// Bodies of log entries as the logs write them, for each kind, about one signature.

import { createHash } from 'node:crypto'
import { encodePae, type Envelope } from '../../../src/bundle/index.ts'
import type { JsonObject } from '../../../src/core/index.ts'
import { encodePem } from '../../../src/trust/index.ts'

/** Who signed, DER. */
export type LoggedBy = { readonly certificate: Uint8Array } | { readonly spki: Uint8Array }

/** `hashedrekord` 0.0.1 over bytes: the artifact, or the PAE of an envelope. */
export function hashedRekordV1(
  signedBytes: Uint8Array,
  signature: Uint8Array,
  by: LoggedBy,
): JsonObject {
  return {
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: digestV1(signedBytes) },
      signature: { content: base64(signature), publicKey: { content: pem(by) } },
    },
  }
}

/** `hashedrekord` 0.0.2 over bytes. */
export function hashedRekordV2(
  signedBytes: Uint8Array,
  signature: Uint8Array,
  by: LoggedBy,
): JsonObject {
  return {
    apiVersion: '0.0.2',
    kind: 'hashedrekord',
    spec: {
      hashedRekordV002: { data: digestV2(signedBytes), signature: signatureV2(signature, by) },
    },
  }
}

/** `hashedrekord` 0.0.2 of an envelope, as Rekor v2 has them (CS-7). */
export function envelopeV2(
  { payloadType, payload, signature }: Envelope,
  by: LoggedBy,
): JsonObject {
  return hashedRekordV2(encodePae(payloadType, payload), signature, by)
}

/** `dsse` 0.0.1. */
export function dsseV1({ payload, signature }: Envelope, by: LoggedBy): JsonObject {
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: digestV1(Buffer.from('the text that was sent')),
      payloadHash: digestV1(payload),
      signatures: [{ signature: base64(signature), verifier: pem(by) }],
    },
  }
}

/** `dsse` 0.0.2. */
export function dsseV2({ payload, signature }: Envelope, by: LoggedBy): JsonObject {
  return {
    apiVersion: '0.0.2',
    kind: 'dsse',
    spec: {
      dsseV002: { payloadHash: digestV2(payload), signatures: [signatureV2(signature, by)] },
    },
  }
}

/** `intoto` 0.0.2, whose signatures are in base64 twice. */
export function intotoV2(
  { payloadType, payload, signature }: Envelope,
  by: LoggedBy,
  { hasPayload = false }: { readonly hasPayload?: boolean } = {},
): JsonObject {
  const twice = (bytes: Uint8Array) => base64(Buffer.from(base64(bytes)))
  return {
    apiVersion: '0.0.2',
    kind: 'intoto',
    spec: {
      content: {
        envelope: {
          ...(hasPayload && { payload: twice(payload) }),
          payloadType,
          signatures: [{ publicKey: pem(by), sig: twice(signature) }],
        },
        hash: digestV1(Buffer.from('the envelope in its canonical form')),
        payloadHash: digestV1(payload),
      },
    },
  }
}

function signatureV2(signature: Uint8Array, by: LoggedBy): JsonObject {
  const verifier: JsonObject =
    'certificate' in by
      ? { x509Certificate: { rawBytes: base64(by.certificate) } }
      : { publicKey: { rawBytes: base64(by.spki) } }
  return {
    content: base64(signature),
    verifier: { keyDetails: 'PKIX_ECDSA_P256_SHA_256', ...verifier },
  }
}

function pem(by: LoggedBy): string {
  const text =
    'certificate' in by
      ? encodePem('CERTIFICATE', by.certificate)
      : encodePem('PUBLIC KEY', by.spki)
  return base64(Buffer.from(text))
}

function digestV1(bytes: Uint8Array): JsonObject {
  return { algorithm: 'sha256', value: sha256(bytes).toString('hex') }
}

function digestV2(bytes: Uint8Array): JsonObject {
  return { algorithm: 'SHA2_256', digest: base64(sha256(bytes)) }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
