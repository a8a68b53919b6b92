// `assay trust add-verifier`: whose signatures are the word of a verifier that writes summaries.

import { buildCommand } from '@stricli/core'
import { addVerifier } from '../../trust/index.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, TEXT } from '../flags.ts'
import { editTrust, TRUST_FLAG } from './trust-file.ts'

interface Flags {
  readonly trust: string
  readonly name: string
  readonly id: string
  readonly signer: readonly string[]
  readonly format: Format
}

/** `--signer NAME…` */
export const SIGNERS_FLAG = {
  ...TEXT,
  variadic: true,
  placeholder: 'NAME',
  brief: 'A key or an identity of the document; may be repeated',
} as const

/** `assay trust add-verifier` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Trust the verification summaries of one verifier, by the signatures of these signers',
    fullDescription:
      'A summary counts only where its signer is named here together with the id that it gives its verifier.',
  },
  parameters: {
    flags: {
      trust: TRUST_FLAG,
      name: { ...TEXT, placeholder: 'NAME', brief: 'What to call the verifier' },
      id: { ...TEXT, placeholder: 'URI', brief: 'verifier.id of its summaries, as it is spelt' },
      signer: SIGNERS_FLAG,
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, { trust, name, id, signer }: Flags) =>
    editTrust(host, trust, (document) => addVerifier(document, { name, id, signers: signer }), {
      done: 'Added the verifier to',
    }),
  ),
})
