// The provenance baseline: which files of a project count, by entry, as data. `policies/provenance-baseline.yaml` is ours;
// a project can have its own.

import * as z from 'zod/mini'
import { judge, quote, type Result } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { INPUT_KINDS, type InputKind } from '../build-input.ts'
import type { SnapshotProblem } from '../problem.ts'
import { parseYamlDocument } from '../yaml/yaml.ts'
import { type YamlNode, yamlItems, yamlMember } from '../yaml/yaml-node.ts'
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
  const root = parseYamlDocument(bytes)
  if (!root.ok) return root
  const parsed = provenanceBaselineSchema.safeParse(plainValue(root.value))
  if (!parsed.success) {
    return judge(
      undefined as never,
      parsed.error.issues.flatMap((issue) => schemaProblems(root.value, issue)),
    )
  }
  const { leaveOut, entries } = parsed.data
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

function schemaProblems(root: YamlNode, issue: z.core.$ZodIssue): SnapshotProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'snapshot/baseline',
      message: `Expected only known members, found ${quote(key)}`,
      at: positionOf(root, [...issue.path, key]),
    }))
  }
  const name = issue.path.join('.')
  return [
    {
      code: 'snapshot/baseline',
      message: `Cannot use ${name === '' ? 'the document' : quote(name)}: expected ${expectation(issue)}`,
      at: positionOf(root, issue.path),
    },
  ]
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected
  if (issue.code === 'invalid_value') return issue.values.map((value) => String(value)).join(', ')
  if (issue.code === 'invalid_format') return `text like ${issue.pattern ?? issue.format}`
  if (issue.code === 'too_small') return `at least ${issue.minimum}`
  return issue.code === 'too_big' ? `at most ${issue.maximum}` : 'another value'
}

/** `line 3, column 5` of the last step of the path that is there: of its key, where it has one. */
function positionOf(root: YamlNode, path: readonly PropertyKey[]): string {
  let node = root
  let at: { readonly line: number; readonly column: number } = root
  for (const step of path) {
    const next = typeof step === 'number' ? yamlItems(node)[step] : yamlMember(node, String(step))
    if (next === undefined) break
    at = (node.kind === 'map' ? node.keys.get(String(step)) : undefined) ?? next
    node = next
  }
  return `line ${at.line}, column ${at.column}`
}

function plainValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plainValue)
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, plainValue(value)]))
}
