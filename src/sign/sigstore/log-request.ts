// What is said to a transparency log: Rekor v2 (hashedrekord 0.0.2) and Rekor v1 (dsse 0.0.1).

import {
  accept,
  encodeBase64,
  encodeUtf8,
  type JsonObject,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { encodePae, type Envelope } from '../../bundle/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { encodePem, encodePublicKey, type PublicKey, SIGNATURE_DIGESTS } from '../../trust/index.ts'
import type { SigstoreSignProblem } from './problem.ts'

/** Appended to the address of a log, by the major version of its interface. */
export const LOG_PATHS = { 1: '/api/v1/log/entries', 2: '/api/v2/log/entries' } as const

/** What a log entry is about. */
export interface LogContent {
  readonly envelope: Envelope
  readonly publicKey: PublicKey
  /** DER; absent where a key signed that has none. */
  readonly certificate?: Uint8Array
}

/**
 * The request to Rekor v2, which takes nothing but a digest (RK-1): that of the PAE, for a DSSE envelope (CS-7).
 *
 * @returns `sign/log-key-type` for Ed25519, which signs no digest
 */
export function encodeLogRequestV2({
  envelope: { payloadType, payload, signature },
  publicKey,
  certificate,
}: LogContent): Result<Uint8Array, SigstoreSignProblem> {
  const algorithm = SIGNATURE_DIGESTS[publicKey.type]
  if (algorithm === null) {
    return refuse({
      code: 'sign/log-key-type',
      message: `Expected a key that signs a digest, found one of the type ${quote(publicKey.type)}: a log of version 2 takes no other`,
      hint: 'Use an ECDSA or RSA key, or --timestamp alone',
    })
  }
  const digest = Buffer.from(digestBytes(algorithm, encodePae(payloadType, payload)), 'hex')
  const spki = publicKey.key.export({ type: 'spki', format: 'der' })
  const verifier: JsonObject =
    certificate === undefined
      ? { publicKey: { rawBytes: encodeBase64(spki) } }
      : { x509Certificate: { rawBytes: encodeBase64(certificate) } }
  const request = {
    hashedRekordRequestV002: {
      digest: encodeBase64(digest),
      signature: {
        content: encodeBase64(signature),
        verifier: { ...verifier, keyDetails: keyDetailsOf(publicKey) },
      },
    },
  }
  return accept(encodeUtf8(JSON.stringify(request)))
}

/** The request to Rekor v1: the whole envelope goes to the log, which keeps its digests. */
export function encodeLogRequestV1({ envelope, publicKey, certificate }: LogContent): Uint8Array {
  const { payloadType, payload, signature } = envelope
  const verifier =
    certificate === undefined
      ? encodePublicKey(publicKey)
      : encodeUtf8(encodePem('CERTIFICATE', certificate))
  const request = {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      proposedContent: {
        envelope: JSON.stringify({
          payloadType,
          payload: encodeBase64(payload),
          signatures: [{ sig: encodeBase64(signature) }],
        }),
        verifiers: [encodeBase64(verifier)],
      },
    },
  }
  return encodeUtf8(JSON.stringify(request))
}

/** PublicKeyDetails of sigstore_common.proto. */
function keyDetailsOf({ type, key }: PublicKey): string {
  if (type !== 'rsa') {
    const curve = type.slice(1)
    return `PKIX_ECDSA_P${curve}_SHA_${curve === '521' ? '512' : curve}`
  }
  return `PKIX_RSA_PKCS1V15_${key.asymmetricKeyDetails?.modulusLength}_SHA256`
}
