// Digests and signatures that count in a timestamp (A-28: nothing below SHA-256), by object identifier.

import { createHash } from 'node:crypto'
import type { KeyType } from '../../../trust/index.ts'

/** A digest as node:crypto names it. */
export type TimestampDigest = 'sha256' | 'sha384' | 'sha512'

const DIGESTS: Readonly<Record<string, TimestampDigest>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

const ECDSA: readonly KeyType[] = ['p256', 'p384', 'p521']

/** Who may sign so, and with which digest; `rsaEncryption` leaves the digest to the field beside it. */
const SIGNATURES: Readonly<
  Record<string, { readonly keys: readonly KeyType[]; readonly digest?: TimestampDigest }>
> = {
  '1.2.840.10045.4.3.2': { keys: ECDSA, digest: 'sha256' },
  '1.2.840.10045.4.3.3': { keys: ECDSA, digest: 'sha384' },
  '1.2.840.10045.4.3.4': { keys: ECDSA, digest: 'sha512' },
  '1.2.840.113549.1.1.1': { keys: ['rsa'] },
  '1.2.840.113549.1.1.11': { keys: ['rsa'], digest: 'sha256' },
  '1.2.840.113549.1.1.12': { keys: ['rsa'], digest: 'sha384' },
  '1.2.840.113549.1.1.13': { keys: ['rsa'], digest: 'sha512' },
}

/** SHA-1 in the older form of the attribute that names the signer's certificate (RFC 2634), and nowhere else. */
const SHA_1 = '1.3.14.3.2.26'

/** The digest of this identifier, where it counts. */
export function digestOf(id: string): TimestampDigest | undefined {
  return Object.hasOwn(DIGESTS, id) ? DIGESTS[id] : undefined
}

/** True where this kind of key may have made such a signature over such a digest. */
export function isSignatureAlgorithm(id: string, digest: TimestampDigest, key: KeyType): boolean {
  const algorithm = Object.hasOwn(SIGNATURES, id) ? SIGNATURES[id] : undefined
  return algorithm?.keys.includes(key) === true && (algorithm.digest ?? digest) === digest
}

/** The digest of a certificate by which a signer names it. The certificate is trusted already, so the older SHA-1 may confirm it. */
export function certificateHash(id: string, certificate: Uint8Array): Uint8Array | undefined {
  const name = id === SHA_1 ? 'sha1' : digestOf(id)
  return name === undefined ? undefined : createHash(name).update(certificate).digest()
}
