// `assay key import`: a private key of another tool becomes ours, encrypted our way.

import { buildCommand } from '@stricli/core'
import { accept, escapeText } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText } from '../flags.ts'
import { type OpenedKey, openPrivateKey } from './key-input.ts'
import { OUT_PREFIX_FLAG, findKeyPaths, UNENCRYPTED_FLAG, writeKey } from './key-output.ts'
import { findPassphrase, PASSPHRASE_FILE_FLAG } from './passphrase-input.ts'

interface Flags {
  readonly out: string
  readonly passphraseFile?: string
  readonly newPassphraseFile?: string
  readonly unsafeUnencrypted?: boolean
  readonly format: Format
}

/** `assay key import` */
export const command = buildCommand<Flags, [file: string], RunContext>({
  docs: {
    brief: 'Bring a private key over: PKCS#8, SEC1, PKCS#1, JWK, cosign, OpenSSH',
    fullDescription: [
      'Reads a private key of another tool and writes PREFIX.key.pem and PREFIX.pub.pem.',
      'An encrypted key keeps its passphrase, unless --new-passphrase-file gives another one.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      out: OUT_PREFIX_FLAG,
      passphraseFile: PASSPHRASE_FILE_FLAG,
      newPassphraseFile: {
        ...OPTIONAL_TEXT,
        placeholder: 'FILE',
        brief: 'File with the passphrase that the new files shall have',
      },
      unsafeUnencrypted: UNENCRYPTED_FLAG,
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'Private key', placeholder: 'file', parse: parseText }],
    },
  },
  func: answering(async (host, flags: Flags, file: string) => importKey(host, flags, file)),
})

async function importKey(host: Host, flags: Flags, file: string): Promise<Answer> {
  const { out, passphraseFile, newPassphraseFile, unsafeUnencrypted = false } = flags
  if (unsafeUnencrypted && newPassphraseFile !== undefined) {
    return misused('Expected --new-passphrase-file or --unsafe-unencrypted, found both')
  }
  const paths = await findKeyPaths(host, out)
  if (!paths.ok) return refused(paths.problems)
  const opened = await openPrivateKey(host, file, passphraseFile)
  if (!opened.ok) return refused(opened.problems)
  const { privateKey } = opened.value
  if (unsafeUnencrypted) return writeKey(host, paths.value, privateKey, undefined)
  const passphrase = await findNewPassphrase(host, opened.value, {
    file: newPassphraseFile ?? passphraseFile,
    keeps: newPassphraseFile === undefined,
    purpose: `the new key ${escapeText(paths.value.privatePath)}`,
  })
  if (!passphrase.ok) return refused(passphrase.problems)
  return writeKey(host, paths.value, privateKey, passphrase.value)
}

async function findNewPassphrase(
  host: Host,
  { passphrase }: OpenedKey,
  { keeps, file, purpose }: { keeps: boolean; file: string | undefined; purpose: string },
): ReturnType<typeof findPassphrase> {
  if (keeps && passphrase !== undefined) return accept(passphrase)
  return findPassphrase(host, { file, purpose, isNew: true })
}
