// A file that others wrote, held against the records that name it: what lies in a folder says nothing by itself.

import type { JsonValue } from '../../core/index.ts'
import type { Evidence } from '../../policy/index.ts'

/**
 * What a file is: `bound`, accepted evidence names these very bytes under this path; `loose`, none names the path; `absent`, it is not
 * there; `unreadable`, it is there and can not be read, or is a document that is none; `changed`, evidence names other bytes;
 * `contradicted`, accepted evidence names several.
 */
export type ReportStanding =
  | 'bound'
  | 'loose'
  | 'absent'
  | 'unreadable'
  | 'changed'
  | 'contradicted'

/** A file, as far as anybody answers for it. */
export interface Report {
  /** From the top of the project, as evidence spells it. */
  readonly path: string
  /** Of the bytes that were read, lower-case hex. */
  readonly sha256?: string
  readonly standing: ReportStanding
  /** The accepted evidence that stands and names the path; where it is `bound`, all of it names these bytes. */
  readonly boundBy: readonly Evidence[]
  /** Of a file named `….json` that could be read; whoever believes it has looked at `standing`. */
  readonly content?: JsonValue
  /** Why it is unreadable. */
  readonly reason?: string
}

/** A path that nobody looked at is of no file. */
export function reportAt(reports: ReadonlyMap<string, Report>, path: string): Report {
  return reports.get(path) ?? { path, standing: 'absent', boundBy: [] }
}
