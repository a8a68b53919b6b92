// The glance at a provenance and its schema agree: what the one lets through, the other accepts, and as the same value.

import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { type JsonObject, type JsonValue, parseJson } from '../../src/core/index.ts'
import { PROVENANCE_SCHEMA } from '../../src/statement/index.ts'
import { isPlainProvenance } from '../../src/statement/predicates/plain-provenance.ts'
import { eachChange } from '../changed-values.ts'

const PLAIN = {
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: { workflow: { ref: 'refs/tags/v1', path: 'r.yml' } },
    internalParameters: { github: { event_name: 'push' } },
    resolvedDependencies: [
      { uri: 'git+https://git.example/o/r@refs/tags/v1', digest: { gitCommit: 'c'.repeat(40) } },
      { name: 'package-lock.json', digest: { sha256: 'a'.repeat(64) } },
      {
        name: 'snapshot.json',
        digest: { sha256: 'b'.repeat(64) },
        mediaType: 'application/json',
      },
    ],
  },
  runDetails: {
    builder: { id: 'https://builder.example/1', version: { assay: '1.0.0' } },
    metadata: {
      invocationId: 'run/1',
      startedOn: '2026-04-10T12:00:00Z',
      finishedOn: '2026-04-10T12:01:00Z',
    },
  },
}

const ODD: readonly JsonValue[] = [
  null,
  true,
  7,
  '',
  'text',
  'HTTPS://Builder.example',
  '2026-02-30T00:00:00Z',
  [],
  ['text'],
  [{}],
  {},
  { id: 'https://x.example' },
  { sha256: 'short' },
  { unknown: 1 },
]

function read(value: JsonValue): JsonObject {
  const parsed = parseJson(JSON.stringify(value))
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value as JsonObject
}

describe('isPlainProvenance()', () => {
  it('lets through what builders write', () => {
    expect(isPlainProvenance(read(PLAIN))).toBe(true)
  })

  it('lets nothing through that the schema refuses, or reads as something else', () => {
    let plain = 0
    let refused = 0
    for (const changed of eachChange(PLAIN, ODD)) {
      if (typeof changed !== 'object' || changed === null || Array.isArray(changed)) continue
      const predicate = read(changed)
      const bySchema = z.safeParse(PROVENANCE_SCHEMA, predicate)
      if (!bySchema.success) refused++
      if (!isPlainProvenance(predicate)) continue
      plain++
      expect(bySchema.success, JSON.stringify(changed)).toBe(true)
      expect(bySchema.data).toEqual(predicate)
    }
    expect(plain).toBeGreaterThan(20)
    expect(refused).toBeGreaterThan(100)
  })
})
