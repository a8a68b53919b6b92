// The public key of a log: what `keyDetails` (sigstore_common.proto) says of it, and nothing weaker.

import { createPublicKey, type KeyObject } from 'node:crypto'
import { equalBytes, quote, type Result, accept, refuse } from '../../../core/index.ts'
import { readKeyObject } from '../../key/pem-public-key.ts'
import type { KeyType } from '../../key/public-key.ts'
import type { TrustProblem } from '../../problem.ts'
import type { LogKey } from './trusted-root.ts'

interface KeyForm {
  readonly type: KeyType
  readonly form: 'spki' | 'pkcs1'
  readonly bits?: number
}

/** The algorithms that a log may sign with; the ones with a weaker digest, prehashed or padded in another way are not among them. */
const KEY_FORMS: ReadonlyMap<string, KeyForm> = new Map([
  ['PKIX_ECDSA_P256_SHA_256', { type: 'p256', form: 'spki' }],
  ['PKIX_ECDSA_P384_SHA_384', { type: 'p384', form: 'spki' }],
  ['PKIX_ECDSA_P521_SHA_512', { type: 'p521', form: 'spki' }],
  ['PKIX_ED25519', { type: 'ed25519', form: 'spki' }],
  ['PKIX_RSA_PKCS1V5', { type: 'rsa', form: 'spki' }],
  ['PKIX_RSA_PKCS1V15_2048_SHA256', { type: 'rsa', form: 'spki', bits: 2048 }],
  ['PKIX_RSA_PKCS1V15_3072_SHA256', { type: 'rsa', form: 'spki', bits: 3072 }],
  ['PKIX_RSA_PKCS1V15_4096_SHA256', { type: 'rsa', form: 'spki', bits: 4096 }],
  ['PKCS1_RSA_PKCS1V5', { type: 'rsa', form: 'pkcs1' }],
])

/** How sigstore_common.proto writes the names of its kinds; what is written otherwise is a mistake, and no kind. */
const KIND = /^[A-Z][A-Z0-9_]{0,99}$/

/** A kind of key that a log may have, and nothing can be checked with here: a newer one, or a weak one. */
export function isForeignKind(details: string): boolean {
  return KIND.test(details) && !KEY_FORMS.has(details)
}

/**
 * Reads a key of a trusted root.
 *
 * @param bytes DER
 * @returns its SubjectPublicKeyInfo, whatever form it had
 */
export function parseLogKey(bytes: Uint8Array, details: string): Result<LogKey, TrustProblem> {
  const expected = KEY_FORMS.get(details)
  if (expected === undefined) {
    return refused(`Expected one of ${[...KEY_FORMS.keys()].join(', ')}, found ${quote(details)}`)
  }
  const read = importDer(bytes, expected.form)
  if (read === undefined) return refused(`Expected a key in DER for ${details}, found other bytes`)
  const key = readKeyObject(read)
  if (!key.ok) {
    return refuse({
      code: 'trust/root-key',
      message: 'Expected a key that is strong enough',
      because: key.problems,
    })
  }
  const bits = read.asymmetricKeyDetails?.modulusLength
  if (key.value.type !== expected.type || (expected.bits ?? bits) !== bits) {
    const found = bits === undefined ? key.value.type : `${key.value.type} of ${bits} bits`
    return refused(`Expected a key for ${details}, found ${found}`)
  }
  if (!equalBytes(key.value.key.export({ type: expected.form, format: 'der' }), bytes)) {
    return refused('Expected a key in DER, found another encoding or bytes after it')
  }
  const spki = Uint8Array.from(key.value.key.export({ type: 'spki', format: 'der' }))
  return accept({ type: key.value.type, key: key.value.key, spki })
}

function importDer(der: Uint8Array, type: 'spki' | 'pkcs1'): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: 'der', type })
  } catch {
    // OpenSSL's text names its own source files; what matters is that it is no key.
    return undefined
  }
}

function refused(message: string): Result<never, TrustProblem> {
  return refuse({ code: 'trust/root-key', message })
}
