// `assay record review`: what a review of the whole source found; what it covered is read out of git.

import { countOf, accept, type Result } from '../../../core/index.ts'
import { digestSet } from '../../../digest/index.ts'
import { OPTIONAL_TEXT } from '../../flags.ts'
import {
  exampleDocument,
  familyCommand,
  readWritten,
  type WrittenFlags,
  writtenFlags,
} from '../family-command.ts'
import { type MemberSource, membersOfFlags } from '../members/written-members.ts'
import type { MembersContext, MembersInput } from '../record-run.ts'

interface Flags extends WrittenFlags {
  readonly checkout?: string
}

/** `assay record review` */
export const command = familyCommand<Flags>({
  family: 'review',
  brief: 'What a review of the whole source found',
  description: [
    'With --checkout the scope of the review is computed: the git tree of the commit that the record is about,',
    'and the SHA-256 of the manifest of every file that it tracks, as sha256sum prints it for those files,',
    'sorted by the bytes of their paths. It is read from the history, whatever the work tree holds. Links and',
    'submodules have no line; the tree binds them too.',
    '',
    'Example: assay record review --commit c27d339ee6075c1f744c5d4b200f7901aad2c369 --checkout .',
    '  --from review.yaml --digest-of report=review.pdf',
    '  --key sara.key.pem --trust trust.json --ledger ledger',
    ...exampleDocument('review', [
      'reviewedAt: 2026-04-10T11:00:00Z',
      'findings:',
      '  - id: F-1',
      '    severity: high',
      '    trustCritical: true',
      '    title: The key list is read without a limit',
      '    resolved: true',
      '    resolution: Read up to 64 KiB',
    ]),
  ],
  flags: {
    checkout: {
      ...OPTIONAL_TEXT,
      placeholder: 'DIR',
      brief: 'Git checkout that has the commit: the scope is every file that it tracks',
    },
    ...writtenFlags('review'),
  },
  readMembers: async (flags, context) => {
    const found = await readScope(flags, context)
    if (!found.ok) return found
    const { said, notes } = found.value
    const written = await readWritten(flags, context, { family: 'review', said })
    return written.ok ? accept({ ...written.value, notes }) : written
  },
})

interface Scope extends Required<Pick<MembersInput, 'notes'>> {
  readonly said: readonly MemberSource[]
}

async function readScope(
  { checkout }: Flags,
  { host, about: { about, release } }: MembersContext,
): Promise<Result<Scope>> {
  if (checkout === undefined) return accept({ said: [], notes: [] })
  const commit = about.kind === 'commit' ? about.commit : (release?.sourceRevision ?? '')
  const tracked = await host.readTrackedFiles(checkout, commit)
  if (!tracked.ok) return tracked
  const { tree, files, others } = tracked.value
  const scope = { tree, manifest: digestSet(files), files: files.length }
  return accept({
    said: membersOfFlags({ scope }, { scope: '--checkout' }),
    notes: [
      `The scope is ${countOf(files.length, 'file')} of the commit ${commit}`,
      ...(others.length === 0
        ? []
        : [
            `Without a line in the manifest: ${countOf(others.length, 'path')}, links and submodules`,
          ]),
    ],
  })
}
