// `assay record waiver`: a person answers for it, until a day, that a check is left as it is.

import { OPTIONAL_TEXT } from '../../flags.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'
import { type End, END_FLAG, encodeEnd } from '../members/end-flag.ts'
import { membersOfFlags } from '../members/written-members.ts'

interface Flags extends WrittenFlags {
  readonly check?: string
  readonly owner?: string
  readonly reason?: string
  readonly expires?: End
}

/** `assay record waiver` */
export const command = familyCommand<Flags>({
  family: 'waiver',
  brief: 'Answer for it, until a day, that a check is left as it is',
  description: [
    'The check stays what it was found to be: a waiver never makes it accepted.',
    '',
    'Example: assay record waiver --release-id staging__render_staging_rollout__v1.2.0__4711-1 --phase pre-deploy-candidate',
    '  --check branch-protection --owner "Release team" --reason "Export is late" --expires 7d',
    '  --key alice.key.pem --trust trust.json --ledger ledger',
  ],
  flags: {
    check: { ...OPTIONAL_TEXT, placeholder: 'ID', brief: 'The check, as its policy names it' },
    owner: { ...OPTIONAL_TEXT, placeholder: 'TEXT', brief: 'Who answers for it' },
    reason: { ...OPTIONAL_TEXT, placeholder: 'TEXT', brief: 'Why' },
    expires: END_FLAG,
    ...writtenFlags('waiver'),
  },
  readMembers: (flags, context) => {
    const { check, owner, reason } = flags
    const expires = encodeEnd(flags.expires, context.host.now())
    const said = membersOfFlags({ check, owner, reason, expires })
    return readWritten(flags, context, { family: 'waiver', said })
  },
})
