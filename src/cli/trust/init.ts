// `assay trust init`: a trust document in which nobody is trusted yet.

import { buildCommand } from '@stricli/core'
import type { Host } from '../../host/index.ts'
import { buildEmptyTrust, encodeTrust } from '../../trust/index.ts'
import { type Answer, misused, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT } from '../flags.ts'
import { answerTrust } from './trust-file.ts'

interface Flags {
  readonly out?: string
  readonly trust?: string
  readonly format: Format
}

const FILE = { ...OPTIONAL_TEXT, placeholder: 'FILE' } as const

/** `assay trust init` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: { brief: 'Write a trust document in which nobody is trusted yet' },
  parameters: {
    flags: {
      out: { ...FILE, brief: 'File to write, which may not exist (trust.json)' },
      trust: { ...FILE, brief: 'The same as --out' },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => initTrust(host, flags)),
})

async function initTrust(host: Host, { out, trust }: Flags): Promise<Answer> {
  if (out !== undefined && trust !== undefined) {
    return misused('Expected --out or --trust, found both')
  }
  const path = out ?? trust ?? 'trust.json'
  const document = buildEmptyTrust()
  const written = await host.writeBytes(path, encodeTrust(document), { exclusive: true })
  if (!written.ok) return refused(written.problems)
  return answerTrust(path, document, {
    done: 'Wrote',
    notes: [
      'Nobody is trusted yet: assay trust add-key FILE --name NAME --role release, or add-root and add-identity for certificates',
    ],
  })
}
