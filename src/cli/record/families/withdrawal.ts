// `assay record withdrawal`: nobody should use a release any more, or another one stands in its place.

import { OPTIONAL_TEXT } from '../../flags.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'
import { membersOfFlags } from '../members/written-members.ts'

interface Flags extends WrittenFlags {
  readonly action?: 'withdraw' | 'supersede'
  readonly urgency?: 'immediate' | 'soon' | 'routine'
  readonly reason?: string
  readonly replacement?: string
}

/** `assay record withdrawal` */
export const command = familyCommand<Flags>({
  family: 'withdrawal',
  brief: 'Withdraw a release, or say which one stands in its place',
  description: [
    'There is no way back from a withdrawal: every later verdict about the release says it.',
    '',
    'Example: assay record withdrawal --release-id staging__render_staging_rollout__v1.2.0__4711-1 --phase pre-deploy-candidate',
    '  --action withdraw --urgency immediate --reason "It loses data"',
    '  --key alice.key.pem --trust trust.json --ledger ledger',
  ],
  flags: {
    action: {
      kind: 'enum',
      values: ['withdraw', 'supersede'],
      optional: true,
      brief: 'What happens to the release',
    },
    urgency: {
      kind: 'enum',
      values: ['immediate', 'soon', 'routine'],
      optional: true,
      brief: 'How soon whoever runs it has to be off it',
    },
    reason: { ...OPTIONAL_TEXT, placeholder: 'TEXT', brief: 'Why' },
    replacement: {
      ...OPTIONAL_TEXT,
      placeholder: 'SET_ID',
      brief: 'Release to use instead; of one that is superseded',
    },
    ...writtenFlags('withdrawal'),
  },
  readMembers: (flags, context) => {
    const { action, urgency, reason, replacement } = flags
    const said = membersOfFlags({ action, urgency, reason, replacement })
    return readWritten(flags, context, { family: 'withdrawal', said })
  },
})
