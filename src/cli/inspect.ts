// `assay inspect`: what is in this file? In words, and without believing any of them.

import { buildCommand } from '@stricli/core'
import { LIMITS } from '../core/index.ts'
import type { Host } from '../host/index.ts'
import { documentOfInspection, inspectBytes, renderInspection } from '../report/inspection/index.ts'
import { loadCertificateReader } from '../verify/index.ts'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { readInput } from './file-input.ts'
import { FORMAT_FLAG, type Format, parseText } from './flags.ts'

interface Flags {
  readonly format: Format
}

export const command = buildCommand<Flags, [file: string], RunContext>({
  docs: {
    brief: 'Say what a file holds, without believing it',
    fullDescription: [
      'Reads bundles and what others write in their place, statements, certificates, public keys, keys of a registry,',
      'trust documents, trusted roots, signing configs, manifests, snapshots and SBOMs. Of a bundle by certificate it',
      'says for whom that is, by whose word, and what logs and timestamps say of it: whom one would have to trust.',
      'Nothing is verified. Of a private key nothing is shown.',
    ].join('\n'),
  },
  parameters: {
    flags: { format: FORMAT_FLAG },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'A file, or "-" for standard input', placeholder: 'file', parse: parseText },
      ],
    },
  },
  func: answering(async (host, _: Flags, file: string) => inspect(host, file)),
})

async function inspect(host: Host, file: string): Promise<Answer> {
  const bytes = await readInput(host, file, { bytesMax: LIMITS.bundleFileBytesMax })
  if (!bytes.ok) return refused(bytes.problems)
  const inspection = inspectBytes(bytes.value, await loadCertificateReader())
  if (!inspection.ok) return refused(inspection.problems)
  return {
    kind: 'finished',
    // It was described; `verified: false` in the document says what that is worth.
    outcome: 'accepted',
    text: renderInspection(inspection.value, host.columns),
    document: documentOfInspection(inspection.value),
  }
}
