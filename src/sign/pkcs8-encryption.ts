// Encrypted PKCS#8 (RFC 5958) under PBES2 (RFC 8018 appendix A.4) with scrypt (RFC 7914 section 7) and AES-256-CBC.
// node:crypto writes only PBKDF2 with 2,048 rounds, so these DER lines are our own; it reads what they write.

import { createCipheriv, randomBytes, scryptSync } from 'node:crypto'
import { accept, encodeHex, type Result, refuse } from '../core/index.ts'
import {
  DER,
  type DerValue,
  encodeDer,
  encodeDerInteger,
  parseDer,
  parseDerInteger,
} from './der.ts'
import { judgePbkdf2Cost, judgeScryptCost, SCRYPT_COST } from './kdf-cost.ts'
import type { SignProblem } from './problem.ts'

/** Contents of the OBJECT IDENTIFIERs, in hex. */
const OID = {
  /** 1.2.840.113549.1.5.13 */
  pbes2: '2a864886f70d01050d',
  /** 1.2.840.113549.1.5.12 */
  pbkdf2: '2a864886f70d01050c',
  /** 1.3.6.1.4.1.11591.4.11 */
  scrypt: '2b06010401da47040b',
  /** 2.16.840.1.101.3.4.1.42 */
  aes256Cbc: '60864801650304012a',
} as const

/** @param privateKeyInfo plain PKCS#8, DER */
export function encryptPkcs8(privateKeyInfo: Uint8Array, passphrase: Uint8Array): Uint8Array {
  const salt = randomBytes(16)
  const iv = randomBytes(16)
  const key = scryptSync(passphrase, salt, 32, SCRYPT_COST)
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const encrypted = Buffer.concat([cipher.update(privateKeyInfo), cipher.final()])
  key.fill(0)
  const { N, r, p } = SCRYPT_COST
  const derivation = sequence(
    object(OID.scrypt),
    sequence(encodeDer(DER.octets, salt), ...[N, r, p, 32].map(encodeDerInteger)),
  )
  const encryption = sequence(object(OID.aes256Cbc), encodeDer(DER.octets, iv))
  const algorithm = sequence(object(OID.pbes2), sequence(derivation, encryption))
  return sequence(algorithm, encodeDer(DER.octets, encrypted))
}

/** Says whether trying a passphrase on this key is safe, before anything is derived from one. */
export function judgeEncryptedPkcs8(der: Uint8Array): Result<void, SignProblem> {
  const [algorithm, encrypted] = parseNested(parseDer(der)?.[0]) ?? []
  const [scheme, parameters] = parseNested(algorithm) ?? []
  if (scheme === undefined || encrypted?.tag !== DER.octets) {
    return refuse({
      code: 'sign/key-damaged',
      message: 'Expected encrypted PKCS#8, found other DER or damage',
    })
  }
  const [derivation] = parseNested(parameters) ?? []
  const [function_, settings] = parseNested(derivation) ?? []
  const values = parseNested(settings) ?? []
  if (isObject(scheme, OID.pbes2) && isObject(function_, OID.scrypt)) {
    const [N = 0, r = 0, p = 0] = values.slice(1, 4).map((value) => parseDerInteger(value) ?? 0)
    const cost = judgeScryptCost({ N, r, p })
    return cost.ok ? accept(undefined) : cost
  }
  if (isObject(scheme, OID.pbes2) && isObject(function_, OID.pbkdf2)) {
    const cost = judgePbkdf2Cost(parseDerInteger(values[1]))
    return cost.ok ? accept(undefined) : cost
  }
  return refuse({
    code: 'sign/key-encryption',
    message: 'Expected a key encrypted under PBES2 with scrypt or PBKDF2, found another scheme',
    hint: 'openssl pkcs8 -topk8 -v2 aes-256-cbc -scrypt -in OLD -out NEW encrypts it again',
  })
}

function sequence(...contents: readonly Uint8Array[]): Uint8Array {
  return encodeDer(DER.sequence, ...contents)
}

function object(hex: string): Uint8Array {
  return encodeDer(DER.object, Buffer.from(hex, 'hex'))
}

function parseNested(value: DerValue | undefined): readonly DerValue[] | undefined {
  return value?.tag === DER.sequence ? parseDer(value.content) : undefined
}

function isObject(value: DerValue | undefined, hex: string): boolean {
  return value?.tag === DER.object && encodeHex(value.content) === hex
}
