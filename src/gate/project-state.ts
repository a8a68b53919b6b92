// The state of a project: what all of its releases come to, and which release each gate is about.

import type { Registry } from '../policy/index.ts'
import type { ReleaseState } from './release-state.ts'

/** Everything that is counted. */
export interface ProjectState {
  readonly registry: Registry
  /** In the order of their first entries. */
  readonly releases: readonly ReleaseState[]
}

/** The newest tracked release of a gate that was not withdrawn: by the entry at which it came into use. */
export function currentReleaseOf(
  { releases }: Pick<ProjectState, 'releases'>,
  gate: string,
): ReleaseState | undefined {
  return releases.reduce<ReleaseState | undefined>(
    (newest, release) => (release.gate === gate && isNewer(release, newest) ? release : newest),
    undefined,
  )
}

/** True for a release that takes the place of the one that was the newest so far. */
function isNewer(release: ReleaseState, than: ReleaseState | undefined): boolean {
  return isStanding(release) && (release.usedFrom ?? -1) > (than?.usedFrom ?? -1)
}

/** Whether a gate is asked about it where nobody names one. */
export function isStanding({ isTracked, isWithdrawn }: ReleaseState): boolean {
  return isTracked && !isWithdrawn
}
