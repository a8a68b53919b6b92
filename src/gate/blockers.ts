// Blockers: what of a gate is not satisfied, each with its reason and with what would clear it. Nothing here is a sentence.

import type { Outcome } from '../core/index.ts'
import type {
  EvidenceRequirement,
  PoliciesRequirement,
  RequirementFinding,
} from '../policy/index.ts'
import type { ListFinding, RequirementList } from './judge-gate.ts'
import type { Judgement } from './judgement.ts'
import type { UsedWaiver } from './waivers.ts'

/** What would clear a blocker. */
export type Clearing =
  /** Evidence that was made, signed, and appended or adopted. */
  | { readonly by: 'evidence'; readonly requirement: EvidenceRequirement }
  /** What speaks against the release is settled, or another release stands in its place. */
  | { readonly by: 'settling'; readonly against: readonly string[] }
  /** Policies that are there and in date. */
  | { readonly by: 'policies'; readonly ids: PoliciesRequirement['policies'] }
  /** Enough of its parts. */
  | { readonly by: 'parts'; readonly parts: readonly RequirementFinding[] }

/** A requirement that is not satisfied. */
export interface Blocker {
  /** `<policy id>#<requirement id>`. */
  readonly id: string
  readonly list: RequirementList
  readonly outcome: Exclude<Outcome, 'accepted'>
  /** With the whole reason. */
  readonly finding: RequirementFinding
  readonly clearing: Clearing
  /** In force, and never more than a word beside it. */
  readonly waiver?: UsedWaiver
}

/** Every blocker of a list, in the order of its requirements; of requirements that all have to hold, each one by itself. */
export function blockersOf(
  { list, findings }: ListFinding,
  { waivers }: Pick<Judgement, 'waivers'>,
): readonly Blocker[] {
  return findings.flatMap(openParts).map((finding) => {
    const waiver = waivers.used.find(({ check }) => check === finding.id)
    return {
      id: finding.id,
      list,
      // What is accepted was left out.
      outcome: finding.outcome as Blocker['outcome'],
      finding,
      clearing: clearingOf(finding),
      ...(waiver !== undefined && { waiver }),
    }
  })
}

/** A requirement that is waived as a whole is told as a whole. */
function openParts(finding: RequirementFinding): readonly RequirementFinding[] {
  if (finding.outcome === 'accepted') return []
  if ('all' in finding.requirement) return finding.parts.flatMap(openParts)
  return [finding]
}

function clearingOf({ requirement, against, parts }: RequirementFinding): Clearing {
  if ('policies' in requirement) return { by: 'policies', ids: requirement.policies }
  if (against.length > 0) return { by: 'settling', against }
  if ('select' in requirement) return { by: 'evidence', requirement }
  return { by: 'parts', parts }
}
