// Waivers of a release, held against what was required of it. A waiver never makes anything accepted; it is listed beside what it is about.

import { membersOf, type Outcome } from '../core/index.ts'
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
export interface HeldWaiver extends Waived {
  /** What the requirement stays, whatever the waiver says. */
  readonly outcome: Outcome
}

/** One that makes an exception of what nobody could verify. */
export interface UsedWaiver extends HeldWaiver {
  readonly outcome: 'unverified'
}

/** One that changes nothing: what is missing, rejected, stale or an error blocks all the same. */
export interface IneffectiveWaiver extends HeldWaiver {
  readonly outcome: Exclude<Outcome, 'accepted' | 'unverified'>
}

/** All waivers of a release. */
export interface WaiverFindings {
  readonly used: readonly UsedWaiver[]
  readonly ineffective: readonly IneffectiveWaiver[]
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
    findings.flatMap(withNeededParts).map(({ id, outcome }) => [id, outcome] as const),
  )
  const used: UsedWaiver[] = []
  const ineffective: IneffectiveWaiver[] = []
  const unused: Waived[] = []
  const idle: (Waived & { readonly status: string })[] = []
  for (const piece of all.filter((one) => !evidence.isOvertaken(one))) {
    const waived = readWaiver(piece)
    const { status, outcome } = piece.computed
    const found = open.get(waived.check)
    if (outcome !== 'accepted') idle.push({ ...waived, status })
    else if (found === undefined || found === 'accepted') unused.push(waived)
    else if (found === 'unverified') used.push({ ...waived, outcome: found })
    else ineffective.push({ ...waived, outcome: found })
  }
  return { used, ineffective, unused, idle }
}

function readWaiver({ sha256, predicate }: Evidence): Waived {
  const members = membersOf(predicate)
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

/** A requirement, and those of which all have to hold for it: each of them can be waived by its id. */
export function withNeededParts(finding: RequirementFinding): readonly RequirementFinding[] {
  const parts = 'all' in finding.requirement ? finding.parts : []
  return [finding, ...parts.flatMap(withNeededParts)]
}

/** Ruling 9: accepted, or `unverified` under an exception that is in force; no other outcome is made good. */
export function isGoodList(
  { findings }: { readonly findings: readonly RequirementFinding[] },
  exceptions: readonly Pick<UsedWaiver, 'check'>[],
): boolean {
  const isGood = ({ id, outcome, requirement, parts }: RequirementFinding): boolean =>
    outcome === 'accepted' ||
    (outcome === 'unverified' &&
      (exceptions.some(({ check }) => check === id) ||
        ('all' in requirement && parts.every(isGood))))
  return findings.length > 0 && findings.every(isGood)
}
