// The state of a project: what all of its releases come to, and which release each gate is about.

import type { Registry } from '../policy/index.ts'
import type { GateSubject } from './gate-subject.ts'
import type { Answers, ReleaseState } from './release-state.ts'

/** Everything that is counted. */
export interface ProjectState {
  readonly registry: Registry
  /** In the order of their first entries. */
  readonly releases: readonly ReleaseState[]
  /** Of each commit that became no release, by what is judged of it for one gate or another. */
  readonly commits: readonly Answers[]
}

/** The newest tracked release of a gate that was not withdrawn: by the entry at which it came into use. */
export function currentReleaseOf(
  { releases }: Pick<ProjectState, 'releases'>,
  gate: string,
): ReleaseState | undefined {
  return releases
    .filter((release) => release.gate === gate)
    .filter(isStanding)
    .reduce<StandingRelease | undefined>(
      (newest, release) =>
        newest === undefined || release.usedFrom > newest.usedFrom ? release : newest,
      undefined,
    )
}

/** A release that is tracked, and so in use, and was not withdrawn. */
type StandingRelease = ReleaseState & { readonly usedFrom: number }

/** Whether a gate is about a release that stands no more: nothing that it asks for is fulfilled then, whatever there is of it. */
export function isAboutFallen(
  { releases }: Pick<ProjectState, 'releases'>,
  { release }: GateSubject,
): boolean {
  return releases.some((one) => one.id === release?.id && !isStanding(one))
}

/** Whether a gate is asked about it where nobody names one. */
export function isStanding(release: ReleaseState): release is StandingRelease {
  const { isTracked, usedFrom, isWithdrawn } = release
  return isTracked && usedFrom !== undefined && !isWithdrawn
}
