// What can be wrong with a report of advisories.

import type * as z from 'zod/mini'
import { type JsonValue, parseBySchema, type Result } from '../../core/index.ts'
import type { SnapshotProblem } from '../problem.ts'

/** The document by its schema, or every rule that it breaks. */
export function readReport<S extends z.ZodMiniType>(
  schema: S,
  document: JsonValue,
): Result<z.output<S>, SnapshotProblem> {
  return parseBySchema(schema, document, ({ message, at }) => ({
    code: 'snapshot/advisory-report',
    message,
    ...(at !== undefined && { at }),
  }))
}

/** Two places of a report that can not both be true. */
export function contradiction(expected: string, found: string, at: string): SnapshotProblem {
  return {
    code: 'snapshot/advisory-report-contradiction',
    message: `Expected what the report lists, ${expected}, found ${found}`,
    at,
  }
}
