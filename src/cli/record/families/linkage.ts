// `assay record linkage`: the records of a phase, tied together.

import { LINKABLE_FAMILIES, type RecordFamily } from '../../../policy/index.ts'
import { type HeaderParts, recordsToLink } from '../../../record/index.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'
import type { MembersContext } from '../record-run.ts'

/** `assay record linkage` */
export const command = familyCommand<WrittenFlags>({
  family: 'linkage',
  brief: 'Tie the records of a phase together',
  description: [
    'Names every record of the phase that the ledger holds, of the families that the policy links; of several',
    'with one id, the newest; one that is older than the one before it is named beside it. What else is to be',
    'named is said by --from or --digest-of instead.',
    '',
    'Example: assay record linkage --release-id staging__render_staging_rollout__v1.2.0__4711-1 --phase pre-deploy-candidate',
    '  --key ci.key.pem --trust trust.json --ledger ledger',
  ],
  flags: writtenFlags('linkage'),
  readMembers: (flags, context) => {
    const records = recordsOfPhase(context)
    return readWritten(flags, context, {
      family: 'linkage',
      defaults: { records: records.length > 0 ? records : undefined },
    })
  },
})

function recordsOfPhase({ about, header, registry }: MembersContext): readonly string[] {
  const families = linkedFamilies(registry, header)
  const records = recordsToLink(about.known.items, families, header.release?.phase)
  return records.map(({ sha256 }) => sha256)
}

function linkedFamilies(
  registry: MembersContext['registry'],
  { policy, release }: HeaderParts,
): readonly RecordFamily[] {
  const linked = registry?.of('linkage').get(policy ?? '')?.linkedFamilies
  return release === undefined ? [] : (linked?.[release.phase] ?? LINKABLE_FAMILIES)
}
