// Public keys for the tests: made anew, and the published vectors.

import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { encodeUtf8, type Result } from '../../src/core/index.ts'
import { type PublicKey, parsePublicKey } from '../../src/trust/index.ts'

/** `accepted`, or the codes of the refusal. */
export function codes(result: Result<unknown>): 'accepted' | readonly string[] {
  return result.ok ? 'accepted' : result.problems.map(({ code }) => code)
}

/** The value of a result that the test knows to be accepted. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(result.problems.map(({ message }) => message).join('; '))
}

/** Parses a text, or a JWK as an object. */
export function parseKey(key: string | object): ReturnType<typeof parsePublicKey> {
  return parsePublicKey(encodeUtf8(typeof key === 'string' ? key : JSON.stringify(key)))
}

export function readKey(key: string | object): PublicKey {
  return valueOf(parseKey(key))
}

/** SPKI in PEM, as other tools write it. */
export function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }) as string
}

export function newKey(): PublicKey {
  return readKey(pemOf(generateKeyPairSync('ed25519').publicKey))
}

/** RFC 8037 appendix A.2; its thumbprint stands in appendix A.3. */
export const ED25519_JWK = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
}

/** RFC 7638 section 3.1. */
export const RSA_JWK = {
  kty: 'RSA',
  n: [
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_B',
    'JECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_F',
    'DW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4',
    'vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  ].join(''),
  e: 'AQAB',
}

/** The example key of DSSE v1.0.2 (protocol.md). */
export const P256_JWK = {
  kty: 'EC',
  crv: 'P-256',
  x: 'Z805D3eqNZywjCI19lInBJOp7YMrCrzAH3CVTAOQ0jg',
  y: 'DHgr1U4mkSWkT0Qzr_FDLOlOErynOqZ6yAzqEmCN33Q',
}
