// What a build was made from: source, locked dependencies, build and rollout inputs, each by digest.

import type { BaselineEntryState } from './baseline/entry-state.ts'
import type { BuildInput } from './build-input.ts'
import type { Lockfile } from './dependency.ts'
import type { Source } from './source.ts'

/** One snapshot of one folder. Two runs over the same bytes make the same snapshot. */
export interface Snapshot {
  readonly source: Source
  /** SHA-256 of the baseline document that said which files count. */
  readonly baselineSha256: string
  /** Every file that counts, lockfiles among them, sorted by path (code points). */
  readonly inputs: readonly BuildInput[]
  /** What the lockfiles among the inputs lock, sorted by path. */
  readonly lockfiles: readonly Lockfile[]
  /** In the order of the baseline document. */
  readonly entries: readonly BaselineEntryState[]
  /** Files that would have counted but for an exclusion, sorted. */
  readonly leftOut: readonly string[]
}
