// `assay record deployment`: what is deployed, as it was observed here, or as a platform reported it.

import { accept, encodeTimestamp, type Result } from '../../../core/index.ts'
import { parseArtifactSetId } from '../../../statement/index.ts'
import { OPTIONAL_TEXT } from '../../flags.ts'
import { digestSetAt } from '../set-input.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'
import { type MemberSource, membersOfFlags } from '../members/written-members.ts'
import type { MembersContext, MembersInput } from '../record-run.ts'

interface Flags extends WrittenFlags {
  readonly observe?: string
  readonly environment?: string
  readonly ring?: string
}

/** `assay record deployment` */
export const command = familyCommand<Flags>({
  family: 'deployment',
  brief: 'What is deployed, observed where it runs',
  description: [
    'With --observe the command digests what is deployed: a folder or an archive, or a SHA256SUMS that',
    'sha256sum wrote where the release runs. It is closed-world: a file too many is another set. What is not',
    'the set of the release is recorded as it was found, and then ends with 1.',
    '',
    'Example: assay record deployment --release-id staging__render_staging_rollout__v1.2.0__4711-1',
    '  --phase post-deploy-smoke-verified --observe /srv/web --environment staging',
    '  --key operator.key.pem --trust trust.json --ledger ledger',
  ],
  flags: {
    observe: {
      ...OPTIONAL_TEXT,
      placeholder: 'PATH',
      brief: 'What is deployed: a folder, an archive, or a SHA256SUMS that was made there',
    },
    environment: { ...OPTIONAL_TEXT, placeholder: 'NAME', brief: 'Where it runs' },
    ring: {
      ...OPTIONAL_TEXT,
      placeholder: 'NAME',
      brief: 'The ring of a canary that it was opened to, where it was not opened to all',
    },
    ...writtenFlags('deployment'),
  },
  readMembers: async (flags, context) => {
    const observed = await observe(flags, context)
    if (!observed.ok) return observed
    const { sources, ...found } = observed.value
    const id = parseArtifactSetId(context.header.release?.artifactSetId ?? '')
    const written = await readWritten(flags, context, {
      family: 'deployment',
      said: [...sources, ...membersOfFlags({ environment: flags.environment, ring: flags.ring })],
      defaults: { target: id.ok ? id.value.target : undefined },
    })
    return written.ok ? accept({ ...written.value, ...found }) : written
  },
})

interface Observed extends Omit<MembersInput, 'written'> {
  readonly sources: readonly MemberSource[]
}

/** The observation is made here and now; what somebody else observed stands in a document. */
async function observe(
  { observe: path }: Flags,
  { host, about }: MembersContext,
): Promise<Result<Observed>> {
  if (path === undefined) return accept({ sources: [] })
  const found = await digestSetAt(host, path)
  if (!found.ok) return found
  const { digest, form, notes } = found.value
  const observedBy = { method: form === 'manifest' ? 'manifest' : 'files' }
  const observedAt = encodeTimestamp(host.now())
  const members = { observedSet: digest, observedBy, observedAt }
  const isIntended = about.about.kind === 'set' && about.about.digest === digest
  return accept({
    sources: Object.entries(members).map(([name, value]) => ({
      name,
      value,
      place: () => '--observe',
    })),
    outcome: isIntended ? 'accepted' : 'rejected',
    notes: [
      ...notes,
      isIntended ? 'What is deployed is the set of the release' : 'What is deployed is another set',
    ],
  })
}
