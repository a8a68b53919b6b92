// Statements that others made and signed, read in place in the public corpora.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isInTotoPayloadType, parseBundle } from '../../src/bundle/index.ts'
import {
  encodeStatement,
  parsePredicate,
  parseStatement,
  predicateNameOf,
} from '../../src/statement/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'

interface Attestations {
  readonly attestations: readonly { readonly bundle: unknown }[]
}
interface Found {
  readonly file: string
  readonly bundle: Uint8Array
}

const NPM_PUBLISH = 'v0.1 npm-publish'

const text = (...path: string[]) => readFileSync(join(...path), 'utf8')
const bytesOf = (json: unknown) => Buffer.from(JSON.stringify(json))
const filesOf = (folder: string, end: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(end))

/** Each bundle in the answers of a registry, which end in `.tgz.attestations.json` or `.tgz.json`. */
const attestationsIn = (folder: string, end: string): Found[] =>
  filesOf(folder, end).flatMap((file) =>
    (JSON.parse(text(folder, file)) as Attestations).attestations.map(({ bundle }) => ({
      file,
      bundle: bytesOf(bundle),
    })),
  )

const READERS: Readonly<Record<string, (folder: string) => Found[]>> = {
  'slsa-verifier': (folder) => [
    ...attestationsIn(folder, '.tgz.json'),
    ...filesOf(folder, '.intoto.jsonl').map((file) => ({
      file,
      bundle: readFileSync(join(folder, file)),
    })),
  ],
  'npm-provenance': (folder) => attestationsIn(folder, '.attestations.json'),
  'sigstore-conformance': (folder) =>
    (JSON.parse(text(folder, 'cases.json')) as { bundle: string }[]).map(({ bundle }) => ({
      file: bundle,
      bundle: readFileSync(join(folder, bundle)),
    })),
  'cpython-releases': (folder) =>
    text(folder, 'cases.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { version, bundle } = JSON.parse(line) as { version: string; bundle: unknown }
        return { file: version, bundle: bytesOf(bundle) }
      }),
}

/** `version predicate` of the statement in a bundle, once it was written again as it was. */
function readingOf({ file, bundle }: Found): string {
  const read = parseBundle(bundle)
  if (!read.ok) return 'malformed bundle'
  if (read.value.content.kind === 'message') return 'signature of an artifact'
  const { payloadType, payload } = read.value.content.envelope
  if (!isInTotoPayloadType(payloadType)) return payloadType
  const statement = parseStatement(payload, { versions: ['v1', 'v0.1'] })
  if (!statement.ok) throw new Error(`${file}: ${JSON.stringify(statement.problems)}`)
  const again = encodeStatement(statement.value)
  expect(JSON.parse(Buffer.from(again).toString())).toEqual(
    JSON.parse(Buffer.from(payload).toString()),
  )
  expect(parseStatement(again, { versions: ['v1', 'v0.1'] })).toEqual(statement)
  const { version, predicateType, predicate } = statement.value
  const known = parsePredicate(predicateType, predicate)
  if (!known.ok && predicateNameOf(predicateType) !== undefined)
    throw new Error(`${file}: ${JSON.stringify(known.problems)}`)
  return `${version} ${known.ok ? known.value.name : predicateType}`
}

const counted = (readings: readonly string[]) =>
  Object.fromEntries(
    [...Map.groupBy(readings, (reading) => reading)].map(([k, v]) => [k, v.length]),
  )

describe.each([
  ['slsa-verifier', { [NPM_PUBLISH]: 6, 'v0.1 provenance-v0.2': 11, 'v1 provenance': 3 }],
  ['npm-provenance', { [NPM_PUBLISH]: 4, 'v0.1 provenance-v0.2': 3, 'v1 provenance': 1 }],
  [
    'sigstore-conformance',
    { 'v1 provenance': 14, 'signature of an artifact': 50, 'malformed bundle': 6 },
  ],
  ['cpython-releases', { 'signature of an artifact': 81 }],
])('the statements of %s', (name, expected) => {
  const folder = findCorpus(name)
  it.skipIf(folder === undefined)('are read, and written again as they were', () => {
    const readings = (READERS[name]?.(folder ?? '') ?? []).map(readingOf)
    reportCorpus(`${name} (statements)`, readings.length, 0)
    expect(counted(readings)).toEqual(expected)
  })
})
