// The provenance baseline: which files of a project count, by entry, as data. `policies/provenance-baseline.yaml` is ours;
// a project can have its own.

import * as z from 'zod/mini'
import { judge, parseBySchema, quote, type Result } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { parseWritten, placeBreach } from '../../yaml/index.ts'
import { INPUT_KINDS, type InputKind } from '../build-input.ts'
import type { SnapshotProblem } from '../problem.ts'
import { matchPath } from './path-pattern.ts'
import type { Membership } from './entry-state.ts'

const NAME = z.string().check(z.regex(/^[a-z][a-z0-9_]*$/))
const PATTERNS = z.readonly(z.array(z.string().check(z.minLength(1), z.maxLength(1_000))))

const PART = z.strictObject({
  name: NAME,
  kind: z.enum(INPUT_KINDS),
  paths: PATTERNS.check(z.minLength(1)),
})

const ENTRY = z.strictObject({
  id: z.string().check(z.regex(/^supply_chain\.[a-z][a-z0-9_]*$/)),
  scope: NAME,
  criticality: z.enum(['critical', 'high', 'medium', 'low']),
  parts: z.readonly(z.array(PART).check(z.minLength(1))),
})

/** The whole document; its JSON Schema is published as `schemas/provenance-baseline.json`. */
export const provenanceBaselineSchema = z.strictObject({
  schema: z.literal('assay/provenance-baseline/v1'),
  leaveOut: PATTERNS,
  entries: z.readonly(z.array(ENTRY).check(z.minLength(1))),
})

type BaselineDocument = z.infer<typeof provenanceBaselineSchema>

/** The document, and the digest of its bytes. */
export interface Baseline extends Readonly<Omit<BaselineDocument, 'schema'>> {
  readonly sha256: string
}

/** What a path is to the baseline. */
export type Selection =
  | { readonly state: 'counts'; readonly kind: InputKind; readonly membership: Membership }
  | { readonly state: 'left-out' }
  | { readonly state: 'unknown' }

/** Reads a baseline document; every member that is unknown or wrong is told with its line and column. */
export function parseBaseline(bytes: Uint8Array): Result<Baseline, SnapshotProblem> {
  const written = parseWritten(bytes, 'yaml')
  if (!written.ok) return written
  const document = written.value
  const parsed = parseBySchema(
    provenanceBaselineSchema,
    document.value,
    (breach): SnapshotProblem => ({
      code: 'snapshot/baseline',
      message: breach.message,
      at: placeBreach(document, breach),
    }),
  )
  if (!parsed.ok) return parsed
  const { leaveOut, entries } = parsed.value
  const problems = repeatedIds(entries.map(({ id }) => id))
  return judge({ leaveOut, entries, sha256: digestBytes('sha256', bytes) }, problems)
}

/** How each path of a project counts: the first part whose pattern it matches, in the order of the document. */
export function buildSelector(baseline: Baseline): (path: string) => Selection {
  const isLeftOut = matchPath(baseline.leaveOut)
  const parts = baseline.entries.flatMap(({ id, parts }) =>
    parts.map(({ name, kind, paths }) => ({
      matches: matchPath(paths),
      selection: { state: 'counts', kind, membership: { entry: id, part: name } } as const,
    })),
  )
  return (path) => {
    const part = parts.find(({ matches }) => matches(path))
    if (part === undefined) return { state: 'unknown' }
    return isLeftOut(path) ? { state: 'left-out' } : part.selection
  }
}

/** Where a file belongs that no pattern names but another file uses: the first part of its kind. */
export function membershipOfKind(baseline: Baseline, kind: InputKind): Membership | undefined {
  for (const { id, parts } of baseline.entries) {
    const part = parts.find((candidate) => candidate.kind === kind)
    if (part !== undefined) return { entry: id, part: part.name }
  }
  return undefined
}

function repeatedIds(ids: readonly string[]): SnapshotProblem[] {
  return ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => ({
      code: 'snapshot/baseline',
      message: `Expected each entry once, found ${quote(id)} twice`,
    }))
}
