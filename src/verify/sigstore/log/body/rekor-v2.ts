// Bodies of Rekor v2: `hashedrekord` 0.0.2, and `dsse` 0.0.2, which only its first servers took (rekor-tiles, X3).

import * as z from 'zod/mini'
import { type BodySchema, digestV2, signatureV2 } from './schema.ts'

/** A signature over bytes of this digest: an artifact, or the PAE of an envelope (CS-7). */
export const HASHEDREKORD_BODY_V2: BodySchema = z.pipe(
  z.strictObject({
    apiVersion: z.literal('0.0.2'),
    kind: z.literal('hashedrekord'),
    spec: z.strictObject({
      hashedRekordV002: z.strictObject({ data: digestV2, signature: signatureV2 }),
    }),
  }),
  z.transform(({ spec: { hashedRekordV002 } }) => ({
    signature: hashedRekordV002.signature.content,
    verifier: hashedRekordV002.signature.verifier,
    content: { of: 'signed-bytes' as const, ...hashedRekordV002.data },
  })),
)

/** An envelope with a payload of this digest. */
export const DSSE_BODY_V2: BodySchema = z.pipe(
  z.strictObject({
    apiVersion: z.literal('0.0.2'),
    kind: z.literal('dsse'),
    spec: z.strictObject({
      dsseV002: z.strictObject({
        payloadHash: digestV2,
        // SB-2, A-13: one signature, as in the bundle.
        signatures: z.tuple([signatureV2]),
      }),
    }),
  }),
  z.transform(({ spec: { dsseV002 } }) => ({
    signature: dsseV002.signatures[0].content,
    verifier: dsseV002.signatures[0].verifier,
    content: { of: 'payload' as const, ...dsseV002.payloadHash },
  })),
)
