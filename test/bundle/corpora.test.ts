import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isInTotoPayloadType, parseBundle } from '../../src/bundle/index.ts'
import { parseStatement, type StatementVersion } from '../../src/statement/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'

const conformance = findCorpus('sigstore-conformance')
const cpython = findCorpus('cpython-releases')
const npm = findCorpus('npm-provenance')

/** The cases whose fault is one of form, and what it is called. What is wrong with the others, no parser can see. */
const MALFORMED: Readonly<Record<string, string>> = {
  'bundle-empty-certificate-chain_fail': 'bundle/key-material',
  'bundle-invalid-base64-signature_fail': 'bundle/base64',
  'bundle-malformed-json_fail': 'bundle/json',
  'bundle-negative-log-index_fail': 'bundle/member',
  'bundle-unknown-version_fail': 'bundle/media-type',
  // Its altered time-stamp ends in base64 that has stray bits.
  'rekor2-timestamp-with-incorrect-time_fail': 'bundle/base64',
}

interface Case {
  readonly name: string
  readonly bundle: string
}

it.skipIf(conformance === undefined)('parseBundle() reads the conformance cases', () => {
  const folder = conformance ?? ''
  const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as Case[]
  const unexpected = cases.flatMap(({ name, bundle }) => {
    const read = parseBundle(readFileSync(join(folder, bundle)))
    const found = read.ok ? undefined : read.problems[0].code
    return found === MALFORMED[name] ? [] : [`${name}: ${found}`]
  })
  reportCorpus('sigstore-conformance (form)', cases.length, unexpected.length)
  expect(unexpected).toEqual([])
  expect(cases.length).toBeGreaterThan(0)
})

it.skipIf(cpython === undefined)('parseBundle() reads the bundles of CPython releases', () => {
  const lines = readFileSync(join(cpython ?? '', 'cases.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  const unexpected = lines.flatMap((line) => {
    const { version, bundle } = JSON.parse(line) as { version: string; bundle: unknown }
    const read = parseBundle(Buffer.from(JSON.stringify(bundle)))
    return read.ok && read.value.content.kind === 'message' ? [] : [version]
  })
  reportCorpus('cpython-releases (form)', lines.length, unexpected.length)
  expect(unexpected).toEqual([])
})

it.skipIf(npm === undefined).each([
  ['sigstore-0.4.0', ['v0.1', 'v0.1']],
  ['sigstore-2.3.1', ['v0.1', 'v1']],
] as const)('parseStatement() reads the statements of npm for %s', (name, versions) => {
  const file = join(npm ?? '', `${name}.tgz.attestations.json`)
  const { attestations } = JSON.parse(readFileSync(file, 'utf8')) as {
    attestations: { predicateType: string; bundle: unknown }[]
  }
  const found = attestations.map(({ predicateType, bundle }) => {
    const read = parseBundle(Buffer.from(JSON.stringify(bundle)))
    if (!read.ok || read.value.content.kind !== 'dsse') return read
    const { payloadType, payload } = read.value.content.envelope
    const accepted: readonly StatementVersion[] = ['v1', 'v0.1']
    const statement = parseStatement(payload, { versions: accepted })
    if (!statement.ok || !isInTotoPayloadType(payloadType)) return statement
    expect(statement.value.predicateType).toBe(predicateType)
    return statement.value.version
  })
  expect(found).toEqual(versions)
})
