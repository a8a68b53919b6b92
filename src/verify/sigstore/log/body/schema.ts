// The parts that the bodies of log entries are made of, as schemas: read strictly, and decoded on the way.

import * as z from 'zod/mini'
import { parseBase64, parseUtf8 } from '../../../../core/index.ts'
import { parsePem } from '../../../../trust/index.ts'
import type { LogDigest, LoggedSignature, LoggedVerifier } from './logged-signature.ts'

/** A body that becomes what it says. */
export type BodySchema = z.ZodMiniType<LoggedSignature>

/** Canonical base64. */
export const base64 = z.pipe(
  z.string(),
  z.transform((text, { issues }) => {
    const bytes = parseBase64(text)
    if (bytes.ok) return bytes.value
    issues.push({ code: 'custom', message: 'Expected canonical base64', input: text })
    return z.NEVER
  }),
)

/** Base64 of text in base64, as `intoto` 0.0.2 has it. */
export const doubleBase64 = z.pipe(
  base64,
  z.pipe(
    z.transform((bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')),
    base64,
  ),
)

const LABELS: Readonly<Record<string, LoggedVerifier['kind']>> = {
  CERTIFICATE: 'certificate',
  'PUBLIC KEY': 'public-key',
}

/** One certificate or key in PEM, in base64 once more, as Rekor v1 has it. */
export const pemInBase64 = z.pipe(
  base64,
  z.transform((bytes: Uint8Array, { issues }): LoggedVerifier => {
    const text = parseUtf8(bytes)
    const blocks = text.ok ? parsePem(text.value) : text
    const [block, ...others] = blocks.ok ? blocks.value : []
    const kind = LABELS[block?.label ?? '']
    if (block !== undefined && kind !== undefined && others.length === 0) {
      return { kind, der: block.bytes }
    }
    issues.push({ code: 'custom', message: 'Expected one PEM block', input: bytes })
    return z.NEVER
  }),
)

/** Lower-case hexadecimal. */
const hex = z.pipe(
  z.string().check(z.regex(/^(?:[0-9a-f]{2})+$/)),
  z.transform((text): Uint8Array => Buffer.from(text, 'hex')),
)

/** `{"algorithm": "sha256", "value": "<hex>"}`, as Rekor v1 names digests. */
export const digestV1 = z.pipe(
  z.strictObject({ algorithm: z.enum(['sha256', 'sha384', 'sha512']), value: hex }),
  z.transform(({ algorithm, value }) => ({ algorithm, digest: value })),
)

const ALGORITHMS = {
  SHA2_256: 'sha256',
  SHA2_384: 'sha384',
  SHA2_512: 'sha512',
} as const satisfies Readonly<Record<string, LogDigest>>

/** `{"algorithm": "SHA2_256", "digest": "<base64>"}`, as Rekor v2 does. */
export const digestV2 = z.pipe(
  z.strictObject({ algorithm: z.enum(['SHA2_256', 'SHA2_384', 'SHA2_512']), digest: base64 }),
  z.transform(({ algorithm, digest }) => ({ algorithm: ALGORITHMS[algorithm], digest })),
)

const rawBytes = z.strictObject({ rawBytes: base64 })

/** A certificate or a key in DER, as Rekor v2 has it. What algorithm it is for, the key itself says. */
const verifierV2 = z.pipe(
  z.union([
    z.strictObject({ keyDetails: z.string(), x509Certificate: rawBytes }),
    z.strictObject({ keyDetails: z.string(), publicKey: rawBytes }),
  ]),
  z.transform(
    (verifier): LoggedVerifier =>
      'publicKey' in verifier
        ? { kind: 'public-key', der: verifier.publicKey.rawBytes }
        : { kind: 'certificate', der: verifier.x509Certificate.rawBytes },
  ),
)

/** `{"content": "<base64>", "verifier": …}`, as Rekor v2 has signatures. */
export const signatureV2 = z.strictObject({ content: base64, verifier: verifierV2 })
