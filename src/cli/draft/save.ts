// `assay draft save`: a draft, signed by whoever drafts, in a file.

import { buildCommand } from '@stricli/core'
import type { Host } from '../../host/index.ts'
import { buildDraftStatement } from '../../record/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { parseText } from '../flags.ts'
import { readRequest } from '../ledger/record-request.ts'
import { readDraftFile } from './draft-input.ts'
import { answerDrafted, DRAFTING_FLAGS, type DraftingFlags, signDrafted } from './drafting.ts'

const DESCRIPTION = [
  'Signs the draft as a draft, with a key of a role of drafts, and writes the bundle. Such a key signs nothing that counts, and',
  'a key that signs for production saves no drafts.',
  '',
  'Example: assay draft save approval.draft.json --trust trust.json --key drafts.key.pem --out approval.draft.sigstore.json',
]

/** `assay draft save` */
export const command = buildCommand<DraftingFlags, [file: string], RunContext>({
  docs: {
    brief: 'Sign a draft as a draft, and write it to a file',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: DRAFTING_FLAGS,
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'The draft', placeholder: 'draft', parse: parseText }],
    },
  },
  func: answering(async (host, flags: DraftingFlags, file: string) => save(host, flags, file)),
})

async function save(host: Host, flags: DraftingFlags, file: string): Promise<Answer> {
  const draft = await readDraftFile(host, file)
  if (!draft.ok) return refused(draft.problems)
  const request = await readRequest(host, flags.trust, flags.unsafeExampleKeys)
  if (!request.ok) return refused(request.problems)
  const statement = buildDraftStatement(draft.value)
  const saved = await signDrafted(host, flags, { statement, request: request.value })
  if (!saved.ok) return refused(saved.problems)
  const { family, sha256 } = draft.value
  return answerDrafted(flags, saved.value, {
    schema: 'assay/draft-saved/v1',
    word: `draft of a record of the family ${family.name}`,
    about: { family: family.name, draftSha256: sha256 },
  })
}
