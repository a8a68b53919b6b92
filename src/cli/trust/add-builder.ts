// `assay trust add-builder`: which level of SLSA's build track the provenance of a builder shows.

import { buildCommand, numberParser } from '@stricli/core'
import { addBuilder } from '../../trust/index.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, TEXT } from '../flags.ts'
import { SIGNERS_FLAG } from './add-verifier.ts'
import { editTrust, TRUST_FLAG } from './trust-file.ts'

interface Flags {
  readonly trust: string
  readonly name: string
  readonly id: string
  readonly signer: readonly string[]
  readonly buildLevel: number
  readonly format: Format
}

/** `assay trust add-builder` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: "Say which level of SLSA's build track a builder reaches, by whose signatures",
    fullDescription: [
      'No provenance says of itself which level it shows: that is looked up here, by its signer and the id of its builder',
      'together. A provenance of any other pair counts as before, and shows no level.',
    ].join('\n'),
  },
  parameters: {
    flags: {
      trust: TRUST_FLAG,
      name: { ...TEXT, placeholder: 'NAME', brief: 'What to call the builder' },
      id: { ...TEXT, placeholder: 'URI', brief: 'builder.id of its provenances, as it is spelt' },
      signer: SIGNERS_FLAG,
      buildLevel: {
        kind: 'parsed',
        parse: numberParser,
        placeholder: 'N',
        brief: 'The level that you believe it to reach: 1, 2 or 3',
      },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, { trust, name, id, signer, buildLevel }: Flags) =>
    editTrust(
      host,
      trust,
      (document) => addBuilder(document, { name, id, signers: signer, buildLevel }),
      { done: 'Added the builder to' },
    ),
  ),
})
