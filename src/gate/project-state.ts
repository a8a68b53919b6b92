// The state of a project: what all of its releases come to, and which release each gate is about.

import type { Registry } from '../policy/index.ts'
import type { ReleaseState } from './release-state.ts'

/** Everything that is counted. */
export interface ProjectState {
  readonly registry: Registry
  /** In the order of their first entries. */
  readonly releases: readonly ReleaseState[]
}

/** The newest tracked release of a gate that was not withdrawn: by the entry that it was first tracked at. */
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
function isNewer(
  { trackedAt, isWithdrawn }: ReleaseState,
  than: ReleaseState | undefined,
): boolean {
  return trackedAt !== undefined && !isWithdrawn && trackedAt > (than?.trackedAt ?? -1)
}
