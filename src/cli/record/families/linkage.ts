// `assay record linkage`: the records of a phase, tied together.

import { LINKABLE_FAMILIES, type RecordFamily } from '../../../policy/index.ts'
import type { LedgerItem, HeaderParts } from '../../../record/index.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'
import type { MembersContext } from '../record-run.ts'

/** `assay record linkage` */
export const command = familyCommand<WrittenFlags>({
  family: 'linkage',
  brief: 'Tie the records of a phase together',
  description: [
    'Names every record of the phase that the ledger holds, of the families that the policy links; of several',
    'with one id, the last. What else is to be named is said by --from or --digest-of instead.',
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
  const last = new Map<string, string>()
  for (const item of about.known.items) {
    if (isLinked(item, families, header)) last.set(item.id ?? item.sha256, item.sha256)
  }
  return [...last.values()]
}

function linkedFamilies(
  registry: MembersContext['registry'],
  { policy, release }: HeaderParts,
): readonly RecordFamily[] {
  const linked = registry?.of('linkage').get(policy ?? '')?.linkedFamilies
  return release === undefined ? [] : (linked?.[release.phase] ?? LINKABLE_FAMILIES)
}

function isLinked(
  item: LedgerItem,
  families: readonly RecordFamily[],
  { release }: HeaderParts,
): item is Extract<LedgerItem, { readonly kind: 'record' }> {
  return (
    item.kind === 'record' &&
    families.includes(item.family) &&
    item.release?.phase === release?.phase
  )
}
