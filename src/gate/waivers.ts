// Waivers of a release, held against what was required of it. A waiver never makes anything accepted; it is listed beside what it is about.

import { isJsonObject, type Outcome } from '../core/index.ts'
import type {
  Evidence,
  EvidenceIndex,
  RequirementContext,
  RequirementFinding,
} from '../policy/index.ts'

/** A waiver, and what its signer answers for. */
export interface Waived {
  readonly sha256: string
  /** `<policy id>#<requirement id>`. */
  readonly check: string
  readonly owner: string
  readonly reason: string
  readonly expires: string
}

/** A waiver in force, of a requirement that is not accepted. */
export interface UsedWaiver extends Waived {
  /** What the requirement stays, whatever the waiver says. */
  readonly outcome: Outcome
}

/** All waivers of a release. */
export interface WaiverFindings {
  readonly used: readonly UsedWaiver[]
  /** In force, and nothing asks for them. */
  readonly unused: readonly Waived[]
  /** Over, or signed by nobody who may waive. */
  readonly idle: readonly (Waived & { readonly status: string })[]
}

/** Sorts the waivers of the release in question by what they are of. */
export function findWaivers(
  findings: readonly RequirementFinding[],
  {
    subject: { release },
    evidence,
    now,
  }: {
    readonly subject: Pick<RequirementContext, 'release'>
    readonly evidence: EvidenceIndex
    readonly now: RequirementContext['now']
  },
): WaiverFindings {
  const all = release === undefined ? [] : evidence.select({ family: 'waiver' }, { release, now })
  const open = new Map(
    findings
      .filter(({ outcome }) => outcome !== 'accepted')
      .map(({ id, outcome }) => [id, outcome]),
  )
  const used: UsedWaiver[] = []
  const unused: Waived[] = []
  const idle: (Waived & { readonly status: string })[] = []
  for (const piece of all.filter((one) => !evidence.isOvertaken(one))) {
    const waived = readWaiver(piece)
    const { status, outcome } = piece.computed
    const found = open.get(waived.check)
    if (outcome !== 'accepted') idle.push({ ...waived, status })
    else if (found === undefined) unused.push(waived)
    else used.push({ ...waived, outcome: found })
  }
  return { used, unused, idle }
}

function readWaiver({ sha256, predicate }: Evidence): Waived {
  const members = isJsonObject(predicate) ? predicate : {}
  const text = (name: string) => {
    const value = members[name]
    return typeof value === 'string' ? value : ''
  }
  return {
    sha256,
    check: text('check'),
    owner: text('owner'),
    reason: text('reason'),
    expires: text('expires'),
  }
}

/** Ruling 9: accepted, or `unverified` under an exception that is in force; no other outcome is made good. */
export function isGoodList(
  { findings }: { readonly findings: readonly Pick<RequirementFinding, 'id' | 'outcome'>[] },
  exceptions: readonly Pick<UsedWaiver, 'check'>[],
): boolean {
  const isGood = ({ id, outcome }: Pick<RequirementFinding, 'id' | 'outcome'>) =>
    outcome === 'accepted' ||
    (outcome === 'unverified' && exceptions.some(({ check }) => check === id))
  return findings.length > 0 && findings.every(isGood)
}
