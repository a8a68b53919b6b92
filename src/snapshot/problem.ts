import type { Problem } from '../core/index.ts'

export type SnapshotProblem = Problem<
  | 'snapshot/lockfile-digest'
  | 'snapshot/lockfile-entry'
  | 'snapshot/lockfile-syntax'
  | 'snapshot/lockfile-version'
  | 'snapshot/purl'
>
