// `assay trust remove`: a root, an identity, a registry key, a verifier or a builder that does not count any more.

import { buildCommand } from '@stricli/core'
import { removeEntry } from '../../trust/index.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, parseText } from '../flags.ts'
import { editTrust, TRUST_FLAG } from './trust-file.ts'

interface Flags {
  readonly trust: string
  readonly format: Format
}

/** `assay trust remove` */
export const command = buildCommand<Flags, [name: string], RunContext>({
  docs: {
    brief:
      'Remove a root, an identity, a registry key, a verifier or a builder; keys are revoked instead',
  },
  parameters: {
    flags: { trust: TRUST_FLAG, format: FORMAT_FLAG },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'Name of the entry', placeholder: 'name', parse: parseText }],
    },
  },
  func: answering(async (host, { trust }: Flags, name: string) =>
    editTrust(host, trust, (document) => removeEntry(document, name), {
      done: 'Removed the entry from',
    }),
  ),
})
