// A lockfile that is a tree (JSON, YAML): read strictly and whole, with the line of every object
// and array in it.

import type * as z from 'zod/mini'
import {
  accept,
  type CoreProblem,
  isJsonObject,
  type JsonObject,
  type JsonStarts,
  type JsonValue,
  judge,
  LIMITS,
  type Problem,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { stripCredentials } from '../address.ts'
import type { SnapshotProblem } from '../problem.ts'

/** The tree of one lockfile. */
export interface LockfileDocument {
  readonly path: string
  /** Objects without a prototype. */
  readonly root: JsonObject
  /** The line, from 1, on which an object or array of {@link root} begins. */
  readonly lineOf: (value: JsonValue | undefined) => number
}

/** What reads the text: the value, and where its parts begin. */
export type TreeReader = (
  bytes: Uint8Array,
  starts: JsonStarts,
) => Result<{ readonly value: JsonValue; readonly text: string }, CoreProblem | SnapshotProblem>

/** Reads strict JSON whose root is an object. */
export function parseJsonDocument(
  path: string,
  bytes: Uint8Array,
): Result<LockfileDocument, SnapshotProblem> {
  return parseDocument(path, bytes, readJson)
}

/** Reads a document with the given reader; its root must be an object. */
export function parseDocument(
  path: string,
  bytes: Uint8Array,
  read: TreeReader,
): Result<LockfileDocument, SnapshotProblem> {
  const starts: JsonStarts = new Map()
  const tree = read(bytes, starts)
  if (!tree.ok) return unreadable(path, tree.problems)
  const { value, text } = tree.value
  if (!isJsonObject(value)) {
    return unreadable(path, [])
  }
  const lineAt = indexLines(text)
  const lineOf = (part: JsonValue | undefined) =>
    lineAt(typeof part === 'object' && part !== null ? (starts.get(part) ?? 0) : 0)
  return accept({ path, root: value, lineOf })
}

/**
 * The document's members in the shape that its format gives them.
 *
 * @returns one `snapshot/lockfile-entry` for each member of another shape, with its line
 */
export function readShape<Schema extends z.ZodMiniType>(
  document: LockfileDocument,
  schema: Schema,
): Result<z.output<Schema>, SnapshotProblem> {
  return readPartShape(document, schema, { part: document.root, path: [] })
}

/** One part of the document in its shape: large lockfiles are shaped part by part, never copied whole. */
export function readPartShape<Schema extends z.ZodMiniType>(
  document: LockfileDocument,
  schema: Schema,
  { part, path }: { readonly part: JsonValue | undefined; readonly path: readonly string[] },
): Result<z.output<Schema>, SnapshotProblem> {
  const shaped = schema.safeParse(part)
  if (shaped.success) return accept(shaped.data)
  const problems = shaped.error.issues.map((issue): SnapshotProblem => {
    const expected = issue.code === 'invalid_type' ? issue.expected : 'another value'
    const place = [...path, ...issue.path]
    const member = stripCredentials(place.join(' > '))
    return {
      code: 'snapshot/lockfile-entry',
      message: `Cannot read the lockfile: expected ${expected} at ${quote(member)}`,
      at: `${document.path} line ${document.lineOf(nearest(document.root, place))}`,
    }
  })
  return judge(shaped.data as z.output<Schema>, problems)
}

/** The lines of the items of a list that is a member of the root; 1 for what is not there. */
export function itemLines(
  { root, lineOf }: LockfileDocument,
  member: string,
): (at: number) => number {
  const list = root[member]
  const items: readonly JsonValue[] = Array.isArray(list) ? list : []
  return (at) => lineOf(items[at])
}

/** Refuses a format version that this parser was not written for. */
export function unknownVersion(
  path: string,
  { found, known }: { readonly found: string; readonly known: string },
): Result<never, SnapshotProblem> {
  return refuse({
    code: 'snapshot/lockfile-version',
    message: `Cannot read ${quote(path)}: expected lockfile version ${known}, found ${quote(found)}`,
    at: path,
    hint: 'Write the lockfile again with a version of its tool that is listed, or update assay',
  })
}

/** A `snapshot/lockfile-syntax` problem. */
export function syntaxProblem(message: string, at?: string): SnapshotProblem {
  return { code: 'snapshot/lockfile-syntax', message, ...(at !== undefined && { at }) }
}

/** Refuses a text that is no document of its format. */
export function unreadable(
  path: string,
  because: readonly (CoreProblem | SnapshotProblem)[],
): Result<never, SnapshotProblem> {
  return refuse({
    code: 'snapshot/lockfile-syntax',
    message: `Cannot read ${quote(path)}: expected one object in the format of its name`,
    at: because[0]?.at === undefined ? path : `${path} ${because[0].at}`,
    ...(because.length > 0 && { because: because.map(withoutCredentials) }),
  })
}

/** A reader names the key that it found twice, and a key may be an address. */
function withoutCredentials<P extends Problem>(problem: P): P {
  return { ...problem, message: stripCredentials(problem.message) }
}

/** Gives the line, from 1, of an index into the text. */
export function indexLines(text: string): (index: number) => number {
  const ends: number[] = []
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) ends.push(end)
  return (index) => {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((ends[middle] ?? 0) < index) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}

const readJson: TreeReader = (bytes, starts) => {
  const parsed = parseJson(bytes, { bytesMax: LIMITS.inputBytesMax }, starts)
  // The strict reader has seen that the bytes are UTF-8.
  return parsed.ok ? accept({ value: parsed.value, text: new TextDecoder().decode(bytes) }) : parsed
}

/** The innermost object or array on the way to a member. */
function nearest(root: JsonObject, path: readonly PropertyKey[]): JsonValue {
  let part: JsonValue = root
  for (const key of path) {
    const next: JsonValue | undefined = (part as Record<PropertyKey, JsonValue | undefined>)[key]
    if (typeof next !== 'object' || next === null) break
    part = next
  }
  return part
}
