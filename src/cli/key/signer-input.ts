// Who signs: a key file, or a program. The options of every command that makes a signature.

import { accept, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { createLocalSigner, type Signer } from '../../sign/index.ts'
import { OPTIONAL_TEXT } from '../flags.ts'
import { usage } from '../usage.ts'
import { openPrivateKey } from './key-input.ts'
import { PASSPHRASE_FILE_FLAG } from './passphrase-input.ts'

/** `--key FILE [--passphrase-file FILE]` or `--signer-command PROGRAM` */
export const SIGNER_FLAGS = {
  key: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief: 'Private key to sign with',
  },
  passphraseFile: PASSPHRASE_FILE_FLAG,
  signerCommand: {
    ...OPTIONAL_TEXT,
    placeholder: 'PROGRAM',
    brief: 'Path of a program that signs, for a KMS or an HSM (assay help keys)',
  },
} as const

/** What {@link SIGNER_FLAGS} give. */
export interface SignerFlags {
  readonly key?: string
  readonly passphraseFile?: string
  readonly signerCommand?: string
}

/** The one signer that the options name. */
export async function openSigner(host: Host, flags: SignerFlags): Promise<Result<Signer>> {
  const { key, passphraseFile, signerCommand } = flags
  if ((key === undefined) === (signerCommand === undefined)) {
    const found = key === undefined ? 'neither' : 'both'
    return usage(`Expected --key FILE or --signer-command PROGRAM, found ${found}`)
  }
  if (signerCommand !== undefined) return host.openSignerCommand(signerCommand)
  const opened = await openPrivateKey(host, key ?? '', passphraseFile)
  return opened.ok ? accept(createLocalSigner(opened.value.privateKey)) : opened
}
