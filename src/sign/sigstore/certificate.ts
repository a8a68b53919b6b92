// What is said to a certificate authority of Sigstore and what it answers (fulcio.proto, CreateSigningCertificate, version 2).

import { X509Certificate } from 'node:crypto'
import * as z from 'zod/mini'
import {
  accept,
  encodeBase64,
  encodeUtf8,
  equalBytes,
  LIMITS,
  parseJson,
  type Result,
  refuse,
} from '../../core/index.ts'
import { encodePublicKey, type KeyType, parsePem } from '../../trust/index.ts'
import type { Signer } from '../signer.ts'
import type { IdentityToken } from './identity-token.ts'
import type { SigstoreSignProblem } from './problem.ts'

/** Appended to the address of the authority. */
export const CERTIFICATE_PATH = '/api/v2/signingCert'

/** Fulcio's PublicKeyAlgorithm. */
const ALGORITHMS: Readonly<Record<KeyType, string>> = {
  p256: 'ECDSA',
  p384: 'ECDSA',
  p521: 'ECDSA',
  ed25519: 'ED25519',
  rsa: 'RSA_PSS',
}

/**
 * Asks for a certificate for the signer's key, in the name of the token.
 *
 * @returns JSON with the token in it: a secret
 */
export async function encodeCertificateRequest(
  { text, subject }: IdentityToken,
  signer: Signer,
): Promise<Uint8Array> {
  // Whoever has seen the token but not the key gets no certificate for a key that somebody else holds.
  const proof = await signer.sign(encodeUtf8(subject))
  return encodeUtf8(
    JSON.stringify({
      credentials: { oidcIdentityToken: text },
      publicKeyRequest: {
        publicKey: {
          algorithm: ALGORITHMS[signer.publicKey.type],
          content: Buffer.from(encodePublicKey(signer.publicKey)).toString(),
        },
        proofOfPossession: encodeBase64(proof),
      },
    }),
  )
}

const RESPONSE = z.object({
  // A detached promise has no place in a bundle.
  signedCertificateEmbeddedSct: z.object({
    chain: z.object({
      certificates: z
        .array(z.string())
        .check(z.minLength(1), z.maxLength(LIMITS.certificateChainMax)),
    }),
  }),
})

/**
 * Reads the answer. That the certificate is for our key is judged here, before anything is signed for it; its path, its promises
 * and its holder ({@link judgeHolder}) are judged before anything is published.
 *
 * @returns the signer's certificate, DER: the others come from the trusted root (SB-4)
 */
export function parseCertificateResponse(
  response: Uint8Array,
  { publicKey }: Signer,
): Result<Uint8Array, SigstoreSignProblem> {
  const json = parseJson(response)
  const shaped = RESPONSE.safeParse(json.ok ? json.value : undefined)
  const [pem = ''] = shaped.data?.signedCertificateEmbeddedSct.chain.certificates ?? []
  const certificate = readCertificate(pem)
  if (certificate === undefined) {
    return refuse({
      code: 'sign/certificate-response',
      message: 'Expected a certificate with an embedded SCT from the certificate authority',
    })
  }
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' })
  if (!equalBytes(spki, publicKey.key.export({ type: 'spki', format: 'der' }))) {
    return refuse({
      code: 'sign/certificate-mismatch',
      message:
        'Expected a certificate for the key of this run from the certificate authority, found one for another key',
    })
  }
  return accept(new Uint8Array(certificate.raw))
}

function readCertificate(pem: string): X509Certificate | undefined {
  const blocks = parsePem(pem)
  const [block, ...others] = blocks.ok ? blocks.value : []
  if (block?.label !== 'CERTIFICATE' || others.length > 0) return undefined
  try {
    const certificate = new X509Certificate(block.bytes)
    return equalBytes(certificate.raw, block.bytes) ? certificate : undefined
  } catch {
    // OpenSSL's words name its own source files; what matters is that it is no certificate.
    return undefined
  }
}
