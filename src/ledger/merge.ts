// Two ledgers that grew apart, as on two branches of git: what has to be appended to one of them so that it has all of both.

import { accept, judge, type Result, refuse } from '../core/index.ts'
import { findFork } from './difference.ts'
import type { LedgerEntry } from './entry.ts'
import { compareHeads } from './head/compare.ts'
import type { SignedHead } from './head/signed-head.ts'
import type { LedgerProblem } from './problem.ts'
import { claimRelease } from './release-version.ts'
import type { LedgerTree } from './tiles/reader.ts'
import { readEntries } from './tree/entries.ts'

/** A ledger, and the head that it has signed, if any. */
export interface MergeSide extends LedgerTree {
  readonly head?: SignedHead
}

/** How the two become one. */
export interface MergePlan {
  /** Entries that both begin with. */
  readonly common: number
  /**
   * Whose tiles and signed head stay as they are. Ours, unless theirs alone has a signed head over entries that ours does not have in
   * that place: what is signed is not reordered.
   */
  readonly base: 'ours' | 'theirs'
  /** What the base lacks, in the order in which the other has it. */
  readonly append: readonly LedgerEntry[]
}

/**
 * Plans a merge. Refused are two signed heads beyond the common entries, for that is a split view, and two sets for one version.
 */
export async function planMerge(
  ours: MergeSide,
  theirs: MergeSide,
): Promise<Result<MergePlan, LedgerProblem>> {
  for (const side of [ours, theirs]) {
    const checked = await checkHead(side)
    if (!checked.ok) return checked
  }
  const fork = await findFork(ours, theirs)
  if (!fork.ok) return fork
  const common = fork.value
  const isOursSigned = isSignedBeyond(common, ours)
  const isTheirsSigned = isSignedBeyond(common, theirs)
  if (isOursSigned && isTheirsSigned) return refuse(splitView(common))
  const [base, kept, other] =
    isTheirsSigned && !isOursSigned
      ? (['theirs', theirs, ours] as const)
      : (['ours', ours, theirs] as const)
  const missing = await findMissing(kept, other, common)
  return missing.ok ? accept({ common, base, append: missing.value }) : missing
}

/** A head that is not of its own ledger says nothing about what may be reordered. */
async function checkHead({ head, ...tree }: MergeSide): Promise<Result<undefined, LedgerProblem>> {
  if (head === undefined) return accept(undefined)
  const compared = await compareHeads(tree, head)
  if (!compared.ok) return compared
  const { code, message } = compared.value.check
  return code === undefined ? accept(undefined) : refuse({ code: 'ledger/head-differs', message })
}

function isSignedBeyond(common: number, { head }: MergeSide): boolean {
  return head !== undefined && head.size > common
}

/** What the other has behind the fork and the kept one has not, in the order of the other. */
async function findMissing(
  kept: LedgerTree,
  other: LedgerTree,
  common: number,
): Promise<Result<readonly LedgerEntry[], LedgerProblem>> {
  const sets = new Map<string, string>()
  const known = new Set<string>()
  const problems: LedgerProblem[] = []
  const missing: LedgerEntry[] = []
  const keptRead = await readEntries(kept, 0, (entry, index) => {
    claimRelease(sets, entry)
    if (index >= common) known.add(entry.sha256)
  })
  if (!keptRead.ok) return keptRead
  const otherRead = await readEntries(other, common, (entry) => {
    const conflict = claimRelease(sets, entry)
    if (conflict !== undefined) problems.push(conflict)
    if (!known.has(entry.sha256)) missing.push(entry)
  })
  return otherRead.ok ? judge(missing, problems) : otherRead
}

function splitView(common: number): LedgerProblem {
  return {
    code: 'ledger/split-view',
    message: `Cannot merge two ledgers that were both signed behind entry ${common}, where they part`,
    hint: 'Sign the head on one branch only; the two heads prove that two ledgers were shown',
  }
}
