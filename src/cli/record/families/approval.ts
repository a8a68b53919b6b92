// `assay record approval`: the decision of a person about a release.

import { refuse } from '../../../core/index.ts'
import {
  APPROVAL_MODES,
  APPROVAL_SCOPES,
  type ApprovalMode,
  type ApprovalScope,
} from '../../../policy/index.ts'
import { OPTIONAL_TEXT } from '../../flags.ts'
import type { CliProblem } from '../../problem.ts'
import { type End, encodeEnd, END_FLAG } from '../members/end-flag.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'
import { policiesOfRelease, referenceOf } from '../policy-input.ts'
import type { MembersContext } from '../record-run.ts'
import { membersOfFlags } from '../members/written-members.ts'

interface Flags extends WrittenFlags {
  readonly scope?: ApprovalScope
  readonly decision?: 'approve' | 'reject'
  readonly mode?: ApprovalMode
  readonly reason?: string
  readonly ticket?: string
  readonly expires?: End
  readonly rollbackTarget?: string
}

/** `assay record approval` */
export const command = familyCommand<Flags>({
  family: 'approval',
  brief: 'Approve a release, or reject it',
  description: [
    'Signs the decision of a person about a canary, a rollout or a launch. The policies that the approver',
    'sees are those of the target as they are now, by digest, and the mode is that of the approval record.',
    'Whether the decision counts, and how many more it takes, is computed whenever it is read.',
    '',
    'Example: assay record approval --release-id staging__render_staging_rollout__v1.2.0__4711-1 --phase pre-deploy-candidate',
    '  --scope rollout --decision approve --reason "Checks are green" --expires 14d',
    '  --key alice.key.pem --trust trust.json --ledger ledger',
  ],
  flags: {
    scope: {
      kind: 'enum',
      values: APPROVAL_SCOPES,
      optional: true,
      brief: 'What is decided about',
    },
    decision: {
      kind: 'enum',
      values: ['approve', 'reject'],
      optional: true,
      brief: 'What is decided',
    },
    mode: {
      kind: 'enum',
      values: APPROVAL_MODES,
      optional: true,
      brief: 'How releases of the gate are approved; else as its approval record has it',
    },
    reason: { ...OPTIONAL_TEXT, placeholder: 'TEXT', brief: 'Why' },
    ticket: { ...OPTIONAL_TEXT, placeholder: 'TEXT', brief: 'Where it can be looked up' },
    expires: { ...END_FLAG, brief: `Of an approval. ${END_FLAG.brief}` },
    rollbackTarget: {
      ...OPTIONAL_TEXT,
      placeholder: 'SET_ID',
      brief: 'Release that the approver would go back to, and confirms so',
    },
    ...writtenFlags('approval'),
  },
  readMembers: async (flags, context) => {
    const { host, registry, header } = context
    const { scope, decision, mode, reason, ticket, rollbackTarget } = flags
    const expires = encodeEnd(flags.expires, host.now())
    const { release } = header
    const policies = policiesOfRelease(registry, release).map(referenceOf)
    const written = await readWritten(flags, context, {
      family: 'approval',
      said: membersOfFlags({ scope, decision, mode, reason, ticket, expires, rollbackTarget }),
      defaults: {
        mode: registry?.of('approval').get(release?.approvalRecord ?? '')?.mode,
        policies: policies.length > 0 ? policies : undefined,
      },
    })
    if (!written.ok || 'policies' in written.value.written.members) return written
    return refuse(unseen(context))
  },
})

/** An approver approves over rules: without them nothing is signed that could ever count. */
function unseen({ registry }: MembersContext): CliProblem {
  const common = { code: 'cli/record-policy', at: '--policies' } as const
  const members = 'The members "policies" and "mode" are those of the gate of the target'
  if (registry === undefined) {
    const message = 'Expected the policies that the approver sees, found none'
    return { ...common, message, hint: `${members}: --policies DIR is the folder that has it` }
  }
  const message = 'Expected a gate for the target of the release among the policies, found none'
  const hint = `${members} and of what it names; docs/policy-approvals.md has the smallest folder with one`
  return { ...common, message, hint }
}
