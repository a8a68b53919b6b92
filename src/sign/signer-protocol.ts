// What is said to a program that signs, and what it must answer: one JSON document each way (docs/signer-command.md).

import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import {
  accept,
  encodeBase64,
  encodeUtf8,
  LIMITS,
  parseBase64,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import {
  isSameKey,
  isSignedBy,
  type PublicKey,
  parsePublicKey,
  SIGNATURE_DIGESTS,
} from '../trust/index.ts'
import type { SignProblem } from './problem.ts'

/** `schema` of what a program reads. */
const SIGNER_REQUEST_SCHEMA = 'assay/signer-request/v1'
const SIGNER_RESPONSE_SCHEMA = 'assay/signer-response/v1'

/** What a program reads from standard input; it must ignore members that it does not know. */
export const signerRequestSchema = z.discriminatedUnion('action', [
  z.looseObject({ schema: z.literal(SIGNER_REQUEST_SCHEMA), action: z.literal('public-key') }),
  z.looseObject({
    schema: z.literal(SIGNER_REQUEST_SCHEMA),
    action: z.literal('sign'),
    /** RFC 7638 thumbprint. */
    keyId: z.string(),
    keyType: z.enum(['p256', 'p384', 'p521', 'ed25519', 'rsa']),
    /** The bytes to sign, base64. */
    payload: z.string(),
    /** Of the payload; absent for Ed25519. */
    digest: z.optional(
      z.strictObject({
        algorithm: z.enum(['sha256', 'sha384', 'sha512']),
        value: z.string().check(z.regex(/^[0-9a-f]+$/)),
      }),
    ),
  }),
])

/** What a program writes to standard output; a public key is asked for first, then signatures. */
export const signerResponseSchema = z.strictObject({
  schema: z.literal(SIGNER_RESPONSE_SCHEMA),
  /** PEM, as `openssl pkey -pubout` writes it. */
  publicKey: z.string(),
  /** Base64; ECDSA in DER. Only in answers to `sign`. */
  signature: z.optional(z.string()),
})

/** Asks which key the program signs with: nothing is signed. */
export function encodePublicKeyRequest(): Uint8Array {
  return encodeRequest({ schema: SIGNER_REQUEST_SCHEMA, action: 'public-key' })
}

/** Asks for one signature over `bytes`, with their digest for signers that take only that. */
export function encodeSignRequest({ keyId, type }: PublicKey, bytes: Uint8Array): Uint8Array {
  const algorithm = SIGNATURE_DIGESTS[type]
  return encodeRequest({
    schema: SIGNER_REQUEST_SCHEMA,
    action: 'sign',
    keyId,
    keyType: type,
    payload: encodeBase64(bytes),
    ...(algorithm === null
      ? {}
      : { digest: { algorithm, value: createHash(algorithm).update(bytes).digest('hex') } }),
  })
}

/** Reads the answer to {@link encodePublicKeyRequest}. */
export function parsePublicKeyResponse(response: Uint8Array): Result<PublicKey, SignProblem> {
  const parsed = parseResponse(response)
  return parsed.ok ? accept(parsed.value.publicKey) : parsed
}

/**
 * Reads the answer to {@link encodeSignRequest}: the same key as before, and a signature that it verifies.
 *
 * @param bytes what was to be signed
 */
export function parseSignResponse(
  response: Uint8Array,
  expected: PublicKey,
  bytes: Uint8Array,
): Result<Uint8Array, SignProblem> {
  const parsed = parseResponse(response)
  if (!parsed.ok) return parsed
  const { publicKey, signature } = parsed.value
  if (!isSameKey(publicKey, expected)) {
    return refuse({
      code: 'sign/signature-wrong',
      message: `Expected a signature by the key ${quote(expected.keyId)}, found one by ${quote(publicKey.keyId)}`,
    })
  }
  if (signature === undefined || !isSignedBy(expected, bytes, signature)) {
    return refuse({
      code: 'sign/signature-wrong',
      message: `Expected a signature that the key ${quote(expected.keyId)} verifies, found ${signature === undefined ? 'none' : 'another'}`,
      hint: 'ECDSA signatures are DER, over the SHA-2 digest of the curve; RSA is PKCS#1 v1.5 with SHA-256',
    })
  }
  return accept(signature)
}

interface SignerResponse {
  readonly publicKey: PublicKey
  readonly signature?: Uint8Array
}

function parseResponse(bytes: Uint8Array): Result<SignerResponse, SignProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.keyBytesMax })
  if (!json.ok) return malformed('one JSON document', json.problems)
  const shaped = signerResponseSchema.safeParse(json.value)
  if (!shaped.success) {
    return malformed(
      `the members "schema" (${quote(SIGNER_RESPONSE_SCHEMA)}), "publicKey" and "signature"`,
    )
  }
  const publicKey = parsePublicKey(encodeUtf8(shaped.data.publicKey))
  if (!publicKey.ok) return malformed('a public key in PEM', publicKey.problems)
  if (shaped.data.signature === undefined) return accept({ publicKey: publicKey.value })
  const signature = parseBase64(shaped.data.signature)
  if (!signature.ok) return malformed('a signature in base64', signature.problems)
  return accept({ publicKey: publicKey.value, signature: signature.value })
}

function malformed(
  expected: string,
  because: readonly SignProblem[] = [],
): Result<never, SignProblem> {
  return refuse({
    code: 'sign/signer-response',
    message: `Expected ${expected} from the signer, found something else`,
    because,
  })
}

function encodeRequest(request: z.infer<typeof signerRequestSchema>): Uint8Array {
  return encodeUtf8(`${JSON.stringify(request)}\n`)
}
