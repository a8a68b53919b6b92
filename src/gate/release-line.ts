// The releases of one gate, or of one policy of requirements, in the order in which they came into use: the newest one, whether it still
// stands, and the one before it that does. Nobody goes back behind one that stands no more in silence.

import { type Check, quote, refusedCheck } from '../core/index.ts'
import type { ReleaseView } from '../record/index.ts'
import type { GateCode } from './problem.ts'
import { firstIndexOf, type ReleaseState } from './release-state.ts'

/** A release that is asked about. */
export interface AskedRelease {
  readonly state: ReleaseState
  readonly view: ReleaseView
  /** The entry at which it came into use. */
  readonly place: number
}

/** One more release of the line. */
export interface LineRelease extends Omit<AskedRelease, 'place'> {
  /** Absent of one that never came into use. */
  readonly place: number | undefined
  /** Whether it is asked about where nobody names one. */
  readonly isStanding: boolean
}

/** Takes the releases of a line in any order. */
export interface ReleaseLine {
  readonly add: (release: LineRelease) => void
  /** The one that was named, whatever became of it; else the newest. Absent where none stands: then the next one is asked about. */
  readonly asked: () => AskedRelease | undefined
  /** That the newest one stands no more, and what to name for the one before it. */
  readonly judgeFallback: () => Check | undefined
  /** That, of those of which none stands, one was built from this commit; or that nobody named the commit of the next one. */
  readonly judgeCandidate: (commit: string | undefined, isNamed: boolean) => Check | undefined
}

/** @param named the artifact set id of the only release that is asked about */
export function createReleaseLine(named?: string): ReleaseLine {
  let standing: AskedRelease | undefined
  let fallen: AskedRelease | undefined
  const built = new Map<string, ReleaseState>()
  const fallenSince = () =>
    standing !== undefined && fallen !== undefined && fallen.place > standing.place
      ? { fallen, standing }
      : undefined
  return {
    add: ({ state, view, place, isStanding }) => {
      if (named !== undefined) {
        if (state.id === named) standing = { state, view, place: place ?? firstEntryOf(view) ?? 0 }
      } else if (place === undefined) return
      else if (isStanding) {
        if (place > (standing?.place ?? -1)) standing = { state, view, place }
      } else {
        if (place > (fallen?.place ?? -1)) fallen = { state, view, place }
        for (const commit of state.commits) built.set(commit, state)
      }
    },
    asked: () => fallenSince()?.fallen ?? standing,
    judgeFallback: () => {
      const found = fallenSince()
      if (found === undefined) return undefined
      const before = found.standing.state.id
      const hint = `Name the one before it: --release ${before}`
      const withdrawn = judgeUse(found.fallen.state)
      if (withdrawn !== undefined) return { ...withdrawn, hint }
      const words = `nobody named the one before it, ${quote(before)}`
      return passedOver(found.fallen.state, words, { hint })
    },
    judgeCandidate: (commit, isNamed) => {
      if (fallen === undefined || standing !== undefined) return undefined
      const same = commit === undefined ? undefined : built.get(commit)
      if (same?.isWithdrawn === true) return judgeUse(same)
      const hint = 'Name it: --commit COMMIT'
      if (same !== undefined) {
        return passedOver(same, 'the commit is the one that it was built from', {
          hint: `Ask about it: --release ${same.id}`,
        })
      }
      return isNamed
        ? undefined
        : passedOver(fallen.state, 'nobody named the commit of the next one', { hint })
    },
  }
}

/** Of a release that never came into use, and holds something: its first entry. */
export function firstEntryOf({ fold }: ReleaseView): number | undefined {
  return firstIndexOf([...fold.evidence.records, ...fold.evidence.materials])
}

/** A release that was withdrawn is decided about as it stands. */
export function judgeUse({
  id,
  isWithdrawn,
}: Pick<ReleaseState, 'id' | 'isWithdrawn'>): Check | undefined {
  if (!isWithdrawn) return undefined
  const message = 'The release was withdrawn'
  return refusedCheck<GateCode>('release-use', 'rejected', 'gate/release-withdrawn', message, {
    found: id,
  })
}

/** What makes a release stand no more makes nothing good. */
function passedOver(
  { id, isWithdrawn }: Pick<ReleaseState, 'id' | 'isWithdrawn'>,
  words: string,
  { hint }: { readonly hint: string },
): Check {
  const became = isWithdrawn ? 'was withdrawn' : 'is not adopted, or not any more'
  const message = `The newest release ${became}, and ${words}`
  return refusedCheck<GateCode>('release-fallback', 'missing', 'gate/release-fallback', message, {
    found: id,
    hint,
  })
}
