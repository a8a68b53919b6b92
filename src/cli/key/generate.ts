// `assay key generate`: a new key in two files.

import { buildCommand } from '@stricli/core'
import { GENERATED_TYPES, type GeneratedType, generatePrivateKey } from '../../sign/index.ts'
import type { Host } from '../../host/index.ts'
import { escapeText } from '../../core/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format } from '../flags.ts'
import { OUT_PREFIX_FLAG, findKeyPaths, UNENCRYPTED_FLAG, writeKey } from './key-output.ts'
import { findPassphrase, PASSPHRASE_FILE_FLAG } from './passphrase-input.ts'

interface Flags {
  readonly out: string
  readonly type: GeneratedType
  readonly passphraseFile?: string
  readonly unsafeUnencrypted?: boolean
  readonly format: Format
}

/** `assay key generate` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: { brief: 'Make a key: PREFIX.key.pem (encrypted) and PREFIX.pub.pem' },
  parameters: {
    flags: {
      out: OUT_PREFIX_FLAG,
      type: {
        kind: 'enum',
        values: GENERATED_TYPES,
        default: 'p256',
        brief: 'Kind of key',
      },
      passphraseFile: PASSPHRASE_FILE_FLAG,
      unsafeUnencrypted: UNENCRYPTED_FLAG,
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => generateKey(host, flags)),
})

async function generateKey(host: Host, flags: Flags): Promise<Answer> {
  const { out, type, passphraseFile, unsafeUnencrypted = false } = flags
  if (unsafeUnencrypted && passphraseFile !== undefined) {
    return misused('Expected --passphrase-file or --unsafe-unencrypted, found both')
  }
  const paths = await findKeyPaths(host, out)
  if (!paths.ok) return refused(paths.problems)
  const purpose = `the new key ${escapeText(paths.value.privatePath)}`
  const passphrase = unsafeUnencrypted
    ? undefined
    : await findPassphrase(host, { file: passphraseFile, purpose, isNew: true })
  if (passphrase?.ok === false) return refused(passphrase.problems)
  return writeKey(host, paths.value, generatePrivateKey(type), passphrase?.value)
}
