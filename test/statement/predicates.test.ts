import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { type JsonObject, parseJson } from '../../src/core/index.ts'
import {
  CYCLONEDX_SCHEMA,
  parsePredicate,
  PREDICATE_TYPES,
  PROVENANCE_SCHEMA,
  PROVENANCE_V02_SCHEMA,
  RELEASE_SCHEMA,
  STATEMENT_SCHEMA,
  TEST_RESULT_SCHEMA,
  VERIFICATION_RESULT_SCHEMA,
  VERIFICATION_SUMMARY_SCHEMA,
  type PredicateName,
  testResultOf,
} from '../../src/statement/index.ts'

const SHA256 = 'a'.repeat(64)
/** Reads a predicate as it would come from a payload. */
function read(name: PredicateName, predicate: object) {
  const json = parseJson(JSON.stringify(predicate))
  if (!json.ok) throw new Error('not JSON')
  return parsePredicate(PREDICATE_TYPES[name], json.value as JsonObject)
}

function codesOf(name: PredicateName, predicate: object): string | string[] {
  const known = read(name, predicate)
  return known.ok ? 'accepted' : known.problems.map(({ code, at }) => `${code} ${at ?? ''}`.trim())
}

const PROVENANCE = {
  buildDefinition: {
    buildType: 'https://example.com/type/v1',
    externalParameters: { ref: 'main' },
  },
  runDetails: { builder: { id: 'https://example.com/builder' } },
}
const build = (members: object) => ({
  ...PROVENANCE,
  buildDefinition: { ...PROVENANCE.buildDefinition, ...members },
})
const run = (members: object) => ({
  ...PROVENANCE,
  runDetails: { ...PROVENANCE.runDetails, ...members },
})

describe('provenance', () => {
  it.each([null, '', {}, undefined])('reads %j as it reads what is not there', (empty) => {
    const predicate = {
      ...build({ internalParameters: empty, resolvedDependencies: empty && [] }),
      runDetails: {
        builder: { id: 'https://example.com/builder', version: empty },
        metadata: empty,
      },
    }
    expect(read('provenance', predicate)).toEqual(read('provenance', PROVENANCE))
  })

  it('says where the problem is', () => {
    expect(codesOf('provenance', run({ builder: { id: 'x' } }))).toEqual([
      'statement/uri /runDetails/builder/id',
    ])
  })

  it('keeps members that it does not know', () => {
    const known = read('provenance', { ...PROVENANCE, com_example: { x: [1] } })
    expect(known).toMatchObject({ ok: true, value: { value: { com_example: { x: [1] } } } })
  })

  it.each([
    ['no build type', 'member /buildDefinition/buildType', build({ buildType: null }), PROVENANCE],
    ['no builder', 'member /runDetails/builder/id', run({ builder: { id: '', x: 1 } }), PROVENANCE],
    ['no run', 'member /runDetails', { ...PROVENANCE, runDetails: {} }, PROVENANCE],
    [
      'a scheme in upper case',
      'uri /buildDefinition/buildType',
      build({ buildType: 'HTTPS://example.com' }),
      build({ buildType: 'https://example.com/UPPER' }),
    ],
    [
      'a time with another offset',
      'timestamp /runDetails/metadata/startedOn',
      run({ metadata: { startedOn: '2026-04-10T12:00:00+02:00' } }),
      run({ metadata: { startedOn: '2026-04-10T12:00:00Z' } }),
    ],
    [
      'a dependency that names nothing',
      'member /buildDefinition/resolvedDependencies/0',
      build({ resolvedDependencies: [{ name: 'x' }] }),
      build({ resolvedDependencies: [{ name: 'x', content: 'AQ==' }] }),
    ],
    [
      'a digest of a dependency in upper case',
      'digest /buildDefinition/resolvedDependencies/0/digest/sha256',
      build({ resolvedDependencies: [{ digest: { sha256: SHA256.toUpperCase() } }] }),
      build({ resolvedDependencies: [{ digest: { sha256: SHA256 } }] }),
    ],
    [
      'parameters that are no object',
      'member /buildDefinition/externalParameters',
      build({ externalParameters: 'x' }),
      build({ externalParameters: {} }),
    ],
  ])('with %s is refused (%s)', (_, code, refused, accepted) => {
    expect(codesOf('provenance', refused)).toEqual([`statement/${code}`])
    expect(codesOf('provenance', accepted)).toBe('accepted')
  })
})

const SUMMARY = {
  verifier: { id: 'https://example.com/verifier' },
  resourceUri: 'https://example.com/app-1.tgz',
  policy: { uri: 'https://example.com/policy' },
  verificationResult: 'PASSED',
  verifiedLevels: ['SLSA_BUILD_LEVEL_3', 'SLSA_SOURCE_LEVEL_4', 'SLSA_BUILD_REPRODUCED', 'ACME_OK'],
}

describe('verification summary', () => {
  it('tells no dependencies from no claim about them', () => {
    const levels = [{}, null, undefined].map((dependencyLevels) => {
      const known = read('vsa', { ...SUMMARY, dependencyLevels })
      return known.ok && known.value.name === 'vsa' && known.value.value.dependencyLevels
    })
    expect(levels).toEqual([{}, undefined, undefined])
  })

  it.each([
    ['a result of its own', 'member /verificationResult', { verificationResult: 'OK' }, {}],
    ['no levels', 'member /verifiedLevels', { verifiedLevels: null }, { verifiedLevels: [] }],
    ['FAILED in a pass', 'contradiction', { verifiedLevels: ['FAILED'] }, {}],
    [
      'a level in a failure',
      'contradiction',
      { verificationResult: 'FAILED', verifiedLevels: ['FAILED', 'SLSA_BUILD_LEVEL_1'] },
      { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] },
    ],
    [
      'two levels of one track',
      'contradiction /verifiedLevels',
      { verifiedLevels: ['SLSA_BUILD_LEVEL_1', 'SLSA_BUILD_LEVEL_UNEVALUATED'] },
      { verifiedLevels: ['SLSA_BUILD_LEVEL_1', 'SLSA_SOURCE_LEVEL_UNEVALUATED'] },
    ],
    [
      'a word that SLSA does not have',
      'member /verifiedLevels/0',
      { verifiedLevels: ['SLSA_BUILD_LEVEL_9'] },
      { verifiedLevels: ['ACME_BUILD_LEVEL_9'] },
    ],
    [
      'an attestation without digest',
      'member /inputAttestations/0/digest',
      { inputAttestations: [{ uri: 'https://example.com/a' }] },
      { inputAttestations: [{ digest: { sha256: SHA256 } }] },
    ],
    [
      'a digest of nothing',
      'digest /policy/digest',
      { policy: { ...SUMMARY.policy, digest: {} } },
      { policy: { ...SUMMARY.policy, digest: null } },
    ],
    [
      'a policy without URI',
      'member /policy/uri',
      { policy: { digest: { sha256: SHA256 } } },
      { policy: { uri: 'https://example.com/p', digest: { sha256: SHA256 } } },
    ],
    [
      'half a dependency',
      'member /dependencyLevels/SLSA_BUILD_LEVEL_1',
      { dependencyLevels: { SLSA_BUILD_LEVEL_1: 0.5 } },
      { dependencyLevels: { SLSA_BUILD_LEVEL_1: 5 } },
    ],
    [
      'a version of three parts',
      'member /slsaVersion',
      { slsaVersion: '1.2.0' },
      { slsaVersion: '1.2' },
    ],
  ])('with %s is refused (%s)', (_, code, refused, accepted) => {
    expect(codesOf('vsa', { ...SUMMARY, ...refused })).toEqual([`statement/${code}`])
    expect(codesOf('vsa', { ...SUMMARY, ...accepted })).toBe('accepted')
  })
})

const TESTS = { result: 'PASSED', configuration: [], passedTests: ['a', 'b'] }

describe('test result', () => {
  it.each([
    ['FAILED', { passedTests: ['a'], warnedTests: ['b'], failedTests: ['c'] }],
    ['WARNED', { passedTests: ['a'], warnedTests: ['b'], failedTests: [] }],
    ['PASSED', { passedTests: ['a'] }],
    [undefined, {}],
  ])('is %s by its lists', (result, lists) => expect(testResultOf(lists)).toBe(result))

  it.each([
    ['a pass that failed', 'contradiction', { failedTests: ['c'] }, { failedTests: [] }],
    ['a pass that warned', 'contradiction', { warnedTests: ['c'] }, { warnedTests: null }],
    [
      'a failure that passed',
      'contradiction',
      { result: 'FAILED' },
      { result: 'FAILED', failedTests: ['c'] },
    ],
    [
      'one test in two lists',
      'contradiction',
      { result: 'FAILED', failedTests: ['a'] },
      { result: 'FAILED', failedTests: ['c'], passedTests: null },
    ],
    ['one test twice', 'contradiction', { passedTests: ['a', 'a'] }, { passedTests: [] }],
    ['no configuration', 'member /configuration', { configuration: null }, {}],
    ['a result of its own', 'member /result', { result: 'passed' }, {}],
    ['a test without name', 'member /passedTests/0', { passedTests: [''] }, {}],
  ])('with %s is refused (%s)', (_, code, refused, accepted) => {
    expect(codesOf('test-result', { ...TESTS, ...refused })).toEqual([`statement/${code}`])
    expect(codesOf('test-result', { ...TESTS, ...accepted })).toBe('accepted')
  })
})

describe('the other predicates', () => {
  const svr = {
    verifier: { id: 'https://example.com/v2', policies: [] },
    timeCreated: '2026-04-10T12:00:00Z',
    properties: ['ACME_APPROVED'],
  }
  const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 }
  const old = { builder: { id: 'mailto:person@example.com' }, buildType: 'https://example.com/t' }
  it.each([
    ['svr', 'no policies', 'member /verifier/policies', { verifier: { id: svr.verifier.id } }, svr],
    ['svr', 'no time', 'member /timeCreated', { timeCreated: null }, svr],
    [
      'release',
      'a purl without version',
      'purl /purl',
      { purl: 'pkg:npm/a' },
      { purl: 'pkg:npm/a@1' },
    ],
    ['release', 'no purl', 'purl /purl', { purl: 'a@1' }, { purl: 'pkg:npm/%40a/b@1' }],
    ['cyclonedx', 'another format', 'member /bomFormat', { bomFormat: 'SPDX' }, bom],
    ['cyclonedx', 'another version', 'member /specVersion', { specVersion: '2.0' }, bom],
    [
      'provenance-v0.2',
      'no builder',
      'member /builder',
      { builder: null },
      { metadata: { completeness: { parameters: true } }, invocation: null },
    ],
  ] as const)('%s with %s is refused (%s)', (...[name, , code, refused, accepted]) => {
    const good = { svr, release: {}, cyclonedx: bom, 'provenance-v0.2': old }[name]
    expect(codesOf(name, { ...good, ...refused })).toEqual([`statement/${code}`])
    expect(codesOf(name, { ...good, ...accepted })).toBe('accepted')
  })

  it('release v0.1 calls the package id by its old name', () => {
    const id = (predicate: object) => {
      const known = read('release-v0.1', { purl: 'pkg:npm/a@1', ...predicate })
      return known.ok && known.value.name === 'release-v0.1' && known.value.value.packageId
    }
    expect(id({ releaseId: '7' })).toBe('7')
    expect(id({ releaseId: '7', packageId: '8' })).toBe('8')
    expect(id({ releaseId: 7 })).toBeUndefined()
    expect(codesOf('release-v0.1', { purl: 'x' })).toEqual(['statement/purl /purl'])
  })
})

it('every schema can be published as a JSON Schema', () => {
  const schemas = [
    CYCLONEDX_SCHEMA,
    PROVENANCE_SCHEMA,
    PROVENANCE_V02_SCHEMA,
    RELEASE_SCHEMA,
    STATEMENT_SCHEMA,
    TEST_RESULT_SCHEMA,
    VERIFICATION_RESULT_SCHEMA,
    VERIFICATION_SUMMARY_SCHEMA,
  ]
  for (const schema of schemas) expect(z.toJSONSchema(schema)).toMatchObject({ type: 'object' })
})
