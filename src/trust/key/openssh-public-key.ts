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

interface Curve {
  /** In JWK words. */
  readonly crv: string
  /** Of one coordinate. */
  readonly bytes: number
}

const CURVES: ReadonlyMap<string, Curve> = new Map([
  ['ecdsa-sha2-nistp256', { crv: 'P-256', bytes: 32 }],
  ['ecdsa-sha2-nistp384', { crv: 'P-384', bytes: 48 }],
  ['ecdsa-sha2-nistp521', { crv: 'P-521', bytes: 66 }],
])

/** The one line of a `.pub` file. */
export interface OpenSshLine {
  /** `ssh-ed25519` */
  readonly type: string
  /** Base64 of type and fields. */
  readonly blob: string
}

/** The parts of `ssh-… base64 comment`, or nothing when it is no such line. */
export function splitOpenSshLine(text: string): OpenSshLine | undefined {
  return LINE.exec(text)?.groups as OpenSshLine | undefined
}

/** Reads the key of a line that {@link splitOpenSshLine} split. */
export function parseOpenSshPublicKey({
  type,
  blob,
}: OpenSshLine): Result<PublicKey, TrustProblem> {
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
  const [first, second] = values as readonly Uint8Array[] as readonly [Uint8Array, Uint8Array]
  if (expectedType === 'ssh-ed25519' && values.length === 1) {
    return parseJwk({ kty: 'OKP', crv: 'Ed25519', x: encodeBase64(first, 'base64url') })
  }
  if (expectedType === 'ssh-rsa' && values.length === 2) {
    // RFC 4253: e, then n.
    return parseJwk({ kty: 'RSA', e: encodeMpint(first), n: encodeMpint(second) })
  }
  const curve = CURVES.get(expectedType)
  if (curve !== undefined && values.length === 2) return parsePoint(curve, second)
  return refuseAlgorithm(expectedType)
}

/** RFC 5656 section 3.1: the curve's name, then the point (SEC 1 section 2.3.3), uncompressed. */
function parsePoint({ crv, bytes }: Curve, point: Uint8Array): Result<PublicKey, TrustProblem> {
  if (point[0] !== 4 || point.length !== 1 + 2 * bytes) {
    return invalid('Expected an uncompressed point in the OpenSSH key')
  }
  const x = encodeBase64(point.subarray(1, 1 + bytes), 'base64url')
  const y = encodeBase64(point.subarray(1 + bytes), 'base64url')
  return parseJwk({ kty: 'EC', crv, x, y })
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

/** RFC 4251 section 5, mpint: a leading zero says that the number is positive; JOSE has none. */
function encodeMpint(bytes: Uint8Array): string {
  return encodeBase64(bytes[0] === 0 ? bytes.subarray(1) : bytes, 'base64url')
}
