// Bundles for tests, as documents that a test changes before it reads them.

import { encodeUtf8, type JsonObject } from '../../src/core/index.ts'
import { type BundleProblem, parseBundle } from '../../src/bundle/index.ts'

export const MEDIA_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'

/** A statement's envelope, signed by nobody: `{}` and the bytes 1, 2, 3. */
export const ENVELOPE: JsonObject = {
  payload: 'e30=',
  payloadType: 'application/vnd.in-toto+json',
  signatures: [{ sig: 'AQID' }],
}

export const KEY: JsonObject = { publicKey: { hint: 'key-1' } }

/** A good bundle, with members set or, where `undefined`, taken away. */
export function bundleWith(members: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    mediaType: MEDIA_TYPE,
    verificationMaterial: KEY,
    dsseEnvelope: ENVELOPE,
    ...members,
  })
}

/** `accepted`, or each code with its place. */
export function codesOf(text: string): string | string[] {
  const result = parseBundle(encodeUtf8(text))
  if (result.ok) return 'accepted'
  return result.problems.map(({ code, at }: BundleProblem) => `${code} ${at ?? ''}`.trim())
}
