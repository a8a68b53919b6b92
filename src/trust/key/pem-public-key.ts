// Public keys in PEM: SPKI (RFC 5280) and PKCS#1 (RFC 8017), one in a file.

import { createPublicKey, type KeyObject } from 'node:crypto'
import { encodeUtf8, equalBytes, quote, type Result, refuse } from '../../core/index.ts'
import type { TrustProblem } from '../problem.ts'
import { invalid, PRIVATE_KEY_FOUND, parseJwk, refuseAlgorithm } from './jwk.ts'
import { KEY_PROFILES } from './key-profile.ts'
import { encodePem, parsePem } from './pem.ts'
import type { PublicKey } from './public-key.ts'

/** @param text that has a BEGIN line */
export function parsePemPublicKey(text: string): Result<PublicKey, TrustProblem> {
  // Also when the block is damaged or is one of several.
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text)) return refuse(PRIVATE_KEY_FOUND)
  const blocks = parsePem(text)
  if (!blocks.ok) return blocks
  const [block, ...others] = blocks.value
  if (block === undefined || others.length > 0) {
    return invalid(`Expected one PEM block, found ${blocks.value.length}`)
  }
  const { label, headers, bytes } = block
  if (headers.length > 0) return invalid('Expected a PEM block without headers, found some')
  if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') {
    return invalid(`Expected "PUBLIC KEY" or "RSA PUBLIC KEY", found ${quote(label)}`)
  }
  const type = label === 'PUBLIC KEY' ? 'spki' : 'pkcs1'
  const key = importDer(bytes, type)
  if (key === undefined) return invalid('Expected a public key in DER, found other bytes')
  const publicKey = readKeyObject(key)
  if (!publicKey.ok || isDer(bytes, { type, read: key, rebuilt: publicKey.value.key })) {
    return publicKey
  }
  return invalid('Expected a public key in DER, found another encoding or bytes after it')
}

/** OpenSSL also reads BER, hybrid points (RFC 5480 section 2.2) and what follows a key; we do not. */
function isDer(
  bytes: Uint8Array,
  { type, read, rebuilt }: { type: 'spki' | 'pkcs1'; read: KeyObject; rebuilt: KeyObject },
): boolean {
  const canonical = rebuilt.export({ type, format: 'der' })
  if (equalBytes(canonical, bytes)) return true
  // A compressed point is DER too, and shorter; written again it stays compressed.
  const isShorter = type === 'spki' && bytes.length < canonical.length
  return isShorter && equalBytes(read.export({ type, format: 'der' }), bytes)
}

function importDer(der: Uint8Array, type: 'spki' | 'pkcs1'): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type })
  } catch {
    // OpenSSL's text names its own source files; what matters is that it is no key.
    return undefined
  }
}

/** The key as `openssl pkey -pubin` reads it: SPKI in PEM. */
export function encodePublicKey({ key }: PublicKey): Uint8Array {
  return encodeUtf8(encodePem('PUBLIC KEY', key.export({ type: 'spki', format: 'der' })))
}

/** A key that node:crypto has read, under our rules: rebuilt from its JWK, whatever encoding it came in. */
export function readKeyObject(key: KeyObject): Result<PublicKey, TrustProblem> {
  const type = String(key.asymmetricKeyType)
  const curve = key.asymmetricKeyDetails?.namedCurve
  if (type !== 'rsa' && type !== 'ec' && type !== 'ed25519') return refuseAlgorithm(type)
  if (type === 'ec' && !isKnownCurve(curve)) return refuseAlgorithm(String(curve))
  return parseJwk({ ...(key.export({ format: 'jwk' }) as Record<string, string>) })
}

function isKnownCurve(name: string | undefined): boolean {
  return KEY_PROFILES.some(({ namedCurve }) => namedCurve !== undefined && namedCurve === name)
}
