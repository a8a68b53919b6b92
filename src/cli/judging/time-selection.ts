// Judging as of another time: what stood in the ledger then is known by a head that was signed by then, or by times that others vouch for.

import { type Check, countOf, encodeTimestamp, type Instant } from '../../core/index.ts'
import type { SignedHead } from '../../ledger/index.ts'
import type { LedgerItem } from '../../record/index.ts'

/** What is judged as of a time, and what is said of the rest. */
export interface TimeSelection {
  /** Entries from this one on are left out. */
  readonly end: number
  readonly select: (items: readonly LedgerItem[]) => readonly LedgerItem[]
  /** Once everything was selected. */
  readonly check: () => Check
}

const NAME = 'audit-time'

/** Selects what stood in the ledger at a time, by a head that was given. */
export function selectByHead(at: Instant, head: SignedHead, size: number): TimeSelection {
  const select = (items: readonly LedgerItem[]) => items
  const expected = `a head that was signed at the latest ${encodeTimestamp(at)}`
  if (head.at === undefined || head.at > at) {
    const found = head.at === undefined ? 'no time' : encodeTimestamp(head.at)
    const check: Check = {
      name: NAME,
      outcome: 'error',
      code: 'cli/audit-time',
      message: 'What stood in the ledger at that time can not be judged by the head',
      expected,
      found,
    }
    return { end: head.size, select, check: () => check }
  }
  const after = Math.max(0, size - head.size)
  const check: Check = {
    name: NAME,
    outcome: 'accepted',
    message: `As of ${encodeTimestamp(at)}: the ${countOf(head.size, 'record')} under the head that was given`,
    found: `${after} behind it, left out`,
  }
  return { end: head.size, select, check: () => check }
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
