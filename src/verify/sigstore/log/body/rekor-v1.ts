// Bodies of Rekor v1: `hashedrekord` 0.0.1, `dsse` 0.0.1 and `intoto` 0.0.2 (rekor/pkg/types/*/v*/*_schema.json).

import * as z from 'zod/mini'
import { type BodySchema, base64, digestV1, doubleBase64, pemInBase64 } from './schema.ts'

/** A signature over an artifact of this digest. */
export const HASHEDREKORD_BODY_V1: BodySchema = z.pipe(
  z.strictObject({
    apiVersion: z.literal('0.0.1'),
    kind: z.literal('hashedrekord'),
    spec: z.strictObject({
      data: z.strictObject({ hash: digestV1 }),
      signature: z.strictObject({
        content: base64,
        publicKey: z.strictObject({ content: pemInBase64 }),
      }),
    }),
  }),
  z.transform(({ spec: { data, signature } }) => ({
    signature: signature.content,
    verifier: signature.publicKey.content,
    content: { of: 'signed-bytes' as const, ...data.hash },
  })),
)

/**
 * An envelope. Its own digest is over the JSON text that was sent to the log, which nobody has any more; payload and signature are
 * all there is in it.
 */
export const DSSE_BODY_V1: BodySchema = z.pipe(
  z.strictObject({
    apiVersion: z.literal('0.0.1'),
    kind: z.literal('dsse'),
    spec: z.strictObject({
      envelopeHash: digestV1,
      payloadHash: digestV1,
      // SB-2, A-13: one signature, as in the bundle.
      signatures: z.tuple([z.strictObject({ signature: base64, verifier: pemInBase64 })]),
    }),
  }),
  z.transform(({ spec: { payloadHash, signatures } }) => ({
    ...signatures[0],
    content: { of: 'payload' as const, ...payloadHash },
  })),
)

/** An envelope, in the older form. Some logs keep the payload in it; its digest is what counts. */
export const INTOTO_BODY_V2: BodySchema = z.pipe(
  z.strictObject({
    apiVersion: z.literal('0.0.2'),
    kind: z.literal('intoto'),
    spec: z.strictObject({
      content: z.strictObject({
        envelope: z.strictObject({
          payload: z.optional(doubleBase64),
          payloadType: z.string(),
          signatures: z.tuple([
            z.strictObject({
              keyid: z.optional(z.string()),
              publicKey: pemInBase64,
              sig: doubleBase64,
            }),
          ]),
        }),
        hash: digestV1,
        payloadHash: digestV1,
      }),
    }),
  }),
  z.transform(({ spec: { content } }) => ({
    signature: content.envelope.signatures[0].sig,
    verifier: content.envelope.signatures[0].publicKey,
    content: {
      of: 'payload' as const,
      ...content.payloadHash,
      payloadType: content.envelope.payloadType,
    },
  })),
)
