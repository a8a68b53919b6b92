// Blockers: what of a gate is not satisfied, each with its reason and with what would clear it. Nothing here is a sentence.

import type { Outcome } from '../core/index.ts'
import type {
  EvidenceRequirement,
  PoliciesRequirement,
  RequirementFinding,
  UnfitPiece,
} from '../policy/index.ts'
import type { GateSubject } from './gate-subject.ts'
import type { Judgement } from './judgement.ts'
import type { ListFinding, RequirementList } from './requirement-list.ts'
import type { HeldWaiver } from './waivers.ts'

/** What would clear a blocker. */
export type Clearing =
  /** Evidence that was made, signed, and appended or adopted. */
  | {
      readonly by: 'evidence'
      readonly requirement: EvidenceRequirement
      /** Whether there is none, too little, or such that does not support the requirement. */
      readonly lack: 'all' | 'more' | 'fit'
      readonly unfit: readonly UnfitPiece[]
    }
  /** What is forbidden is settled, or another release stands in its place. */
  | { readonly by: 'settling'; readonly against: readonly ForbiddenPiece[] }
  /** Policies that are there and in date. */
  | { readonly by: 'policies'; readonly ids: PoliciesRequirement['policies'] }
  /** Conditions that can be judged of what is there: where those stand that could not be. No evidence mends them. */
  | { readonly by: 'conditions'; readonly positions: readonly string[] }
  /** Enough of its parts. */
  | { readonly by: 'parts'; readonly parts: readonly ClearedPart[] }

/** A piece that must not be there, as it was asked for. */
export interface ForbiddenPiece {
  readonly select: EvidenceRequirement['select']
  readonly piece: UnfitPiece
}

/** A part that is not satisfied, and what would clear it. */
export interface ClearedPart {
  /** `<policy id>#<requirement id>`. */
  readonly id: string
  readonly clearing: Clearing
}

/** A requirement that is not satisfied. */
export interface Blocker {
  /** `<policy id>#<requirement id>`: a waiver of exactly this id is of this blocker. */
  readonly id: string
  readonly list: RequirementList
  readonly outcome: Exclude<Outcome, 'accepted'>
  /** With the whole reason. */
  readonly finding: RequirementFinding
  readonly clearing: Clearing
  /** What it is about. */
  readonly subject: GateSubject
  /** In force, of it or of the whole that it is a part of; never more than a word beside it. */
  readonly waiver?: HeldWaiver
}

/** Every blocker of a list, in the order of its requirements; of requirements that all have to hold, each one by itself. */
export function blockersOf(
  { list, findings }: Pick<ListFinding, 'list' | 'findings'>,
  { waivers, subject }: Pick<Judgement, 'waivers' | 'subject'>,
): readonly Blocker[] {
  const held = [...waivers.used, ...waivers.ineffective]
  return findings
    .flatMap((finding) => openParts(finding, []))
    .map(({ finding, ids }) => {
      const waiver = held.find(({ check }) => ids.includes(check))
      return {
        id: finding.id,
        list,
        // What is accepted was left out.
        outcome: finding.outcome as Blocker['outcome'],
        finding,
        clearing: clearingOf(finding),
        subject,
        ...(waiver !== undefined && { waiver }),
      }
    })
}

interface OpenPart {
  readonly finding: RequirementFinding
  /** Its own, and those of the wholes that it is a part of. */
  readonly ids: readonly string[]
}

/** A whole of which every part is accepted is a blocker by itself: the time of its policy is over. */
function openParts(finding: RequirementFinding, around: readonly string[]): readonly OpenPart[] {
  if (finding.outcome === 'accepted') return []
  const ids = [...around, finding.id]
  const parts = 'all' in finding.requirement ? finding.parts : []
  const open = parts.flatMap((part) => openParts(part, ids))
  return open.length > 0 ? open : [{ finding, ids }]
}

function clearingOf(finding: RequirementFinding): Clearing {
  const { requirement, policy, parts, selected, supporting, unfit, check } = finding
  const isOver = (check.checks ?? []).some(({ code }) => code === 'policy/policy-expired')
  if ('policies' in requirement) return { by: 'policies', ids: requirement.policies }
  if (isOver) return { by: 'policies', ids: [policy] }
  if ('none' in requirement) {
    const open = parts.filter(({ outcome }) => outcome !== 'accepted')
    if (open.every(isUnjudged)) return conditionsOf(open)
    return { by: 'settling', against: parts.flatMap(forbiddenOf) }
  }
  if ('select' in requirement) {
    if (isUnjudged(finding)) return conditionsOf([finding])
    const isSome = unfit.length === 0 && supporting.length > 0
    const isShort = isSome || check.code === 'policy/evidence-short'
    const lack = isShort ? 'more' : selected.length > 0 ? 'fit' : 'all'
    return { by: 'evidence', requirement, lack, unfit }
  }
  const open = parts.filter(({ outcome }) => outcome !== 'accepted')
  return { by: 'parts', parts: open.map((part) => ({ id: part.id, clearing: clearingOf(part) })) }
}

/** True where it is an expression that could not be judged, and nothing else. */
function isUnjudged({ outcome, check, unfit }: RequirementFinding): boolean {
  if (check.code === 'policy/expression') return true
  return (
    outcome === 'error' &&
    check.code === 'policy/evidence-forbidden' &&
    unfit.some(({ reasons }) => reasons.some(({ code }) => code === 'policy/expression'))
  )
}

function conditionsOf(findings: readonly RequirementFinding[]): Clearing {
  return { by: 'conditions', positions: findings.map(({ position }) => position) }
}

function forbiddenOf({ requirement, unfit }: RequirementFinding): readonly ForbiddenPiece[] {
  /* v8 ignore next -- only evidence is ever forbidden */
  if (!('select' in requirement)) return []
  const { select } = requirement
  return unfit.map((piece) => ({ select, piece }))
}
