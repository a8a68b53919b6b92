// OpenSSH public keys, the one line of `id_ed25519.pub` (RFC 4253 section 6.6, RFC 5656, RFC 8709).

import {
  encodeBase64,
  equalBytes,
  encodeUtf8,
  parseBase64,
  quote,
  type Result,
} from '../../core/index.ts'
import { invalid, parseJwk, refuseAlgorithm } from './jwk.ts'
import type { TrustProblem } from '../problem.ts'
import type { PublicKey } from './public-key.ts'

const LINE =
  /^(?<type>(?:sk-)?(?:ssh|ecdsa)-[a-z0-9@.-]{1,64}) (?<blob>[A-Za-z0-9+/=]+)(?: [^\r\n]*)?$/

/** OpenSSH curve name to JWK `crv` and the bytes of a coordinate. */
const CURVES: ReadonlyMap<string, { readonly crv: string; readonly bytes: number }> = new Map([
  ['nistp256', { crv: 'P-256', bytes: 32 }],
  ['nistp384', { crv: 'P-384', bytes: 48 }],
  ['nistp521', { crv: 'P-521', bytes: 66 }],
])

/** True for one line of the form `ssh-… base64 comment`. */
export function isOpenSshPublicKey(text: string): boolean {
  return LINE.test(text)
}

/** @param text one line that {@link isOpenSshPublicKey} accepts */
export function parseOpenSshPublicKey(text: string): Result<PublicKey, TrustProblem> {
  const { type = '', blob = '' } = LINE.exec(text)?.groups ?? {}
  const bytes = parseBase64(blob)
  if (!bytes.ok) return invalid('Expected canonical base64 in the OpenSSH key')
  return parseOpenSshBlob(bytes.value, type)
}

/**
 * Reads the binary form of a key (`string type`, then its fields).
 *
 * @param expectedType what stands outside of the blob, which must be the same
 */
export function parseOpenSshBlob(
  blob: Uint8Array,
  expectedType: string,
): Result<PublicKey, TrustProblem> {
  const fields = splitFields(blob)
  const [type, ...values] = fields ?? []
  if (type === undefined || !equalBytes(type, encodeUtf8(expectedType))) {
    return invalid(`Expected an OpenSSH key of type ${quote(expectedType)}, found a damaged one`)
  }
  const curve = CURVES.get(expectedType.replace(/^ecdsa-sha2-/, ''))
  if (expectedType === 'ssh-ed25519' && values.length === 1) {
    return parseJwk({ kty: 'OKP', crv: 'Ed25519', x: base64url(values[0]) })
  }
  if (expectedType === 'ssh-rsa' && values.length === 2) {
    // RFC 4253: e, then n.
    return parseJwk({
      kty: 'RSA',
      e: base64url(positive(values[0])),
      n: base64url(positive(values[1])),
    })
  }
  if (expectedType.startsWith('ecdsa-sha2-') && curve !== undefined) {
    const point = values[1]
    if (values.length !== 2 || point?.[0] !== 4 || point.length !== 1 + 2 * curve.bytes) {
      return invalid('Expected an uncompressed point in the OpenSSH key')
    }
    const x = base64url(point.subarray(1, 1 + curve.bytes))
    const y = base64url(point.subarray(1 + curve.bytes))
    return parseJwk({ kty: 'EC', crv: curve.crv, x, y })
  }
  return refuseAlgorithm(expectedType)
}

/** RFC 4251 section 5: each field is a 32-bit length and that many bytes; they fill the blob exactly. */
function splitFields(blob: Uint8Array): readonly Uint8Array[] | undefined {
  const fields: Uint8Array[] = []
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength)
  let at = 0
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined
    const length = view.getUint32(at)
    if (at + 4 + length > blob.length) return undefined
    fields.push(blob.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return fields
}

/** RFC 4251 mpint: a leading zero says that the number is positive. */
function positive(bytes: Uint8Array = new Uint8Array()): Uint8Array {
  return bytes[0] === 0 && (bytes[1] ?? 0) >= 0x80 ? bytes.subarray(1) : bytes
}

function base64url(bytes: Uint8Array = new Uint8Array()): string {
  return encodeBase64(bytes, 'base64url')
}
