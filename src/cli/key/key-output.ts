// The two files of a key, and what the commands that make them say.

import { accept, escapeText, quote, type Result, refuse } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  encodeEncryptedKey,
  encodeUnsafeUnencryptedKey,
  type PrivateKey,
} from '../../sign/index.ts'
import { encodePublicKey } from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { SWITCH, TEXT } from '../flags.ts'

/** `--out PREFIX` */
export const OUT_PREFIX_FLAG = {
  ...TEXT,
  placeholder: 'PREFIX',
  brief: 'Write PREFIX.key.pem and PREFIX.pub.pem; neither may exist',
} as const

/** `--unsafe-unencrypted` */
export const UNENCRYPTED_FLAG = {
  ...SWITCH,
  brief: 'Write the private key without a passphrase: whoever reads the file can sign',
} as const

/** Where the two halves of a key go. */
export interface KeyPaths {
  readonly privatePath: string
  readonly publicPath: string
}

/** Says before anything is made or asked that a name is taken; the writing itself is what never replaces a file. */
export async function findKeyPaths(host: Host, prefix: string): Promise<Result<KeyPaths>> {
  const paths = { privatePath: `${prefix}.key.pem`, publicPath: `${prefix}.pub.pem` }
  for (const path of Object.values(paths)) {
    const found = await host.readBytes(path, { bytesMax: 0 })
    if (!found.ok && found.problems[0].code === 'host/file-missing') continue
    // What can not be read may not be there either: the system has said why.
    if (!found.ok && found.problems[0].code === 'host/file-unreadable') return found
    return refuse({
      code: 'host/file-exists',
      message: `Cannot write ${quote(path)}: expected no file of that name, found one`,
      hint: 'A key is never overwritten: choose another prefix',
    })
  }
  return accept(paths)
}

/**
 * Writes both halves; the private one first, because the public one can be made from it.
 *
 * @param passphrase `undefined` writes the private key in the clear
 */
export async function writeKey(
  host: Host,
  { privatePath, publicPath }: KeyPaths,
  key: PrivateKey,
  passphrase: Uint8Array | undefined,
): Promise<Answer> {
  const { publicKey } = key
  const encoded: Result<Uint8Array> =
    passphrase === undefined
      ? accept(encodeUnsafeUnencryptedKey(key))
      : encodeEncryptedKey(key, passphrase)
  if (!encoded.ok) return refused(encoded.problems)
  const exclusive = true
  const written = await host.writeBytes(privatePath, encoded.value, { mode: 0o600, exclusive })
  if (!written.ok) return refused(written.problems)
  const shown = await host.writeBytes(publicPath, encodePublicKey(publicKey), { exclusive })
  if (!shown.ok) return refused(shown.problems)
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: `${publicKey.keyId}\n`,
    notes: [
      passphrase === undefined
        ? `Wrote ${escapeText(privatePath)}, UNENCRYPTED: whoever reads it can sign`
        : `Wrote ${escapeText(privatePath)}, encrypted: keep it and its passphrase apart`,
      `Wrote ${escapeText(publicPath)}: give it to whoever verifies`,
    ],
    document: {
      schema: 'assay/key/v1',
      keyId: publicKey.keyId,
      type: publicKey.type,
      privateKey: privatePath,
      publicKey: publicPath,
      encrypted: passphrase !== undefined,
    },
  }
}
