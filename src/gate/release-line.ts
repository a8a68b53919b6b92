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
  /**
   * The one that was named, whatever became of it; else the newest. Absent where none stands, or where a commit was named that the newest was
   * not built from: then the next one is asked about.
   */
  readonly asked: () => AskedRelease | undefined
  /** That the newest one stands no more, and what to name for the one before it. */
  readonly judgeFallback: () => Check | undefined
  /** That a release was built from this commit; or that none stands, and nobody named the commit of the next one. */
  readonly judgeCandidate: (commit: string | undefined) => Check | undefined
}

/** What somebody asked about. */
export interface AskedSubject {
  /** The artifact set id of the only release that is asked about. */
  readonly release?: string
  /** The commit that is asked about, where it is not yet one of a release. */
  readonly commit?: string
}

/** A release, by a commit that it was built from. */
interface Built {
  readonly state: ReleaseState
  /** It came into use, and stands. */
  readonly isStanding: boolean
}

/** @param named what is asked about; else the newest release */
export function createReleaseLine(named: AskedSubject = {}): ReleaseLine {
  let standing: AskedRelease | undefined
  let fallen: AskedRelease | undefined
  const built = new Map<string, Built>()
  const fallenSince = () =>
    standing !== undefined && fallen !== undefined && fallen.place > standing.place
      ? { fallen, standing }
      : undefined
  return {
    add: ({ state, view, place, isStanding }) => {
      // One that is in the making is the next one.
      const isMade = place !== undefined || judgeUse(state) !== undefined
      for (const commit of isMade ? state.commits : []) {
        // What stands no more is held against its commit, whatever else was built from it.
        if (built.get(commit)?.isStanding !== false) built.set(commit, { state, isStanding })
      }
      if (named.release !== undefined) {
        if (state.id === named.release)
          standing = { state, view, place: place ?? firstEntryOf(view) ?? 0 }
      } else if (place === undefined) return
      else if (isStanding) {
        if (place > (standing?.place ?? -1)) standing = { state, view, place }
      } else {
        if (place > (fallen?.place ?? -1)) fallen = { state, view, place }
      }
    },
    asked: () => {
      const { release, commit } = named
      const newest = fallenSince()?.fallen ?? standing
      if (release !== undefined || commit === undefined) return newest
      return newest?.state.commits.includes(commit) === true ? newest : undefined
    },
    judgeFallback: () => {
      const found = fallenSince()
      if (found === undefined) return undefined
      const before = found.standing.state.id
      const hint = `Name the one before it: --release ${before}`
      const use = judgeUse(found.fallen.state)
      if (use !== undefined) return { ...use, hint }
      const words = `nobody named the one before it, ${quote(before)}`
      return passedOver(found.fallen.state, words, { hint })
    },
    judgeCandidate: (commit) => {
      const { state: same, isStanding } =
        (commit === undefined ? undefined : built.get(commit)) ?? {}
      if (same !== undefined) {
        const hint = `Ask about it: --release ${same.id}`
        return (
          judgeUse(same) ??
          (isStanding === true
            ? alreadyBuilt(same, { hint })
            : passedOver(same, 'the commit is the one that it was built from', { hint }))
        )
      }
      return fallen === undefined || named.commit !== undefined
        ? undefined
        : passedOver(fallen.state, 'nobody named the commit of the next one', {
            hint: 'Name it: --commit COMMIT',
          })
    },
  }
}

/** Of a release that never came into use, and holds something: its first entry. */
export function firstEntryOf({ fold }: ReleaseView): number | undefined {
  return firstIndexOf([...fold.evidence.records, ...fold.evidence.materials])
}

/** That a release was withdrawn, or that another one stands in its place. */
export function judgeUse({
  id,
  isWithdrawn,
  isSuperseded,
  said,
}: Pick<ReleaseState, 'id' | 'isWithdrawn' | 'isSuperseded' | 'said'>): Check | undefined {
  const found = { found: id, checks: said }
  if (isWithdrawn) {
    const message = 'The release was withdrawn'
    return refusedCheck<GateCode>(
      'release-use',
      'rejected',
      'gate/release-withdrawn',
      message,
      found,
    )
  }
  if (!isSuperseded) return undefined
  const message = 'Another release stands in the place of the release'
  return refusedCheck<GateCode>('release-use', 'stale', 'gate/release-superseded', message, found)
}

/** A commit of which there is a release is not that of the next one. */
function alreadyBuilt({ id }: ReleaseState, { hint }: { readonly hint: string }): Check {
  const message = 'A release was built from the commit, and it is not the newest one'
  return refusedCheck<GateCode>('release-commit', 'missing', 'gate/commit-released', message, {
    found: id,
    hint,
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
