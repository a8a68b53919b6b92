// How old a trusted root is: there may be a newer one, and nothing offline can tell.

import { countOf, encodeTimestamp, type Instant } from '../../core/index.ts'
import { judgeRoot, type NamedRoot, PUBLIC_GOOD_ROOTS } from '../../trust/index.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** When a public root was published to us; of any other one, since when its newest member is believed. */
export function describeAge(root: Pick<NamedRoot, 'digest' | 'root'>, now: Instant): string {
  const published = PUBLIC_GOOD_ROOTS.get(root.digest)
  if (published !== undefined) {
    return `the public-good root of ${published}${daysAgo(Date.parse(published), now)}`
  }
  const newest = Math.max(...judgeRoot(root.root, now).map(({ start }) => start))
  return `its newest member is of ${encodeTimestamp(newest)}${daysAgo(newest, now)}`
}

/** The age of the newest public root that is built in. */
export function describeBuiltIn(now: Instant): string {
  const published = [...PUBLIC_GOOD_ROOTS.values()].toSorted().at(-1) ?? ''
  return `the public-good root that is built in is of ${published}${daysAgo(Date.parse(published), now)}`
}

function daysAgo(instant: Instant, now: Instant): string {
  const days = Math.floor((now - instant) / DAY_MS)
  return days < 0 ? '' : `, ${countOf(days, 'day')} old`
}
