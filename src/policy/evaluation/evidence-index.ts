// Evidence, found by what requirements select: among ten thousand pieces, a requirement looks at those of its family, subject and definition.

import { compareCodePoints, isJsonObject } from '../../core/index.ts'
import type { Evidence } from '../evidence.ts'
import type { Selection } from '../requirement/selection.ts'
import type { EvidenceQuestion } from './finding.ts'
import { isExpectedSummary } from './piece/summary-piece.ts'

/** All evidence of a project as of one instant, ready to be selected from. */
export interface EvidenceIndex {
  /** Each piece once, in ledger order. */
  readonly select: (selection: Selection, question: EvidenceQuestion) => readonly Evidence[]
  /** What {@link select} would find too, were another signer or origin asked for. */
  readonly leftOut: (selection: Selection, question: EvidenceQuestion) => readonly Evidence[]
  /** True where accepted evidence made up for it. */
  readonly isOvertaken: (piece: Evidence) => boolean
}

/** In whatever order the pieces come. */
export function indexEvidence(evidence: readonly Evidence[]): EvidenceIndex {
  const found = new Map<string, Evidence[]>()
  const accepted = new Set<string>()
  for (const piece of withoutRepeats(evidence)) {
    if (piece.computed.outcome === 'accepted') accepted.add(piece.sha256)
    for (const key of keysOf(piece)) {
      const pieces = found.get(key)
      if (pieces === undefined) found.set(key, [piece])
      else pieces.push(piece)
    }
  }
  const near = (selection: Selection, question: EvidenceQuestion) => {
    const key = selectedKey(selection, question)
    const pieces = key === undefined ? undefined : found.get(key)
    return (pieces ?? []).filter((piece) => isOfSubject(piece, selection))
  }
  return {
    select: (selection, question) =>
      near(selection, question).filter((piece) => isOfSource(piece, selection)),
    leftOut: (selection, question) =>
      near(selection, question).filter((piece) => !isOfSource(piece, selection)),
    // Who says so may have been taken away since: then it is made up for no more. What is accepted needs nobody to make up for it.
    isOvertaken: ({ overtakenBy, computed }) =>
      computed.outcome !== 'accepted' && overtakenBy !== undefined && accepted.has(overtakenBy),
  }
}

/** what comes more than once is one piece, where the first of it stands; of those that differ, one that is not accepted counts. */
function withoutRepeats(evidence: readonly Evidence[]): readonly Evidence[] {
  const bySha256 = Map.groupBy(
    evidence.toSorted((a, b) => a.index - b.index),
    ({ sha256 }) => sha256,
  )
  return [...bySha256.values()].map(countedOf).toSorted(inLedgerOrder)
}

/** @param copies in ledger order */
function countedOf(copies: readonly Evidence[]): Evidence {
  const [first] = copies as readonly [Evidence]
  const refused = copies.find(({ computed }) => computed.outcome !== 'accepted')
  return refused === undefined ? first : { ...refused, index: first.index }
}

function inLedgerOrder(a: Evidence, b: Evidence): number {
  return a.index - b.index || compareCodePoints(a.sha256, b.sha256)
}

function keysOf(piece: Evidence): readonly string[] {
  const { family, predicateType, evidence, release, commit } = piece
  const kinds = [`type ${predicateType}`, ...(family === undefined ? [] : [`family ${family}`])]
  const subjects = [
    ...(release === undefined
      ? []
      : [`set ${release.id}`, `gate ${release.channel} ${release.target}`]),
    ...(commit === undefined ? [] : [`commit ${commit}`]),
  ]
  const definitions = ['', ...(evidence === undefined ? [] : [evidence])]
  return kinds.flatMap((kind) =>
    subjects.flatMap((subject) =>
      definitions.map((definition) => keyOf(kind, subject, definition)),
    ),
  )
}

/** Nothing, where there is no such subject. */
function selectedKey(selection: Selection, question: EvidenceQuestion): string | undefined {
  const { family, predicateType, evidence = '' } = selection
  const kind = family === undefined ? `type ${predicateType}` : `family ${family}`
  const subject = subjectOf(selection, question)
  return subject === undefined ? undefined : keyOf(kind, subject, evidence)
}

function subjectOf(
  { about = 'set' }: Selection,
  { release, commit }: EvidenceQuestion,
): string | undefined {
  if (about === 'commit') return commit === undefined ? undefined : `commit ${commit}`
  if (release === undefined) return undefined
  return about === 'set' ? `set ${release.id}` : `gate ${release.channel} ${release.target}`
}

function keyOf(...parts: readonly string[]): string {
  return parts.join('\n')
}

/** Kind, subject and evidence definition are what it was found by. */
function isOfSubject(piece: Evidence, selection: Selection): boolean {
  const { policy, phase, scope, stage } = selection
  return (
    (policy === undefined || piece.policy === policy) &&
    (phase === undefined || piece.phase === phase) &&
    (scope === undefined || scopeOf(piece) === scope) &&
    (stage === undefined || piece.stage === stage) &&
    isExpectedSummary(piece, selection)
  )
}

/** Who signed it, and on whose word it is live. */
function isOfSource(piece: Evidence, selection: Selection): boolean {
  const { origin } = selection
  return (
    (isBySigner(piece, selection) || isHeard(piece, selection)) &&
    (origin === undefined || piece.origin === origin)
  )
}

function isBySigner({ signer }: Evidence, { role, signerKind }: Selection): boolean {
  return (
    (role === undefined || signer.roles.includes(role)) &&
    (signerKind === undefined || signer.kind === signerKind)
  )
}

/** Whoever is asked for shows that something is well. That it is not, about evidence of a definition, is heard from everybody. */
function isHeard({ computed }: Evidence, { evidence }: Selection): boolean {
  return evidence !== undefined && (computed.outcome === 'rejected' || computed.outcome === 'error')
}

/** Of an approval: what its signer says that it allows. One of another scope is the answer to another question. */
export function scopeOf({ family, predicate }: Evidence): unknown {
  return family === 'approval' && isJsonObject(predicate) ? predicate['scope'] : undefined
}
