// What a record lacks that rests on other records of its release: the stages of the ladder that are open below it, and what a candidate has before it
// is deployed. The record itself is there, and is judged anew when they are.

import { type Check, quote } from '../../core/index.ts'
import {
  LINKABLE_FAMILIES,
  type LinkableFamily,
  PROMOTION_STAGES,
  type PromotionStage,
  type UnfitPiece,
} from '../../policy/index.ts'
import type { AskedEvidence } from './clearing-commands.ts'

/** What is lacking, and what is asked for because of it, in the order in which it is made. */
export interface LackingBelow {
  readonly words: readonly string[]
  readonly asked: readonly AskedEvidence[]
  /** Stages that nobody has entered: what enters them makes a record of the release good that says that it stands above them. */
  readonly stages: readonly PromotionStage[]
}

const ENTERING: Readonly<Record<PromotionStage, readonly AskedEvidence[]>> = {
  'build-complete': [{ family: 'tracking' }],
  'artifact-verified': [{ family: 'attestation' }],
  'artifact-signed-or-attested': [{ family: 'provenance' }],
  'candidate-tested': [{ family: 'test-result' }],
  'canary-approved': [{ family: 'approval', scope: 'canary' }],
  'production-approved': [{ family: 'approval', scope: 'rollout' }],
  'production-deployed': [{ family: 'deployment' }],
  'post-deploy-verified': [{ family: 'smoke' }],
}

/** By the reasons of what is there. */
export function lackingBelow(unfit: readonly UnfitPiece[]): LackingBelow {
  const checks = unfit.flatMap(({ reasons }) => reasons.flatMap(withChecks))
  const named = checks.flatMap(stagesIn)
  const stages = PROMOTION_STAGES.filter((stage) => named.includes(stage))
  const families = LINKABLE_FAMILIES.filter((family) =>
    checks.some(({ name, code }) => code === 'record/missing' && name === `${family}-before`),
  )
  return {
    stages,
    words: [
      ...(families.length === 0 ? [] : [`after records of the candidate: ${families.join(', ')}`]),
      ...(stages.length === 0
        ? []
        : [
            `after what the open stages of the ladder ask for, first ${quote(String(stages[0]))} (a person signs each approval and promotion)`,
          ]),
    ],
    asked: [...families.map(ofCandidate), ...stages.flatMap(entering)],
  }
}

function ofCandidate(family: LinkableFamily): AskedEvidence {
  return { family, phase: 'pre-deploy-candidate' }
}

/** Its own evidence; and where people do not approve it anyway, the word of a person, which a policy may ask for. */
function entering(stage: PromotionStage): readonly AskedEvidence[] {
  const own = ENTERING[stage]
  const isApproved = own.some(({ family }) => family === 'approval')
  return isApproved ? own : [...own, { family: 'promotion', enters: stage }]
}

/** `expected first canary-approved, production-approved`, or the stage that is open itself. */
function stagesIn({ name, code, expected = '' }: Check): readonly string[] {
  if (code === 'record/stage-order') return expected.replace(/^first /, '').split(', ')
  return code === 'record/stage-open' || code === 'record/awaiting-person' ? [name] : []
}

function withChecks(check: Check): readonly Check[] {
  if (check.outcome === 'accepted') return []
  return [check, ...(check.checks ?? []).flatMap(withChecks)]
}
