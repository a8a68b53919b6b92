// cosign's encrypted private key: JSON in a PEM block, scrypt and NaCl secretbox around plain PKCS#8 (securesystemslib).

import { scryptSync } from 'node:crypto'
import * as z from 'zod/mini'
import { accept, LIMITS, parseBase64, parseJson, type Result, refuse } from '../core/index.ts'
import { judgeScryptCost } from './kdf-cost.ts'
import { PASSPHRASE_MISSING, PASSPHRASE_WRONG } from './passphrase-problem.ts'
import type { SignProblem } from './problem.ts'
import { openSecretbox } from './secretbox.ts'

const COSIGN_KEY = z.strictObject({
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    params: z.strictObject({ N: z.int(), r: z.int(), p: z.int() }),
    salt: z.string(),
  }),
  cipher: z.strictObject({ name: z.literal('nacl/secretbox'), nonce: z.string() }),
  ciphertext: z.string(),
})

/**
 * Opens the content of an `ENCRYPTED SIGSTORE PRIVATE KEY` or `ENCRYPTED COSIGN PRIVATE KEY` block.
 *
 * @returns PKCS#8, DER
 */
export function decryptCosignKey(
  json: Uint8Array,
  passphrase: Uint8Array | undefined,
): Result<Uint8Array, SignProblem> {
  const value = parseJson(json, { bytesMax: LIMITS.keyBytesMax })
  const shaped = COSIGN_KEY.safeParse(value.ok ? value.value : undefined)
  if (!shaped.success) return damaged()
  const { kdf, cipher, ciphertext } = shaped.data
  const [salt, nonce, box] = [kdf.salt, cipher.nonce, ciphertext].map((text) => parseBase64(text))
  if (!salt?.ok || !nonce?.ok || !box?.ok || nonce.value.length !== 24) return damaged()
  const cost = judgeScryptCost(kdf.params)
  if (!cost.ok) return cost
  if (passphrase === undefined) return refuse(PASSPHRASE_MISSING)
  const { N, r } = cost.value
  const key = scryptSync(passphrase, salt.value, 32, { ...cost.value, maxmem: 256 * N * r })
  const plain = openSecretbox({ key, nonce: nonce.value, box: box.value })
  key.fill(0)
  return plain === undefined ? refuse(PASSPHRASE_WRONG) : accept(plain)
}

function damaged(): Result<never, SignProblem> {
  return refuse({
    code: 'sign/key-damaged',
    message: 'Expected an encrypted key of cosign, found other JSON or damage',
  })
}
