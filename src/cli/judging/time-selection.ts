// Judging as of another time: what stood in the ledger then is known by heads that were signed by then, or by times that others vouch for.

import {
  type Check,
  countOf,
  encodeTimestamp,
  type Instant,
  parseTimestamp,
} from '../../core/index.ts'
import type { SignedHead } from '../../ledger/index.ts'
import type { LedgerItem } from '../../record/index.ts'

/** What is judged as of a time, and what is said of the rest. */
export interface TimeSelection {
  /** Of entries from this one on, nothing counts but what is selected, and none speaks against anything. */
  readonly end: number
  readonly select: (items: readonly LedgerItem[]) => readonly LedgerItem[]
  /** Once everything was selected. */
  readonly check: () => Check
}

/** What is known of when entries stood in the ledger. */
export interface KnownHeads {
  /** The head that was kept. */
  readonly kept: SignedHead
  /** The head that the ledger has itself. */
  readonly own: SignedHead | undefined
  /** Entries in all. */
  readonly size: number
  readonly now: Instant
  /** Whether a record does so by its own words. */
  readonly speaksAgainst: (item: LedgerItem) => boolean
}

const NAME = 'audit-time'

/** Clocks may differ by so much: a time that is no further off is now. */
const SKEW_MS = 5 * 60_000

/** Whether what is in the ledger is what stood in it then: at a time to come as well, for which there is nothing newer to ask. */
export function isNow(at: Instant, now: Instant): boolean {
  return at >= now - SKEW_MS
}

/**
 * Selects what stood in the ledger at a time, by its heads (A-72, ruling 34).
 *
 * The newest head that was signed by then decides, not the one that somebody chose to give: that one is the least that stood there. A head
 * of later shows of what it covers that it was there later, and not that it was not there before. What supports a release is left out then;
 * what speaks against it is not, if its signer says that it was there: testimony makes things worse, and never better.
 */
export function selectByHeads(
  at: Instant,
  { kept, own, size, now, speaksAgainst }: KnownHeads,
): TimeSelection {
  if (isNow(at, now)) return selectAll(at, { size, now })
  const heads = own === undefined ? [kept] : [kept, own]
  const then = heads.filter((head) => head.at !== undefined && head.at <= at)
  if (then.length === 0) return selectNothingKnown(at, kept)
  const placed = Math.max(...then.map((head) => head.size))
  const isFollowed = heads.some((head) => head.at !== undefined && head.at > at)
  const counted = new Set<number>()
  const unplaced = new Set<number>()
  return {
    end: isFollowed ? placed : size,
    select: (items) =>
      items.filter((item) => {
        const { index, judged } = item
        if (index < placed) return true
        if (judged.vouched.some((time) => time.at <= at)) counted.add(index)
        else if (judged.vouched.length > 0) return false
        else if (!isFollowed || (isDatedBy(at, item) && speaksAgainst(item))) unplaced.add(index)
        else return false
        return true
      }),
    check: () => {
      if (unplaced.size > 0) return tellUnplaced(at, placed, unplaced.size)
      const left = Math.max(0, size - placed - counted.size)
      const beside = counted.size === 0 ? '' : `, and ${counted.size} behind it by their times`
      return {
        name: NAME,
        outcome: 'accepted',
        message: `As of ${encodeTimestamp(at)}: the ${countOf(placed, 'record')} under the newest head of then${beside}`,
        found: `${left} behind it, left out`,
      }
    },
  }
}

/** By its signer. */
function isDatedBy(at: Instant, item: LedgerItem): boolean {
  const told = item.kind === 'record' ? parseTimestamp(item.reportedAt) : undefined
  return told?.ok === true && told.value <= at
}

function selectAll(at: Instant, { size, now }: Pick<KnownHeads, 'size' | 'now'>): TimeSelection {
  const when = at > now + SKEW_MS ? 'which is still to come' : 'which is now'
  const message = `As of ${encodeTimestamp(at)}, ${when}: all that the ledger has`
  return {
    end: size,
    select: (items) => items,
    check: () => ({ name: NAME, outcome: 'accepted', message, found: countOf(size, 'record') }),
  }
}

function selectNothingKnown(at: Instant, kept: SignedHead): TimeSelection {
  const check: Check = {
    name: NAME,
    outcome: 'error',
    code: 'cli/audit-time',
    message: 'What stood in the ledger at that time can not be judged by the head',
    expected: `a head that was signed at the latest ${encodeTimestamp(at)}`,
    found: kept.at === undefined ? 'no time' : encodeTimestamp(kept.at),
  }
  return { end: kept.size, select: (items) => items, check: () => check }
}

/** They may have been there, and so they speak; what comes of it is no word about that time. */
function tellUnplaced(at: Instant, placed: number, count: number): Check {
  return {
    name: NAME,
    outcome: 'error',
    code: 'cli/audit-time',
    message: `Whether all records were there at ${encodeTimestamp(at)} can not be judged`,
    expected: `a time that somebody vouches for, or a head, for what is behind entry ${placed}`,
    found: `${countOf(count, 'record')} without a vouched time`,
    hint: 'Sign the ledger with assay ledger checkpoint, and judge it as of that head, or as it is now, without --at',
  }
}

/** Selects by the times that others vouch for; a record without one may have been made at any time. */
export function selectByWitness(at: Instant): TimeSelection {
  // By their places: what is about a commit is read for every release of it.
  const unknown = new Set<number>()
  const later = new Set<number>()
  return {
    end: Number.POSITIVE_INFINITY,
    select: (items) =>
      items.filter(({ index, judged: { vouched } }) => {
        const isThen = vouched.some((time) => time.at <= at)
        if (!isThen) (vouched.length === 0 ? unknown : later).add(index)
        return isThen
      }),
    check: () => {
      const message = `As of ${encodeTimestamp(at)}`
      const found = `${countOf(later.size, 'record')} of later, left out`
      if (unknown.size === 0) return { name: NAME, outcome: 'accepted', message, found }
      return {
        name: NAME,
        outcome: 'error',
        code: 'cli/audit-time',
        message: `Whether all records were there at ${encodeTimestamp(at)} can not be judged`,
        expected: 'a time that somebody vouches for, or a head of the ledger from then',
        found: `${countOf(unknown.size, 'record')} without a vouched time`,
        hint: 'Give the last checkpoint from before that time with --head',
      }
    },
  }
}
