// `assay key public`: the public half of a key of any format, as PEM.

import { buildCommand } from '@stricli/core'
import type { Host } from '../../host/index.ts'
import { encodePublicKey } from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, parseText } from '../flags.ts'
import { readPublicHalf } from './key-input.ts'
import { PASSPHRASE_FILE_FLAG } from './passphrase-input.ts'

interface Flags {
  readonly passphraseFile?: string
  readonly format: Format
}

/** `assay key public` */
export const command = buildCommand<Flags, [file: string], RunContext>({
  docs: { brief: 'Print the public key of a private or public key, as PEM' },
  parameters: {
    flags: { passphraseFile: PASSPHRASE_FILE_FLAG, format: FORMAT_FLAG },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'Key of any format', placeholder: 'file', parse: parseText }],
    },
  },
  func: answering(async (host, flags: Flags, file: string) => showPublicKey(host, flags, file)),
})

async function showPublicKey(host: Host, flags: Flags, file: string): Promise<Answer> {
  const publicKey = await readPublicHalf(host, file, flags.passphraseFile)
  if (!publicKey.ok) return refused(publicKey.problems)
  const { keyId, type, jwk } = publicKey.value
  const pem = Buffer.from(encodePublicKey(publicKey.value)).toString()
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: pem,
    notes: [`Key id ${keyId} (${type})`],
    document: { schema: 'assay/public-key/v1', keyId, type, jwk, pem },
  }
}
