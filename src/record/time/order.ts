// What stood before what, and which word is the newer one: by the places in the ledger, and by the times that are told of both.

import type { Instant } from '../../core/index.ts'
import { onceFor } from '../once.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { SKEW_MAX_MS } from './reported-time.ts'
import { createNewestTimes, type NewestTimes, type Times } from './newest-times.ts'
import { instantOf } from './instant.ts'

type Placed = Pick<FoldedRecord, 'index' | 'judged'>
type Told = Placed & Pick<FoldedRecord, 'reportedAt'>
type Word = Told & Pick<FoldedRecord, 'id'>

/** The earliest time by which somebody else saw the signature; the verifier's own clock says nothing of it. */
export function vouchedTimeOf({ judged }: Pick<FoldedRecord, 'judged'>): Instant | undefined {
  return judged.source === 'timestamp' || judged.source === 'log' ? judged.at : undefined
}

/** True where the ledger has the first before the second, and no vouched times say otherwise. */
export function standsBefore(first: Placed, second: Placed): boolean {
  const early = vouchedTimeOf(first)
  const late = vouchedTimeOf(second)
  const isTimely = early === undefined || late === undefined || early <= late
  return first.index < second.index && isTimely
}

/**
 * True for a word that may stand in the place of an earlier one, or make up for it: it is appended later, and nothing shows that it is
 * older. Whoever has an older word can append it at any time, and needs no key for that.
 *
 * Both times are asked. What a signer reports can be any time before the signature, and a timestamp can be asked for at any time after.
 * So neither makes a word newer than its place in the ledger has it, and each can make it older.
 */
export function isNewer(word: Told, earlier: Told): boolean {
  return earlier.index < word.index && !isOlder(word, earlier)
}

/** True where one of the two times says that it was said before the other, wherever they stand. */
export function isOlder(word: Told, other: Told): boolean {
  const own = timesOf(word)
  const theirs = timesOf(other)
  return own.reported < theirs.reported || own.seen < (theirs.vouched ?? Number.NEGATIVE_INFINITY)
}

/**
 * Times of a record, read once. Seen: vouched for, or else as early as it may have been; so taking a timestamp away helps nobody. Of a
 * record that says a later time than that (no signature is older than its words), it is the same with a timestamp and without.
 */
const timesOf = onceFor((record: Told): Times => {
  const reported = instantOf(record.reportedAt)
  const vouched = vouchedTimeOf(record)
  const earliest = reported - SKEW_MAX_MS
  return { reported, vouched, seen: Math.max(vouched ?? earliest, earliest) }
})

/** The place after all of these, which what is not in the ledger yet would have among them. */
export function placeAfter(records: readonly Pick<Placed, 'index'>[]): number {
  return records.reduce((place, { index }) => Math.max(place, index + 1), 0)
}

/** The last of the words that stand in the place of this one: newer ones of its id. */
export function wordInPlaceOf<T extends Word>(word: Word, words: readonly T[]): T | undefined {
  if (word.id === undefined) return undefined
  return words.findLast((other) => other.id === word.id && isNewer(other, word))
}

/**
 * Those in whose place no other one stands. Of each id that is the last one; a word that is older than one before it stands in the place
 * of nothing, and then both do.
 *
 * @param words each at a place of its own
 */
export function standingWords<T extends Word>(words: readonly T[]): readonly T[] {
  const behind = new Map<string, NewestTimes>()
  const standing = new Set<T>()
  // From the end: whether one of those behind it is newer is known by their times alone, however many there are.
  for (const word of words.toSorted((a, b) => b.index - a.index)) {
    const newest = behind.get(word.id ?? '') ?? createNewestTimes()
    if (word.id === undefined || !newest.isAnyNewer(timesOf(word))) standing.add(word)
    if (word.id !== undefined) behind.set(word.id, newest)
    newest.add(timesOf(word))
  }
  return words.filter((word) => standing.has(word))
}

/** The newest of them: the last in the ledger, but for those that are older than one before them. */
export function newestOf<T extends Told>(records: readonly T[]): T | undefined {
  return records.reduce<T | undefined>(
    (newest, one) => (newest !== undefined && isOlder(one, newest) ? newest : one),
    undefined,
  )
}
