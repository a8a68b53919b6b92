// `assay draft request-review`: whoever drafts asks the holders of a role of production to look at what they would sign.

import { buildCommand } from '@stricli/core'
import { encodeTimestamp, quote, type Result, accept } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { Host } from '../../host/index.ts'
import { buildReviewRequest } from '../../record/index.ts'
import { findRole, type TrustDocument } from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { parseText, TEXT } from '../flags.ts'
import { readRequest } from '../ledger/record-request.ts'
import { usage } from '../usage.ts'
import { readSavedDraft } from './draft-input.ts'
import { answerDrafted, DRAFTING_FLAGS, type DraftingFlags, signDrafted } from './drafting.ts'

interface Flags extends DraftingFlags {
  readonly role: string
  readonly reason: string
}

const DESCRIPTION = [
  'Signs a request that names the saved draft, and the bytes that would be signed, by digest. It promotes nothing: whoever holds the',
  'role makes the record itself, with assay record, and signs it with their own key.',
  '',
  'Example: assay draft request-review approval.draft.sigstore.json --role approver --reason "First stage of v1.2.0" \\',
  '           --trust trust.json --key drafts.key.pem --out approval.review.sigstore.json',
]

/** `assay draft request-review` */
export const command = buildCommand<Flags, [file: string], RunContext>({
  docs: {
    brief: 'Ask the holders of a role to review a saved draft',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      role: { ...TEXT, placeholder: 'ROLE', brief: 'Role of production whose holders are asked' },
      reason: { ...TEXT, placeholder: 'TEXT', brief: 'Why, in words for them' },
      ...DRAFTING_FLAGS,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'The bundle of a saved draft', placeholder: 'bundle', parse: parseText },
      ],
    },
  },
  func: answering(async (host, flags: Flags, file: string) => request(host, flags, file)),
})

async function request(host: Host, flags: Flags, file: string): Promise<Answer> {
  const asked = await readRequest(host, flags.trust, flags.unsafeExampleKeys)
  if (!asked.ok) return refused(asked.problems)
  const role = judgeRole(flags.role, asked.value.trust)
  if (!role.ok) return refused(role.problems)
  const saved = await readSavedDraft(host, file, asked.value)
  if (!saved.ok) return refused(saved.problems)
  const { draft, bytes } = saved.value
  const bundle = digestBytes('sha256', bytes)
  const statement = buildReviewRequest({
    ...{ bundle, draft, role: flags.role, reason: flags.reason },
    requestedAt: encodeTimestamp(host.now()),
  })
  if (!statement.ok) return refused(statement.problems)
  const signed = await signDrafted(host, flags, {
    statement: statement.value,
    request: asked.value,
  })
  if (!signed.ok) return refused(signed.problems)
  return answerDrafted(flags, signed.value, {
    schema: 'assay/review-request/v1',
    word: `request to review the draft ${draft.sha256}`,
    about: { savedDraft: bundle, draftSha256: draft.sha256, role: flags.role },
  })
}

/** Nobody who drafts reviews for production. */
function judgeRole(name: string, trust: TrustDocument): Result<undefined> {
  const role = findRole(trust, name)
  if (role !== undefined && role.draft !== true) return accept(undefined)
  const found = role === undefined ? 'none of that name' : 'one of drafts'
  return usage(
    `Expected a role of production of the trust document in --role ${quote(name)}, found ${found}`,
  )
}
