// A signer whose key lies in this process's memory.

import { type KeyObject, sign } from 'node:crypto'
import { type PublicKey, SIGNATURE_DIGESTS, SIGNATURE_FORM } from '../trust/index.ts'
import type { Signer } from './signer.ts'

/** @param privateKey as parsePrivateKey() or generatePrivateKey() gave it */
export function createLocalSigner(privateKey: {
  readonly key: KeyObject
  readonly publicKey: PublicKey
}): Signer {
  const { publicKey } = privateKey
  return {
    hint: publicKey.keyId,
    publicKey,
    sign: async (bytes) => signWithKey(privateKey, bytes),
  }
}

/** The signature, with the one algorithm that the kind of key has. */
export function signWithKey(
  { key, publicKey: { type } }: { readonly key: KeyObject; readonly publicKey: PublicKey },
  bytes: Uint8Array,
): Uint8Array {
  const form = type === 'ed25519' ? { key } : { key, ...SIGNATURE_FORM }
  return new Uint8Array(sign(SIGNATURE_DIGESTS[type], bytes, form))
}
