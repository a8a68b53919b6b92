// A ledger held against a head of it that was signed before: it must begin with the very same entries.

import {
  accept,
  type Check,
  countOf,
  encodeHex,
  equalBytes,
  quote,
  type Result,
} from '../../core/index.ts'
import { failed, passed } from '../check.ts'
import { describeDifference, findFirstDifference, type LedgerDifference } from '../difference.ts'
import type { LedgerProblem } from '../problem.ts'
import { type LedgerTree, readEarlier } from '../tiles/reader.ts'
import { readHead, type TreeHead } from '../tree/head.ts'
import type { SignedHead } from './signed-head.ts'
import { isSplitView, proveSplitView, type SplitView } from './split-view.ts'

/** The verdict, and what shows it to others. */
export interface HeadComparison {
  readonly check: Check
  /** Where two signed heads contradict each other: the proof of it. */
  readonly splitView?: SplitView
  /** The first entry that is not the one that was signed, where an older copy tells. */
  readonly difference?: LedgerDifference
}

/** What helps to tell more than that something differs. */
export interface ComparisonSources {
  /** The head that the ledger has itself: with it a contradiction becomes the proof of a split view. */
  readonly own?: SignedHead
  /** An older copy, as git has it. A root alone names no entry. */
  readonly copy?: LedgerTree
}

const NAME = 'ledger-continues'

/**
 * Holds a ledger against an older head.
 *
 * @returns a tile that is not there, or the verdict: cut, rewritten, split, or the older head continued
 */
export async function compareHeads(
  tree: LedgerTree,
  older: SignedHead,
  { own, copy }: ComparisonSources = {},
): Promise<Result<HeadComparison, LedgerProblem>> {
  const begun = await readBeginning(tree, older)
  if (!begun.ok) return begun
  if (isSameRoot(begun.value, older)) {
    const message = `The ledger continues the head of ${countOf(older.size, 'entry')}`
    return accept({ check: passed(NAME, message, { found: countOf(tree.size, 'entry') }) })
  }
  const found = await findDifference(tree, older, copy)
  if (!found.ok) return found
  const difference = found.value
  const facts = difference === undefined ? {} : { difference }
  if (begun.value === undefined) return accept({ check: cut(tree, older, difference), ...facts })
  const check = rewritten(begun.value, older, difference)
  if (own === undefined || own.size < older.size || own.size > tree.size) {
    return accept({ check, ...facts })
  }
  const proof = await proveSplitView({ reader: readEarlier(tree) }, older, own)
  if (!proof.ok) return proof
  if (!isSplitView(proof.value)) return accept({ check, ...facts })
  return accept({ check: split(older, own), splitView: proof.value, ...facts })
}

/** The head that the ledger had when it was as long as the older one; undefined where it is not so long. */
async function readBeginning(
  tree: LedgerTree,
  { size }: TreeHead,
): Promise<Result<TreeHead | undefined, LedgerProblem>> {
  return tree.size < size ? accept(undefined) : readHead(readEarlier(tree), size)
}

/** A copy that is not what was signed tells nothing. */
async function findDifference(
  tree: LedgerTree,
  older: SignedHead,
  copy: LedgerTree | undefined,
): Promise<Result<LedgerDifference | undefined, LedgerProblem>> {
  if (copy === undefined) return accept(undefined)
  const known = await readBeginning(copy, older)
  if (!known.ok || !isSameRoot(known.value, older)) return known.ok ? accept(undefined) : known
  return findFirstDifference(tree, { reader: readEarlier(copy), size: older.size })
}

function isSameRoot(head: TreeHead | undefined, older: SignedHead): boolean {
  return head !== undefined && equalBytes(head.root, older.root)
}

function cut({ size }: LedgerTree, older: SignedHead, difference?: LedgerDifference): Check {
  const message = `The end of the ledger is cut off: entry ${size} is the first that is not there`
  const expected = `at least ${countOf(older.size, 'entry')}`
  const found = difference === undefined ? countOf(size, 'entry') : describeDifference(difference)
  return failed(NAME, 'rejected', 'ledger/tail-cut', message, { expected, found })
}

function rewritten({ size, root }: TreeHead, older: SignedHead, first?: LedgerDifference): Check {
  const message = `The ledger does not begin with the ${countOf(size, 'entry')} that were signed`
  const expected = `the root ${encodeHex(older.root)}`
  if (first !== undefined) {
    const found = describeDifference(first)
    return failed(NAME, 'rejected', 'ledger/rewritten', message, { expected, found })
  }
  return failed(NAME, 'rejected', 'ledger/rewritten', message, {
    expected,
    found: `the root ${encodeHex(root)}`,
    hint: 'An older copy of the ledger, as git has it, tells the first entry that differs',
  })
}

function split(older: SignedHead, own: SignedHead): Check {
  const message = `Two signed heads of ${quote(older.origin)} contradict each other`
  return failed(NAME, 'rejected', 'ledger/split-view', message, {
    expected: `a head that continues the root ${encodeHex(older.root)} of ${countOf(older.size, 'entry')}`,
    found: `the root ${encodeHex(own.root)} of ${countOf(own.size, 'entry')}, which does not`,
    hint: 'Keep both heads: together they prove that their signer showed two ledgers',
  })
}
