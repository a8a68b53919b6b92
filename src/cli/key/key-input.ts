// Keys that a command is given as files.

import { accept, escapeText, LIMITS, type Result } from '../../core/index.ts'
import type { Host, HostProblem } from '../../host/index.ts'
import { type PrivateKey, parsePrivateKey, type SignProblem } from '../../sign/index.ts'
import { type PublicKey, parsePublicKey } from '../../trust/index.ts'
import { atPath } from '../file-input.ts'
import { findPassphrase } from './passphrase-input.ts'

/** Why a key file can not be used. */
export type KeyInputProblem = HostProblem | SignProblem

/** A private key, with the passphrase that opened it where it was encrypted. */
export interface OpenedKey {
  readonly privateKey: PrivateKey
  readonly passphrase?: Uint8Array
}

/** Reads a private key; asks for its passphrase only when it has one. */
export async function openPrivateKey(
  host: Host,
  path: string,
  passphraseFile: string | undefined,
): Promise<Result<OpenedKey, KeyInputProblem>> {
  const bytes = await host.readKeyFile(path, { bytesMax: LIMITS.keyBytesMax })
  if (!bytes.ok) return bytes
  const plain = parsePrivateKey(bytes.value)
  if (plain.ok) return accept({ privateKey: plain.value })
  if (plain.problems[0].code !== 'sign/passphrase-missing') return atPath(plain, path)
  const passphrase = await findPassphrase(host, {
    file: passphraseFile,
    purpose: escapeText(path),
    isNew: false,
  })
  if (!passphrase.ok) return passphrase
  const opened = parsePrivateKey(bytes.value, passphrase.value)
  if (!opened.ok) return atPath(opened, path)
  return accept({ privateKey: opened.value, passphrase: passphrase.value })
}

/** The public key in a file, or the public half of the private key in it. */
export async function readPublicHalf(
  host: Host,
  path: string,
  passphraseFile: string | undefined,
): Promise<Result<PublicKey, KeyInputProblem>> {
  const publicKey = await readPublicKey(host, path)
  if (publicKey.ok || publicKey.problems[0].code !== 'trust/key-private') return publicKey
  const opened = await openPrivateKey(host, path, passphraseFile)
  return opened.ok ? accept(opened.value.privateKey.publicKey) : opened
}

/** A public key, and nothing that is private. */
export async function readPublicKey(
  host: Host,
  path: string,
): Promise<Result<PublicKey, KeyInputProblem>> {
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.keyBytesMax })
  return bytes.ok ? atPath(parsePublicKey(bytes.value), path) : bytes
}
