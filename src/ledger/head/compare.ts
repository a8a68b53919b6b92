// A ledger held against a head of it that was signed before: it must begin with the very same entries.

import { accept, type Check, encodeHex, equalBytes, quote, type Result } from '../../core/index.ts'
import { failed, passed } from '../check.ts'
import type { LedgerProblem } from '../problem.ts'
import { type LedgerTree, readEarlier } from '../tiles/reader.ts'
import { readHead, type TreeHead } from '../tree/head.ts'
import type { SignedHead } from './signed-head.ts'
import { isSplitView, proveSplitView, type SplitView } from './split-view.ts'

/** The verdict; where two signed heads contradict each other, the proof of it. */
export interface HeadComparison {
  readonly check: Check
  readonly splitView?: SplitView
}

const NAME = 'ledger-continues'

/**
 * Holds a ledger against an older head. A root tells that something differs; what, an older copy of the ledger tells.
 *
 * @param own the head that the ledger has itself: with it a contradiction becomes the proof of a split view
 * @returns a tile that is not there, or the verdict: cut, rewritten, split, or the older head continued
 */
export async function compareHeads(
  tree: LedgerTree,
  older: SignedHead,
  own?: SignedHead,
): Promise<Result<HeadComparison, LedgerProblem>> {
  if (tree.size < older.size) return accept({ check: cut(tree.size, older) })
  const reader = readEarlier(tree)
  const begun = await readHead(reader, older.size)
  if (!begun.ok) return begun
  const { root } = begun.value
  if (equalBytes(root, older.root)) {
    const message = `The ledger continues the head of ${older.size} entries`
    return accept({ check: passed(NAME, message, { found: `${tree.size} entries` }) })
  }
  if (own === undefined || own.size < older.size || own.size > tree.size) {
    return accept({ check: rewritten(begun.value, older) })
  }
  const proof = await proveSplitView({ reader }, older, own)
  if (!proof.ok) return proof
  const check = rewritten(begun.value, older)
  if (!isSplitView(proof.value)) return accept({ check })
  return accept({ check: split(older, own), splitView: proof.value })
}

function cut(size: number, older: SignedHead): Check {
  const message = `The end of the ledger is cut off: entry ${size} is the first that is not there`
  const facts = { expected: `at least ${older.size} entries`, found: `${size} entries` }
  return failed(NAME, 'rejected', 'ledger/tail-cut', message, facts)
}

function rewritten({ size, root }: TreeHead, older: SignedHead): Check {
  const message = `The first ${size} entries of the ledger are not those that were signed`
  return failed(NAME, 'rejected', 'ledger/rewritten', message, {
    expected: `the root ${encodeHex(older.root)}`,
    found: `the root ${encodeHex(root)}`,
    hint: 'An older copy of the ledger, as git has it, tells the first entry that differs',
  })
}

function split(older: SignedHead, own: SignedHead): Check {
  const message = `Two signed heads of ${quote(older.origin)} contradict each other`
  return failed(NAME, 'rejected', 'ledger/split-view', message, {
    expected: `a head that continues the root ${encodeHex(older.root)} of ${older.size} entries`,
    found: `the root ${encodeHex(own.root)} of ${own.size} entries, which does not`,
    hint: 'Keep both heads: together they prove that their signer showed two ledgers',
  })
}
