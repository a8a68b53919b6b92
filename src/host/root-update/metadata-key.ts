// What a key of TUF metadata is made of, by whatever name and in whatever form it stands there: PEM, or the bare key in hex.

import { encodeUtf8, isJsonObject, type JsonObject, type JsonValue } from '../../core/index.ts'
import { parsePublicKey } from '../../trust/index.ts'

/** An uncompressed point begins with this byte. */
const UNCOMPRESSED = '04'

/** By the length of one coordinate in hex. */
const CURVES: ReadonlyMap<number, string> = new Map([
  [64, 'P-256'],
  [96, 'P-384'],
])

/** @returns the thumbprint of the key (RFC 7638); nothing where it can not be read */
export function findKeyId(key: JsonValue): string | undefined {
  const value = isJsonObject(key) ? key['keyval'] : undefined
  const text = isJsonObject(value) ? value['public'] : undefined
  if (typeof text !== 'string') return undefined
  const jwk = /^[0-9a-fA-F]+$/.test(text) ? describeHex(text) : undefined
  const read = parsePublicKey(encodeUtf8(jwk === undefined ? text : JSON.stringify(jwk)))
  return read.ok ? read.value.keyId : undefined
}

function describeHex(hex: string): JsonObject | undefined {
  const part = (start: number, end?: number) =>
    Buffer.from(hex.slice(start, end), 'hex').toString('base64url')
  if (hex.length === 64) return { kty: 'OKP', crv: 'Ed25519', x: part(0) }
  const size = (hex.length - UNCOMPRESSED.length) / 2
  const crv = CURVES.get(size)
  if (crv === undefined || !hex.startsWith(UNCOMPRESSED)) return undefined
  return { kty: 'EC', crv, x: part(2, 2 + size), y: part(2 + size) }
}
