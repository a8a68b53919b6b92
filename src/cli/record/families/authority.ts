// `assay record authority`: by whose word a release goes its way. What that word is worth, the signature shows.

import {
  APPROVAL_MODES,
  type ApprovalMode,
  ROLLOUT_SCOPES,
  type RolloutScope,
} from '../../../policy/index.ts'
import { OPTIONAL_TEXT } from '../../flags.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'
import { membersOfFlags } from '../members/written-members.ts'

interface Flags extends WrittenFlags {
  readonly approvalMode?: ApprovalMode
  readonly approvalScope?: RolloutScope
  readonly approvalReference?: string
  readonly actor?: string
}

/** `assay record authority` */
export const command = familyCommand<Flags>({
  family: 'authority',
  brief: 'By whose word a release goes its way',
  description: [
    'Mode and scope are those of the approval record of the gate, where nothing else is said. The kind of',
    'authority is computed from the signature: only a certificate shows a workflow and its run. Where the',
    'policy asks for a person, one dispatched the workflow, or signs the record.',
    '',
    'Example: assay record authority --release-id staging__render_staging_rollout__v1.2.0__4711-1 --phase pre-deploy-candidate',
    '  --approval-reference https://ci.example/runs/4711 --key alice.key.pem --trust trust.json --ledger ledger',
  ],
  flags: {
    approvalReference: {
      ...OPTIONAL_TEXT,
      placeholder: 'TEXT',
      brief: 'Where the approval can be looked up: a run, a ticket, a meeting',
    },
    actor: {
      ...OPTIONAL_TEXT,
      placeholder: 'NAME',
      brief: 'Who started the workflow, as it states it',
    },
    approvalMode: {
      kind: 'enum',
      values: APPROVAL_MODES,
      optional: true,
      brief: 'How releases of the gate are approved',
    },
    approvalScope: {
      kind: 'enum',
      values: ROLLOUT_SCOPES,
      optional: true,
      brief: 'What approvals of the gate are about',
    },
    ...writtenFlags('authority'),
  },
  readMembers: (flags, context) => {
    const { approvalMode, approvalScope, approvalReference, actor } = flags
    const { registry, header } = context
    const approval = registry?.of('approval').get(header.release?.approvalRecord ?? '')
    return readWritten(flags, context, {
      family: 'authority',
      said: membersOfFlags({ approvalMode, approvalScope, approvalReference, actor }),
      defaults: { approvalMode: approval?.mode, approvalScope: approval?.approvalScope },
    })
  },
})
