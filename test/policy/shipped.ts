// The shipped policies of release assurance, as files and as values that a test can change.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../.ci/checkout.ts'
import type { JsonValue } from '../../src/core/index.ts'
import { parsePolicies, type PolicyFile, type Registry } from '../../src/policy/index.ts'
import { parseWritten } from '../../src/yaml/index.ts'

const FOLDER = join(ROOT, 'policies/release-assurance')

export const SHIPPED: readonly PolicyFile[] = readdirSync(FOLDER, {
  recursive: true,
  encoding: 'utf8',
})
  .filter((name) => name.endsWith('.yaml') && !name.endsWith('.test.yaml'))
  .map((name) => ({ name, bytes: readFileSync(join(FOLDER, name)) }))

export function shippedRegistry(): Registry {
  return registryOf(SHIPPED)
}

export function registryOf(files: readonly PolicyFile[]): Registry {
  const registry = parsePolicies(files)
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems, null, 2))
  return registry.value
}

/** A document that a test may change: every member of it is what JSON has. */
export type Draft = Record<string, unknown> & { id: string }

const DRAFTS = SHIPPED.map(({ bytes }) => plain(valueOf(bytes)) as Draft)

/** All shipped documents by their ids, anew for each call. */
export function shippedDrafts(): Map<string, Draft> {
  return new Map(DRAFTS.map((draft) => [draft.id, structuredClone(draft)]))
}

function valueOf(bytes: Uint8Array): JsonValue {
  const written = parseWritten(bytes, 'yaml')
  if (!written.ok) throw new Error(JSON.stringify(written.problems))
  return written.value.value
}

function plain(value: JsonValue): unknown {
  return JSON.parse(JSON.stringify(value))
}

/** The drafts as files in JSON, each named by the id that it had. */
export function filesOf(drafts: ReadonlyMap<string, Draft>): readonly PolicyFile[] {
  return [...drafts].map(([id, draft]) => ({
    name: `${id}.json`,
    bytes: Buffer.from(JSON.stringify(draft, null, 2)),
  }))
}

/** What parsePolicies() says, in short: `accepted`, or each problem's code and message. */
export function judgeDrafts(drafts: ReadonlyMap<string, Draft>): readonly string[] | 'accepted' {
  const registry = parsePolicies(filesOf(drafts))
  return registry.ok
    ? 'accepted'
    : registry.problems.map(({ code, message }) => `${code} ${message}`)
}
