import type { Problem } from '../core/index.ts'
import type { YamlProblem } from '../yaml/index.ts'

/** What is wrong with a file that a build is made from, or with a document about them. */
export type SnapshotProblem = Problem<
  | YamlProblem['code']
  /** The document is no audit of advisories, or states what its own facts do not come to. */
  | 'snapshot/advisory-audit'
  /** The registry of exceptions for advisories is not a document of its schema, or has two answers to one question. */
  | 'snapshot/advisory-exceptions'
  /** The snapshot has no lockfile, or more than one, that the report of advisories can be about. */
  | 'snapshot/advisory-lockfile'
  /** The document is no report of advisories in a form that is read here. */
  | 'snapshot/advisory-report'
  /** A report of advisories says of itself what its list does not show: it was changed, or is cut. */
  | 'snapshot/advisory-report-contradiction'
  /** The tool that was to report advisories failed, and wrote that instead. */
  | 'snapshot/advisory-report-failed'
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
