// A requirement of evidence: what was selected, what of it supports the requirement, and what speaks against the release.

import {
  type Check,
  combineOutcomes,
  countOf,
  groupChecks,
  type Outcome,
} from '../../core/index.ts'
import type { Evidence } from '../evidence.ts'
import { OPPOSING } from '../opposing.ts'
import type { PolicyCode } from '../problem.ts'
import type { EvidenceRequirement } from '../requirement/requirement.ts'
import { describeConditions } from './described-requirement.ts'
import { describeSelection } from './described-selection.ts'
import { type EvidenceIndex, scopeOf } from './evidence-index.ts'
import { countOccasions } from './occasions.ts'
import type { RequirementContext, UnfitPiece } from './finding.ts'
import { judgeLeftOut } from './piece/left-out.ts'
import {
  describePiece,
  isOther,
  type JudgedPiece,
  judgeOpposingPiece,
  judgePiece,
} from './piece/piece.ts'

/** What came of the evidence for one requirement. */
export interface EvidenceOutcome {
  readonly outcome: Outcome
  readonly code?: PolicyCode
  readonly expected: string
  readonly found: string
  readonly checks: readonly Check[]
  readonly selected: readonly Evidence[]
  readonly supporting: readonly Evidence[]
  readonly against: readonly Evidence[]
  readonly unfit: readonly UnfitPiece[]
}

/** Pieces that are shown one by one; of more, their number is told. */
const SHOWN_MAX = 50

/** Nothing selected is `missing`, never accepted; what was refused and not made up for speaks against the release. */
export function judgeEvidence(
  requirement: EvidenceRequirement,
  index: EvidenceIndex,
  context: RequirementContext,
): EvidenceOutcome {
  const selected = index.select(requirement.select, context)
  const judged = selected
    .filter((piece) => !index.isOvertaken(piece) && !isIdle(piece))
    .map((piece) => judgePiece(piece, requirement, context))
  const supporting = judged.filter(({ reasons }) => reasons.length === 0)
  const leftOut = selected.length > 0 ? [] : index.leftOut(requirement.select, context)
  const refused = judged.filter(({ piece }) => isRefused(piece))
  const { least = 1, external } = requirement
  const count = countSupport(piecesOf(supporting), requirement)
  const { outcome, code } = decide(requirement, { judged, supporting, refused, count })
  // Of what is accepted, what did not take part in it is no reason.
  const shown = outcome === 'accepted' ? supporting : refused.length > 0 ? refused : judged
  // With nothing, what lies outside would only be unverified: so what is there and does not fit is worse than that.
  const against = external === true ? judged.filter(({ reasons }) => reasons.length > 0) : refused
  return {
    outcome,
    ...(code !== undefined && { code }),
    expected: describeExpected(`${least === 1 ? 'one' : least} accepted`, requirement),
    found: describeFound(requirement, {
      selected: selected.length,
      count,
      refused: refused.length,
      leftOut: leftOut.length,
    }),
    checks: showPieces(shown),
    selected,
    supporting: piecesOf(supporting),
    against: piecesOf(against),
    unfit:
      outcome === 'accepted'
        ? []
        : unfitOf([
            ...shown.filter(({ reasons }) => reasons.length > 0),
            ...leftOut.map((piece) => judgeLeftOut(piece, requirement.select)),
          ]),
  }
}

/**
 * Evidence of which none may be there. It counts whatever it comes to, and where it can not be judged. About what nobody knows, it is
 * `missing`: taking away what says which commit a release was built from would hide what is known of that commit.
 */
export function judgeAbsence(
  requirement: EvidenceRequirement,
  index: EvidenceIndex,
  context: RequirementContext,
): EvidenceOutcome {
  const selected = index.select(requirement.select, context)
  const found = selected
    .filter((piece) => isLasting(piece) || !index.isOvertaken(piece))
    .map((piece) => judgeOpposingPiece(piece, requirement, context))
    .filter((judged) => !isOther(judged))
  const { least = 1 } = requirement
  const sure = found.filter(({ reasons }) => reasons.length === 0)
  const unknown = unknownSubject(requirement.select, context)
  const absent = unknown === undefined ? 'accepted' : 'missing'
  const outcome = found.length < least ? absent : sure.length < least ? 'error' : 'rejected'
  const against = found.length < least ? [] : found
  return {
    outcome,
    ...(outcome !== 'accepted' && {
      code: outcome === 'missing' ? 'policy/evidence-missing' : 'policy/evidence-forbidden',
    }),
    expected: describeExpected(`fewer than ${least}`, requirement),
    found: unknown ?? `${found.length} of ${countOf(selected.length, 'piece')}`,
    checks: against.slice(0, SHOWN_MAX).map(({ piece, reasons }): Check => {
      const parts = reasons.length > 0 ? { checks: reasons } : {}
      const facts = { outcome, code: 'policy/evidence-forbidden' } as const
      return { name: 'evidence', message: describePiece(piece), ...facts, ...parts }
    }),
    selected,
    supporting: [],
    against: piecesOf(against),
    unfit: unfitOf(against),
  }
}

/** Before there is a release, nothing is about it, and the commit that the next one would be built from is all that is known. */
function unknownSubject(
  { about = 'set' }: EvidenceRequirement['select'],
  { release, commit }: RequirementContext,
): string | undefined {
  if (commit !== undefined || (about !== 'commit' && release !== undefined)) return undefined
  return about === 'commit' ? 'no commit that is known' : 'neither a release nor a commit'
}

/** What else speaks against a release can be made good. */
function isLasting({ family }: Evidence): boolean {
  return OPPOSING.some((one) => one.family === family && one.isLasting)
}

/** What is accepted counts, whatever else is said of it. */
function isIdle({ isAside, computed }: Evidence): boolean {
  return isAside === true && computed.outcome !== 'accepted'
}

function isRefused({ computed: { outcome } }: Evidence): boolean {
  return outcome === 'rejected' || outcome === 'error'
}

interface Weighed {
  readonly judged: readonly JudgedPiece[]
  readonly supporting: readonly JudgedPiece[]
  readonly refused: readonly JudgedPiece[]
  readonly count: number
}

interface Decision {
  readonly outcome: Outcome
  readonly code?: PolicyCode
}

function decide(
  { least = 1, external }: EvidenceRequirement,
  { judged, supporting, refused, count }: Weighed,
): Decision {
  if (refused.length > 0) {
    const outcome = combineOutcomes(refused.map(({ piece }) => piece.computed))
    return { outcome, code: 'policy/evidence-against' }
  }
  const outcomes = judged.map(({ reasons }) => outcomeOf(reasons))
  if (outcomes.includes('error')) return { outcome: 'error', code: 'policy/expression' }
  if (count >= least) return { outcome: 'accepted' }
  // Were it missing with some of it and unverified with none, taking that away would help.
  if (external === true && supporting.length === judged.length) {
    return { outcome: 'unverified', code: 'policy/evidence-external' }
  }
  if (judged.length === 0) return { outcome: 'missing', code: 'policy/evidence-missing' }
  if (supporting.length > 0) return { outcome: 'missing', code: 'policy/evidence-short' }
  // What comes nearest says what is left to do.
  const nearest = (['stale', 'missing'] as const).find((outcome) => outcomes.includes(outcome))
  return { outcome: nearest ?? 'rejected', code: 'policy/evidence-unfit' }
}

function outcomeOf(reasons: readonly Check[]): Outcome {
  return reasons.length === 0 ? 'accepted' : combineOutcomes(reasons)
}

function countSupport(
  supporting: readonly Evidence[],
  { distinct, apart }: EvidenceRequirement,
): number {
  if (apart !== undefined) return countOccasions(supporting, apart)
  if (distinct === undefined) return supporting.length
  return new Set(supporting.map(({ signer }) => signer.principal)).size
}

/** What is asked for, and what has to hold in it. */
function describeExpected(count: string, requirement: EvidenceRequirement): string {
  const held = describeConditions(requirement.holds ?? [])
  const conditions = held.length === 0 ? '' : `, in which ${held.join(' and ')}`
  return `${count}: ${describeSelection(requirement)}${conditions}`
}

function unfitOf(judged: readonly JudgedPiece[]): readonly UnfitPiece[] {
  return judged.slice(0, SHOWN_MAX).map(({ piece, reasons }) => {
    const { sha256, index, family, predicateType, signer } = piece
    const { name, kind } = signer
    const scope = scopeOf(piece)
    return {
      ...{ sha256, index, kind: family ?? predicateType, signer: { name, kind }, reasons },
      ...(typeof scope === 'string' && { scope }),
    }
  })
}

function piecesOf(judged: readonly JudgedPiece[]): readonly Evidence[] {
  return judged.map(({ piece }) => piece)
}

function showPieces(judged: readonly JudgedPiece[]): readonly Check[] {
  return judged.slice(0, SHOWN_MAX).map(({ piece, reasons }) => {
    const message = describePiece(piece)
    if (reasons.length > 0) return groupChecks('evidence', message, reasons)
    return { name: 'evidence', outcome: 'accepted', message, found: piece.computed.status }
  })
}

interface Counts {
  readonly selected: number
  readonly count: number
  readonly refused: number
  readonly leftOut: number
}

function describeFound(
  { distinct, apart }: EvidenceRequirement,
  { selected, count, refused, leftOut }: Counts,
): string {
  if (selected === 0) {
    return leftOut === 0 ? 'nothing' : `nothing but ${countOf(leftOut, 'piece')} left out`
  }
  const noun = distinct !== undefined ? 'principal' : apart !== undefined ? 'occasion' : undefined
  const supporting = noun === undefined ? `${count}` : `those of ${countOf(count, noun)}`
  const opposing = refused === 0 ? '' : `, ${refused} against`
  return `${countOf(selected, 'piece')}, ${supporting} supporting${opposing}`
}
