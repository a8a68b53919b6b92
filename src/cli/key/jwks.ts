// `assay key jwks`: public keys as a JWK Set, for any JOSE library.

import { buildCommand } from '@stricli/core'
import { encodeDocument, judge, type Problem } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { buildJwks, type PublicKey } from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, parseText } from '../flags.ts'
import { readPublicHalf } from './key-input.ts'
import { PASSPHRASE_FILE_FLAG } from './passphrase-input.ts'

interface Flags {
  readonly passphraseFile?: string
  readonly format: Format
}

/** `assay key jwks` */
export const command = buildCommand<Flags, string[], RunContext>({
  docs: { brief: 'Print the public keys of files as a JWK Set (RFC 7517)' },
  parameters: {
    flags: { passphraseFile: PASSPHRASE_FILE_FLAG, format: FORMAT_FLAG },
    positional: {
      kind: 'array',
      parameter: { brief: 'Keys of any format', placeholder: 'file', parse: parseText },
      minimum: 1,
    },
  },
  func: answering(async (host, flags: Flags, ...files: string[]) => showSet(host, flags, files)),
})

async function showSet(host: Host, flags: Flags, files: readonly string[]): Promise<Answer> {
  const publicKeys: PublicKey[] = []
  const problems: Problem[] = []
  // One after the other: each may ask for a passphrase.
  for (const file of files) {
    const publicKey = await readPublicHalf(host, file, flags.passphraseFile)
    if (publicKey.ok) publicKeys.push(publicKey.value)
    else problems.push(...publicKey.problems)
  }
  const read = judge(publicKeys, problems)
  if (!read.ok) return refused(read.problems)
  const { keys } = await buildJwks(read.value)
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: encodeDocument({ keys }),
    document: { schema: 'assay/jwks/v1', keys },
  }
}
