// Families whose members a person or a program writes down: nothing of them is made here but digests.

import type { Command } from '@stricli/core'
import type { RecordFamily } from '../../../policy/index.ts'
import type { RunContext } from '../../context.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'

function writtenCommand(
  family: RecordFamily,
  brief: string,
  description: readonly string[],
): Command<RunContext> {
  return familyCommand<WrittenFlags>({
    family,
    brief,
    description: [
      ...description,
      '',
      `The members of the document are those of docs/predicates/${family}.md.`,
    ],
    flags: writtenFlags(family),
    readMembers: (flags, context) => readWritten(flags, context, { family }),
  })
}

const RELEASE =
  '--release-id staging__render_staging_rollout__v1.2.0__4711-1 --phase pre-deploy-candidate'
const SIGNED = '  --key ci.key.pem --trust trust.json --ledger ledger'

/** `assay record tracking` */
export const tracking = writtenCommand('tracking', 'What a release is known by, from its build', [
  `Example: assay record tracking ${RELEASE} --set dist`,
  '  --from tracking.yaml --digest-of snapshot=snapshot.json --digest-of innerManifest=inner-manifest.json',
  SIGNED,
])

/** `assay record attestation` */
export const attestation = writtenCommand(
  'attestation',
  'Which provenance and SBOM a release has',
  [
    'The bundles that it names by digest lie in the ledger; lists that are empty are written as [].',
    '',
    `Example: assay record attestation ${RELEASE}`,
    '  --digest-of innerManifest=inner-manifest.json --digest-of provenance=provenance.sigstore.json',
    '  --digest-of sboms=sbom.sigstore.json',
    SIGNED,
  ],
)

/** `assay record rollback` */
export const rollback = writtenCommand('rollback', 'The release that one would go back to', [
  `Example: assay record rollback ${RELEASE}`,
  '  --from rollback.yaml --digest-of preparation=docs/runbook.md',
  SIGNED,
])

/** `assay record canary` */
export const canary = writtenCommand('canary', 'How a canary of a release went', [
  `Example: assay record canary ${RELEASE} --from canary.yaml`,
  SIGNED,
])

/** `assay record certification` */
export const certification = writtenCommand(
  'certification',
  'What a release was certified for, with its results',
  [
    `Example: assay record certification ${RELEASE}`,
    '  --from certification.yaml --digest-of configuration=matrix.json',
    SIGNED,
  ],
)

/** `assay record incident` */
export const incident = writtenCommand('incident', 'An incident, from its trigger to its end', [
  'A later record of the same incident adds what is known by then; the cause, the corrective action and a',
  'passing re-run together close it.',
  '',
  `Example: assay record incident ${RELEASE} --from incident.yaml`,
  SIGNED,
])
