// Two copies of one ledger: the first entry at which they part, found by their hashes, and what happened there.

import { accept, equalBytes, quote, type Result } from '../core/index.ts'
import { type LedgerEntry, isSameEntry } from './entry.ts'
import type { LedgerProblem } from './problem.ts'
import { type LedgerTree, readEarlier } from './tiles/reader.ts'
import { readEntries } from './tree/entries.ts'
import { type LeafRange, readRanges, splitOf } from './tree/range.ts'

/** What was done to the copy that is judged. */
export type LedgerChange = 'cut' | 'added' | 'dropped' | 'inserted' | 'reordered' | 'changed'

/**
 * Where two copies part.
 *
 * @example { index: 7, change: 'dropped', expected: { sha256: '9f86…', … }, found: { sha256: '1b4f…', … } }
 */
export interface LedgerDifference {
  /** Of the first entry that is not the same. */
  readonly index: number
  readonly change: LedgerChange
  /** What the copy that is known has there; absent behind its end. */
  readonly expected?: LedgerEntry
  /** What the copy that is judged has there; absent behind its end. */
  readonly found?: LedgerEntry
}

/**
 * Finds the first entry at which a copy differs from a known one; undefined where both are the same.
 *
 * It compares hashes: that they are of the entries, `auditTree` shows.
 *
 * A copy that only has more entries than the known one differs in what was `added` behind its end.
 */
export async function findFirstDifference(
  judged: LedgerTree,
  known: LedgerTree,
): Promise<Result<LedgerDifference | undefined, LedgerProblem>> {
  const index = await findFork(judged, known)
  if (!index.ok) return index
  const at = index.value
  if (at === judged.size && at === known.size) return accept(undefined)
  const found = await readFrom(judged, at)
  if (!found.ok) return found
  const expected = await readFrom(known, at)
  return expected.ok ? accept(describe(at, found.value, expected.value)) : expected
}

/** What the first entries of both rests tell: whether each is still there, further on in the other copy. */
function describe(
  index: number,
  judged: readonly LedgerEntry[],
  known: readonly LedgerEntry[],
): LedgerDifference {
  const [[found], [expected]] = [judged, known]
  if (found === undefined) return { index, change: 'cut', ...(expected && { expected }) }
  if (expected === undefined) return { index, change: 'added', found }
  const isKept = judged.some((entry) => isSameEntry(entry, expected))
  const isKnown = known.some((entry) => isSameEntry(entry, found))
  return { index, change: changeOf(isKept, isKnown), expected, found }
}

function changeOf(isKept: boolean, isKnown: boolean): LedgerChange {
  if (isKept) return isKnown ? 'reordered' : 'inserted'
  return isKnown ? 'dropped' : 'changed'
}

/**
 * A difference in words.
 *
 * @example 'entry 7 was dropped: expected the record "9f86…" of "staging__web__v1__1", found the record "1b4f…" of "ledger"'
 */
export function describeDifference({ index, change, expected, found }: LedgerDifference): string {
  const [wanted, there] = [expected, found].map(describeEntry)
  return `entry ${index} was ${change}: expected ${wanted}, found ${there}`
}

function describeEntry(entry: LedgerEntry | undefined): string {
  if (entry === undefined) return 'none'
  return `the record ${quote(entry.sha256)} of ${quote(entry.release)}`
}

/** How many entries both copies begin with. */
export async function findFork(
  a: LedgerTree,
  b: LedgerTree,
): Promise<Result<number, LedgerProblem>> {
  const size = Math.min(a.size, b.size)
  const [readA, readB] = [a, b].map((tree) => {
    return readRanges({ reader: readEarlier(tree), size })
  }) as [ReturnType<typeof readRanges>, ReturnType<typeof readRanges>]
  let common = 0
  let rest: LeafRange = { begin: 0, end: size }
  // The left half of what is left, as long as there is one: they part in it, or behind it.
  while (rest.begin < rest.end) {
    const width = rest.end - rest.begin
    const middle = rest.begin + splitOf(width)
    const left = { begin: rest.begin, end: middle }
    const [hashA, hashB] = [await readA(left), await readB(left)]
    if (!hashA.ok) return hashA
    if (!hashB.ok) return hashB
    if (equalBytes(hashA.value, hashB.value)) {
      common = middle
      rest = { begin: middle, end: rest.end }
    } else {
      // Of one entry there is no left half.
      if (width === 1) break
      rest = left
    }
  }
  return accept(common)
}

async function readFrom(
  tree: LedgerTree,
  begin: number,
): Promise<Result<readonly LedgerEntry[], LedgerProblem>> {
  const entries: LedgerEntry[] = []
  const read = await readEntries(tree, begin, (entry) => {
    entries.push(entry)
  })
  return read.ok ? accept(entries) : read
}
