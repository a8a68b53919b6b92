// Public keys in PEM (RFC 7468): SPKI (RFC 5280) and PKCS#1 (RFC 8017), one in a file.

import { createPublicKey, type KeyObject } from 'node:crypto'
import { parseBase64, quote, refuse, type Result } from '../../core/index.ts'
import { invalid, parseJwk, refuseAlgorithm, PRIVATE_KEY_FOUND } from './jwk.ts'
import type { TrustProblem } from '../problem.ts'
import type { PublicKey } from './public-key.ts'

const BLOCK =
  /^-----BEGIN (?<label>[A-Z0-9 ]{1,64})-----\r?\n(?<body>[A-Za-z0-9+/=\r\n]*?)\r?\n-----END \k<label>-----$/

/** @param text trimmed, and beginning with `-----BEGIN ` */
export function parsePemPublicKey(text: string): Result<PublicKey, TrustProblem> {
  // Also when the block is damaged or is one of several.
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text)) return refuse(PRIVATE_KEY_FOUND)
  const { label, body } = BLOCK.exec(text)?.groups ?? {}
  if (label === undefined || body === undefined) {
    return invalid('Expected one PEM block and nothing else, found a damaged one or several')
  }
  if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') {
    return invalid(`Expected "PUBLIC KEY" or "RSA PUBLIC KEY", found ${quote(label)}`)
  }
  const der = parseBase64(body.replaceAll(/\r?\n/g, ''))
  if (!der.ok || !isOneDerSequence(der.value))
    return invalid('Expected one DER sequence in the PEM')
  try {
    return readKeyObject(
      createPublicKey({
        key: Buffer.from(der.value),
        format: 'der',
        type: label === 'PUBLIC KEY' ? 'spki' : 'pkcs1',
      }),
    )
  } catch {
    // OpenSSL's text names its own source files; what matters is that it is no key.
    return invalid('Expected a public key, found bytes that OpenSSL does not read as one')
  }
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
