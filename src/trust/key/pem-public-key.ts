// Public keys in PEM: SPKI (RFC 5280) and PKCS#1 (RFC 8017), one in a file.

import { createPublicKey, type KeyObject } from 'node:crypto'
import { encodeUtf8, quote, type Result, refuse } from '../../core/index.ts'
import type { TrustProblem } from '../problem.ts'
import { invalid, PRIVATE_KEY_FOUND, parseJwk, refuseAlgorithm } from './jwk.ts'
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
  const { label, bytes } = block
  if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') {
    return invalid(`Expected "PUBLIC KEY" or "RSA PUBLIC KEY", found ${quote(label)}`)
  }
  if (!isOneDerSequence(bytes)) return invalid('Expected one DER sequence in the PEM block')
  try {
    const type = label === 'PUBLIC KEY' ? 'spki' : 'pkcs1'
    return readKeyObject(createPublicKey({ key: Buffer.from(bytes), format: 'der', type }))
  } catch {
    // OpenSSL's text names its own source files; what matters is that it is no key.
    return invalid('Expected a public key, found bytes that OpenSSL does not read as one')
  }
}

/** The key as `openssl pkey -pubin` reads it: SPKI in PEM. */
export function encodePublicKey({ key }: PublicKey): Uint8Array {
  return encodeUtf8(encodePem('PUBLIC KEY', key.export({ type: 'spki', format: 'der' })))
}

/** A key that node:crypto has read, under our rules: rebuilt from its JWK, whatever encoding it came in. */
export function readKeyObject(key: KeyObject): Result<PublicKey, TrustProblem> {
  const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details } = key
  if (type !== 'rsa' && type !== 'ec' && type !== 'ed25519') return refuseAlgorithm(type)
  if (type === 'ec' && !isKnownCurve(details?.namedCurve)) {
    return refuseAlgorithm(details?.namedCurve ?? 'a curve without a name')
  }
  return parseJwk({ ...(key.export({ format: 'jwk' }) as Record<string, string>) })
}

function isKnownCurve(name: string | undefined): boolean {
  return name === 'prime256v1' || name === 'secp384r1' || name === 'secp521r1'
}

/** OpenSSL does not look at what follows the first value; we refuse it. */
function isOneDerSequence(der: Uint8Array): boolean {
  const [tag, first = 0, second = 0, third = 0] = der
  if (tag !== 0x30) return false
  if (first < 0x80) return der.length === 2 + first
  if (first === 0x81) return second >= 0x80 && der.length === 3 + second
  return first === 0x82 && second > 0 && der.length === 4 + second * 256 + third
}
