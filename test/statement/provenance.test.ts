import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { BuildInput, GitSource, InputReference, Source } from '../../src/snapshot/index.ts'
import {
  type BuildRun,
  buildProvenance,
  describeRun,
  encodeStatement,
  judgeParameters,
  PARAMETER_TEMPLATES,
  parsePredicate,
  parseStatement,
  PREDICATE_TYPES,
  type Provenance,
} from '../../src/statement/index.ts'
import { isJsonObject, type JsonObject, parseJson } from '../../src/core/index.ts'

const SHA256 = 'a'.repeat(64)
const COMMIT = 'c'.repeat(40)
const LOCAL = describeRun({ kind: 'local', invocationId: 'urn:uuid:1', platform: 'linux/x64' })
const SOURCE: GitSource = {
  state: 'clean',
  repository: 'https://git.example/team/app',
  commit: COMMIT,
  tree: 'd'.repeat(40),
  branch: 'main',
  tags: ['v1'],
  folder: '',
  shallow: false,
  changes: [],
  submodules: [],
  lfsPointers: [],
  hidden: [],
}

const { branch: _branch, ...DETACHED } = SOURCE
const { repository: _repository, ...HOMELESS } = SOURCE

function build(
  parts: { source?: Source; run?: BuildRun; inputs?: readonly BuildInput[] } = {},
): Provenance {
  const { source = SOURCE, run = LOCAL.ok ? LOCAL.value : undefined, inputs } = parts
  if (run === undefined) throw new Error('no run')
  return buildProvenance({
    run,
    source,
    ...(inputs && { snapshot: { inputs } }),
    documents: [{ name: 'sbom.cdx.json', digest: { sha256: SHA256 } }],
    finishedAt: Date.UTC(2026, 3, 10, 12),
    assayVersion: '1.0.0',
  })
}

const dependenciesOf = (provenance: Provenance) => provenance.buildDefinition.resolvedDependencies
const input = (members: Partial<BuildInput>): BuildInput => ({
  path: 'x',
  kind: 'release-script',
  sha256: SHA256,
  size: 1,
  pinState: 'versioned',
  references: [],
  ...members,
})
const named = (reference: Omit<InputReference, 'pinState' | 'line'>) =>
  build({
    inputs: [input({ references: [{ pinState: 'digest-pinned', line: 1, ...reference }] })],
  }).buildDefinition.resolvedDependencies?.slice(2)

describe('buildProvenance()', () => {
  it('describes a local build of a clean checkout', () => {
    expect(build()).toEqual({
      buildDefinition: {
        buildType: 'urn:assay:build-type:local:v1',
        externalParameters: { source: 'https://git.example/team/app', ref: 'refs/heads/main' },
        internalParameters: {
          platform: 'linux/x64',
          assay_source: { state: 'clean', tree: 'd'.repeat(40), changes: 0, shallow: false },
        },
        resolvedDependencies: [
          {
            uri: 'git+https://git.example/team/app@refs/heads/main',
            digest: { gitCommit: COMMIT },
          },
          { name: 'sbom.cdx.json', digest: { sha256: SHA256 } },
        ],
      },
      runDetails: {
        builder: { id: 'urn:assay:builder:local:v1', version: { assay: '1.0.0' } },
        metadata: { invocationId: 'urn:uuid:1', finishedOn: '2026-04-10T12:00:00Z' },
      },
    })
  })

  it('is read back as it was built', () => {
    const provenance = build({ inputs: [input({ kind: 'lockfile', path: 'package-lock.json' })] })
    const payload = encodeStatement({
      version: 'v1',
      subjects: [{ digest: { sha256: SHA256 } }],
      predicateType: PREDICATE_TYPES.provenance,
      predicate: provenance as unknown as JsonObject,
    })
    const statement = parseStatement(payload)
    const known =
      statement.ok && parsePredicate(statement.value.predicateType, statement.value.predicate)
    // PROV-4: what is empty is not there.
    expect(known).toEqual({ ok: true, value: { name: 'provenance', value: provenance } })
  })

  it('records that a work tree was dirty', () => {
    const dirty = build({
      source: { ...SOURCE, state: 'dirty', changes: [{ path: 'a', change: 'modified' }] },
    })
    expect(dirty.buildDefinition.internalParameters?.['assay_source']).toMatchObject({
      state: 'dirty',
      changes: 1,
    })
  })

  it('records that there was no checkout', () => {
    const absent = build({ source: { state: 'absent', reason: 'no repository' } })
    expect(absent.buildDefinition).toMatchObject({
      externalParameters: {},
      internalParameters: { assay_source: { state: 'absent', reason: 'no repository' } },
      resolvedDependencies: [{ name: 'sbom.cdx.json' }],
    })
  })
})

describe('a checkout', () => {
  const REPOSITORY = { source: 'https://git.example/team/app' }
  it.each([
    ['its root', SOURCE, { ...REPOSITORY, ref: 'refs/heads/main' }],
    [
      'a folder',
      { ...SOURCE, folder: 'packages/app' },
      { ...REPOSITORY, ref: 'refs/heads/main', folder: 'packages/app' },
    ],
    ['a tag', DETACHED, { ...REPOSITORY, ref: 'refs/tags/v1' }],
    ['one of two tags', { ...DETACHED, tags: ['v1', 'v2'] }, REPOSITORY],
    ['no tag', { ...DETACHED, tags: [] }, REPOSITORY],
    ['no address', HOMELESS, { ref: 'refs/heads/main' }],
  ])('says of a checkout at %s what is known', (_, source, parameters) => {
    expect(build({ source }).buildDefinition.externalParameters).toEqual(parameters)
  })

  it.each([
    ['no repository', HOMELESS, { name: 'source' }],
    ['no ref', { ...DETACHED, tags: [] }, { uri: 'git+https://git.example/team/app' }],
    ['a repository that is no URI', { ...SOURCE, repository: 'git@host:a b' }, { name: 'source' }],
  ])('names a commit with %s', (_, source, expected) => {
    expect(dependenciesOf(build({ source }))?.[0]).toEqual({
      ...expected,
      digest: { gitCommit: COMMIT },
    })
  })

  it('takes the commit of CI, and the one that was found where it is another', () => {
    const run: BuildRun = {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: { workflow: {} },
      internalParameters: {},
      builderId: 'https://github.com/o/r/w.yml@refs/heads/main',
      invocationId: 'https://github.com/o/r/actions/runs/1/attempts/1',
      startedOn: '2026-04-10T11:00:00Z',
      source: { repository: 'https://github.com/o/r', ref: 'refs/heads/main', commit: COMMIT },
    }
    const same = build({ run })
    expect(same.buildDefinition.externalParameters).toEqual({ workflow: {} })
    expect(same.runDetails.metadata?.startedOn).toBe('2026-04-10T11:00:00Z')
    expect(dependenciesOf(same)).toHaveLength(2)
    const other = build({ run, source: { ...SOURCE, commit: 'e'.repeat(40) } })
    expect(dependenciesOf(other)?.slice(0, 2)).toEqual([
      { uri: 'git+https://github.com/o/r@refs/heads/main', digest: { gitCommit: COMMIT } },
      {
        uri: 'git+https://git.example/team/app@refs/heads/main',
        digest: { gitCommit: 'e'.repeat(40) },
      },
    ])
  })
})

describe('the inputs of a snapshot', () => {
  it('lists each lockfile once, and no other file', () => {
    const lockfile = input({ kind: 'lockfile', path: 'package-lock.json' })
    const other = input({ kind: 'lockfile', path: 'Cargo.lock' })
    const provenance = build({ inputs: [lockfile, input({ path: 'x.sh' }), lockfile, other] })
    expect(dependenciesOf(provenance)?.slice(2)).toEqual([
      { name: 'Cargo.lock', digest: { sha256: SHA256 } },
      { name: 'package-lock.json', digest: { sha256: SHA256 } },
    ])
  })

  it.each([
    [
      'an image',
      {
        kind: 'image',
        name: 'registry.example/team/node',
        version: '20',
        digest: { algorithm: 'sha256', value: SHA256 },
      },
      {
        uri: `pkg:oci/node@sha256:${SHA256}?repository_url=registry.example%2Fteam%2Fnode`,
        digest: { sha256: SHA256 },
        annotations: { version: '20' },
      },
    ],
    [
      'an action',
      {
        kind: 'action',
        name: 'actions/cache/save',
        digest: { algorithm: 'gitCommit', value: COMMIT },
      },
      { uri: `git+https://github.com/actions/cache@${COMMIT}`, digest: { gitCommit: COMMIT } },
    ],
    [
      'a download',
      {
        kind: 'download',
        name: 'https://example.com/a.tgz',
        digest: { algorithm: 'sha512', value: 'b'.repeat(128) },
      },
      { uri: 'https://example.com/a.tgz', digest: { sha512: 'b'.repeat(128) } },
    ],
    [
      'an include that is no address',
      {
        kind: 'include',
        name: 'team/templates',
        digest: { algorithm: 'gitCommit', value: COMMIT },
      },
      { name: 'team/templates', digest: { gitCommit: COMMIT } },
    ],
    [
      'an image whose name no purl holds',
      { kind: 'image', name: 'registry.example/', digest: { algorithm: 'sha256', value: SHA256 } },
      { name: 'registry.example/', digest: { sha256: SHA256 } },
    ],
  ] as const)('describes %s by its digest', (_, reference, expected) => {
    expect(named(reference)).toEqual([expected])
  })

  it('leaves out what is not pinned', () => {
    expect(named({ kind: 'image', name: 'node', version: 'latest' })).toEqual([])
  })
})

it('the example of docs/predicates/local-build.md keeps the rules that it documents', () => {
  const page = readFileSync(
    join(import.meta.dirname, '../../docs/predicates/local-build.md'),
    'utf8',
  )
  const example = parseJson(/```json\n([^]*?)```/.exec(page)?.[1] ?? '')
  if (!example.ok || !isJsonObject(example.value)) throw new Error('no example')
  const known = parsePredicate(PREDICATE_TYPES.provenance, example.value)
  if (!known.ok || known.value.name !== 'provenance') throw new Error(JSON.stringify(known))
  const { buildType, externalParameters } = known.value.value.buildDefinition
  const template = PARAMETER_TEMPLATES.get(buildType)
  if (template === undefined) throw new Error(`no template for ${buildType}`)
  expect(judgeParameters(externalParameters as JsonObject, template).ok).toBe(true)
})
