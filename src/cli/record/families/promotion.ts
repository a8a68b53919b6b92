// `assay record promotion`: a release enters a stage of its ladder.

import {
  type PolicyKind,
  PROMOTION_STAGES,
  type PromotionStage,
  type Stage,
  STAGES,
} from '../../../policy/index.ts'
import { OPTIONAL_TEXT } from '../../flags.ts'
import { familyCommand, readWritten, type WrittenFlags, writtenFlags } from '../family-command.ts'
import { membersOfFlags } from '../members/written-members.ts'
import { policiesOfRelease, referenceOf } from '../policy-input.ts'

/** Ruling 18: a promotion rests on the policies of these kinds, and on no others. */
const DEPENDENCIES: ReadonlySet<PolicyKind> = new Set<PolicyKind>([
  'attestation',
  'tracking',
  'smoke',
  'rollback',
  'promotion',
])

interface Flags extends WrittenFlags {
  readonly enters?: PromotionStage
  readonly fromStage?: Stage
  readonly toStage?: Stage
  readonly manualReference?: string
}

/** `assay record promotion` */
export const command = familyCommand<Flags>({
  family: 'promotion',
  brief: 'Which stage of its ladder a release enters',
  description: [
    'That the stage is reached is computed from its own evidence, and a manual one is entered by a person',
    'only. The policies that the promotion rests on are those of the target as they are now, by digest.',
    '',
    'Example: assay record promotion --release-id staging__render_staging_rollout__v1.2.0__4711-1 --phase pre-deploy-candidate',
    '  --enters candidate-tested --from-stage devnet --digest-of compatibilityMatrix=matrix.json',
    '  --key ci.key.pem --trust trust.json --ledger ledger',
  ],
  flags: {
    enters: {
      kind: 'enum',
      values: PROMOTION_STAGES,
      optional: true,
      brief: 'The stage that the release enters',
    },
    fromStage: { kind: 'enum', values: STAGES, optional: true, brief: 'Where it was before' },
    toStage: {
      kind: 'enum',
      values: STAGES,
      optional: true,
      brief: 'Where it is promoted to; else the stage of the release',
    },
    manualReference: {
      ...OPTIONAL_TEXT,
      placeholder: 'TEXT',
      brief: 'Where a person decided: a run, a ticket',
    },
    ...writtenFlags('promotion'),
  },
  readMembers: (flags, context) => {
    const { enters, fromStage, toStage, manualReference } = flags
    const { registry, header } = context
    const policies = policiesOfRelease(registry, header.release)
      .filter(({ kind }) => DEPENDENCIES.has(kind))
      .map(referenceOf)
    const options = { stage: enters, from: fromStage, to: toStage, manualReference }
    const names = { stage: '--enters', from: '--from-stage', to: '--to-stage' }
    return readWritten(flags, context, {
      family: 'promotion',
      said: membersOfFlags(options, names),
      defaults: {
        to: header.release?.deploymentStage,
        policies: policies.length > 0 ? policies : undefined,
      },
    })
  },
})
