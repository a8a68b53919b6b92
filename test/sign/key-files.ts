// Key files made by the programs that own the format, in a folder of their own.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryFolder } from '../temporary-folder.ts'

/** The passphrase of every encrypted key here. */
export const PASSPHRASE = Buffer.from('correct horse')

const folder = makeTemporaryFolder('key-files')
let made = 0

/** A new name in the folder. */
export function newPath(): string {
  made++
  return join(folder, `key-${made}`)
}

/** Runs openssl and gives what it printed. */
export function openssl(args: readonly string[], input: Uint8Array | string = ''): Buffer {
  return execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'ignore'] })
}

/** A private key as ssh-keygen writes it, and its public line. */
export function sshKeygen(...args: readonly string[]): { secret: Buffer; line: Buffer } {
  const path = newPath()
  execFileSync('ssh-keygen', ['-q', '-C', 'me', '-f', path, ...args])
  return { secret: readFileSync(path), line: readFileSync(`${path}.pub`) }
}

/** A key of this folder, as stored. */
export function readStored(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'keys', name))
}
