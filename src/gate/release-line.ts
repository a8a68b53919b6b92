// The releases of one gate, or of one policy of requirements, in the order in which they came into use: the newest one that stands, and
// what is newer and stands no more, which nobody passes over in silence.

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
  /** The one that was named, whatever became of it; else the newest that stands. */
  readonly asked: () => AskedRelease | undefined
  /** That the newest one which stands is not the newest one. */
  readonly judgeFallback: () => Check | undefined
  /** That, of those of which none stands, one was built from this commit; or that nobody named the commit of the next one. */
  readonly judgeCandidate: (commit: string | undefined, isNamed: boolean) => Check | undefined
}

interface FallenRelease {
  readonly id: string
  readonly place: number
  readonly isWithdrawn: boolean
}

/** @param named the artifact set id of the only release that is asked about */
export function createReleaseLine(named?: string): ReleaseLine {
  let asked: AskedRelease | undefined
  let fallen: FallenRelease | undefined
  const built = new Map<string, FallenRelease>()
  return {
    add: ({ state, view, place, isStanding }) => {
      if (named !== undefined) {
        if (state.id === named) asked = { state, view, place: place ?? firstEntryOf(view) ?? 0 }
      } else if (place === undefined) return
      else if (isStanding) {
        if (place > (asked?.place ?? -1)) asked = { state, view, place }
      } else {
        const one = { id: state.id, place, isWithdrawn: state.isWithdrawn }
        if (place > (fallen?.place ?? -1)) fallen = one
        for (const commit of state.commits) built.set(commit, one)
      }
    },
    asked: () => asked,
    judgeFallback: () =>
      asked === undefined || fallen === undefined || fallen.place < asked.place
        ? undefined
        : passedOver(fallen, `nobody named the one before it, ${quote(asked.state.id)}`, {
            hint: `Name it: --release ${asked.state.id}`,
          }),
    judgeCandidate: (commit, isNamed) => {
      if (fallen === undefined || asked !== undefined) return undefined
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
        : passedOver(fallen, 'nobody named the commit of the next one', { hint })
    },
  }
}

/** Of a release that never came into use, and holds something: its first entry. */
export function firstEntryOf({ fold }: ReleaseView): number | undefined {
  return firstIndexOf([...fold.evidence.records, ...fold.evidence.materials])
}

/** A release that was named is decided about as it stands. */
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
  { id, isWithdrawn }: FallenRelease,
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
