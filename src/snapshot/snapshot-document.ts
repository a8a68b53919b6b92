// The snapshot as a JSON document, `assay/snapshot/v1`, and back. What it states is computed again on reading: a document
// whose pins, states or order disagree with its own facts is refused.

import * as z from 'zod/mini'
import {
  accept,
  compareCodePoints,
  encodeUtf8,
  type JsonObject,
  LIMITS,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import { pinsOf } from './baseline/entry-state.ts'
import { type BuildInput, INPUT_KINDS, REFERENCE_KINDS } from './build-input.ts'
import type { Dependency, Lockfile } from './dependency.ts'
import { pinStateOfInput } from './collection/input-pin.ts'
import { PIN_STATES } from './pin-state.ts'
import type { SnapshotProblem } from './problem.ts'
import type { Snapshot } from './snapshot.ts'
import { SOURCE_SCHEMA, sourceState } from './source.ts'

/** The `schema` member of the document. */
export const SNAPSHOT_SCHEMA = 'assay/snapshot/v1'

const TEXT = z.string()
const TEXTS = z.array(TEXT)
const SHA256 = TEXT.check(z.regex(/^[0-9a-f]{64}$/))
const LINE = z.int().check(z.minimum(1))
const PIN = z.enum(PIN_STATES)

const DEPENDENCY = z.strictObject({
  id: TEXT,
  purl: TEXT.check(z.startsWith('pkg:')),
  name: TEXT,
  version: z.exactOptional(TEXT),
  ecosystem: z.enum(['cargo', 'composer', 'gem', 'golang', 'maven', 'npm', 'nuget', 'pypi']),
  digests: z.array(
    z.strictObject({
      algorithm: z.enum(['berry-zip', 'dirHash', 'md5', 'sha1', 'sha256', 'sha384', 'sha512']),
      value: TEXT.check(z.regex(/^[0-9a-f]+$/)),
      of: z.exactOptional(TEXT),
    }),
  ),
  registry: z.exactOptional(TEXT),
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('registry'), url: z.exactOptional(TEXT) }),
    z.strictObject({ kind: z.literal('git'), url: TEXT, commit: z.exactOptional(TEXT) }),
    z.strictObject({ kind: z.literal('url'), url: TEXT }),
    z.strictObject({ kind: z.enum(['file', 'link']), path: TEXT }),
    z.strictObject({ kind: z.literal('workspace'), path: z.exactOptional(TEXT) }),
    z.strictObject({ kind: z.literal('bundled'), within: TEXT }),
  ]),
  relationship: z.enum(['direct', 'transitive', 'unknown']),
  dev: z.boolean(),
  optional: z.boolean(),
  peer: z.boolean(),
  locked: z.strictObject({ path: TEXT, line: LINE }),
  dependsOn: TEXTS,
})

const LOCKFILE = z.strictObject({
  path: TEXT,
  kind: TEXT,
  dependencies: z.array(DEPENDENCY),
  floating: z.array(z.strictObject({ name: TEXT, requirement: TEXT, line: LINE })),
})

const INPUT = z.strictObject({
  path: TEXT,
  kind: z.enum(INPUT_KINDS),
  sha256: SHA256,
  size: z.int().check(z.minimum(0)),
  pinState: PIN,
  references: z.array(
    z.strictObject({
      kind: z.enum(REFERENCE_KINDS),
      name: TEXT,
      version: z.exactOptional(TEXT),
      digest: z.exactOptional(
        z.strictObject({ algorithm: z.enum(['gitCommit', 'sha256', 'sha512']), value: TEXT }),
      ),
      pinState: PIN,
      line: LINE,
      variables: z.exactOptional(TEXTS),
    }),
  ),
  uses: z.exactOptional(TEXTS),
  missing: z.exactOptional(TEXTS),
  unreadable: z.exactOptional(
    z.array(z.strictObject({ code: TEXT, message: TEXT, at: TEXT })).check(z.minLength(1)),
  ),
  names: z.exactOptional(TEXTS),
  lockedBy: z.exactOptional(TEXT),
  asksForNothing: z.exactOptional(z.literal(true)),
})

const PINS = z.enum([...PIN_STATES, 'nothing-found'])

/** The whole document; its JSON Schema is published as `schemas/snapshot.json`. */
export const snapshotDocumentSchema = z.strictObject({
  schema: z.literal(SNAPSHOT_SCHEMA),
  source: SOURCE_SCHEMA,
  baselineSha256: SHA256,
  inputs: z.array(INPUT),
  lockfiles: z.array(LOCKFILE),
  entries: z.array(
    z.strictObject({
      id: TEXT,
      scope: TEXT,
      criticality: z.enum(['critical', 'high', 'medium', 'low']),
      control: z.strictObject({
        pins: PINS,
        // A snapshot knows of no record: only verified ones can say more.
        review: z.literal('not-reviewed'),
        attestation: z.literal('not-attested'),
      }),
      parts: z.array(z.strictObject({ name: TEXT, paths: TEXTS, pins: PINS })),
    }),
  ),
  leftOut: TEXTS,
})

/** The snapshot as a document: checked against its own schema, and with every member in the schema's order. */
export function buildSnapshotDocument(snapshot: Snapshot): JsonObject {
  return snapshotDocumentSchema.parse({ schema: SNAPSHOT_SCHEMA, ...snapshot })
}

/** The document's bytes: two spaces of indent, one newline at the end. */
export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  return encodeUtf8(`${JSON.stringify(buildSnapshotDocument(snapshot), null, 2)}\n`)
}

/** Reads a snapshot document; `snapshot/document` says where it is not one. */
export function parseSnapshot(bytes: Uint8Array): Result<Snapshot, SnapshotProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.inputBytesMax })
  if (!json.ok) return refuse({ ...json.problems[0], code: 'snapshot/document' })
  const parsed = snapshotDocumentSchema.safeParse(json.value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refuse({
      code: 'snapshot/document',
      message: `Expected a document of schema "${SNAPSHOT_SCHEMA}", found another value`,
      at: `/${(issue?.path ?? []).map(String).join('/')}`,
    })
  }
  const { schema: _, ...snapshot } = parsed.data
  const contradiction = findContradiction(snapshot)
  if (contradiction === undefined) return accept(snapshot)
  return refuse({
    code: 'snapshot/document',
    message: `Expected what the snapshot's own facts give, found another ${contradiction}`,
  })
}

/** The first statement of the document that its facts do not give. */
function findContradiction({
  source,
  inputs,
  lockfiles,
  entries,
  leftOut,
}: Snapshot): string | undefined {
  if (source.state !== 'absent' && source.state !== sourceState(source))
    return 'state of the source'
  if (!isSorted(inputs.map(({ path }) => path))) return 'order of the inputs'
  if (!isSorted(lockfiles.map(({ path }) => path))) return 'order of the lockfiles'
  if (!isSorted(leftOut)) return 'order of what was left out'
  const byPath = new Map(inputs.map((input) => [input.path, input]))
  const locked = new Map(lockfiles.map((lockfile) => [lockfile.path, lockfile]))
  for (const input of inputs) {
    const found = contradictionOfInput(input, locked.get(input.path))
    if (found !== undefined) return found
  }
  for (const lockfile of lockfiles) {
    if (byPath.get(lockfile.path)?.kind !== 'lockfile') return `kind of ${quote(lockfile.path)}`
    const ids = lockfile.dependencies.map(({ id }: Dependency) => id)
    if (!isSorted(ids)) return `order of what ${quote(lockfile.path)} locks`
  }
  for (const { id, control, parts } of entries) {
    const files = parts.map(({ paths, pins }) => {
      const known = paths.flatMap((path) => byPath.get(path) ?? [])
      return { known, agrees: known.length === paths.length && pins === pinsOf(known) }
    })
    const all = files.flatMap(({ known }) => known)
    if (files.some(({ agrees }) => !agrees) || control.pins !== pinsOf(all)) {
      return `pin state of ${quote(id)}`
    }
  }
  return undefined
}

function contradictionOfInput(
  input: BuildInput,
  lockfile: Lockfile | undefined,
): string | undefined {
  if (input.kind === 'lockfile' && lockfile === undefined) return `content of ${quote(input.path)}`
  const agrees = input.pinState === pinStateOfInput(input, lockfile)
  return agrees ? undefined : `pin state of ${quote(input.path)}`
}

/** Strictly ascending by code points: sorted, and each once. */
function isSorted(texts: readonly string[]): boolean {
  return texts.every((text, index) => {
    const before = texts[index - 1]
    return before === undefined || compareCodePoints(before, text) < 0
  })
}
