import type { Problem } from '../core/index.ts'

export type SnapshotProblem = Problem<
  | 'snapshot/baseline'
  | 'snapshot/document'
  | 'snapshot/env-line'
  | 'snapshot/input-shape'
  | 'snapshot/lockfile-digest'
  | 'snapshot/lockfile-entry'
  | 'snapshot/lockfile-syntax'
  | 'snapshot/lockfile-version'
  | 'snapshot/purl'
  | 'snapshot/yaml-alias'
  | 'snapshot/yaml-duplicate-key'
  | 'snapshot/yaml-syntax'
>
