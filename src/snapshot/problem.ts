import type { Problem } from '../core/index.ts'
import type { YamlProblem } from '../yaml/index.ts'

/** What is wrong with a file that a build is made from, or with a document about them. */
export type SnapshotProblem = Problem<
  | YamlProblem['code']
  /** The baseline is not a document of its schema, or contradicts itself. */
  | 'snapshot/baseline'
  /** The file is not a snapshot, or says something that its own facts do not give. */
  | 'snapshot/document'
  /** A line of an environment contract is not `NAME=value`. */
  | 'snapshot/env-line'
  /** A build input is not what its name says: a workflow, a compose file, a blueprint of another shape. */
  | 'snapshot/input-shape'
  /** A lockfile has a digest that is malformed, cut or of an unknown algorithm. */
  | 'snapshot/lockfile-digest'
  /** An entry of a lockfile lacks what it must have, or contradicts another one. */
  | 'snapshot/lockfile-entry'
  /** The lockfile can not be read in the format that its name says. */
  | 'snapshot/lockfile-syntax'
  /** The lockfile is of a format version that is not known; it is never half read. */
  | 'snapshot/lockfile-version'
  /** The text is not a package URL. */
  | 'snapshot/purl'
>
