// What a provenance says, held against the certificate of its signer: each pair of builder and signer, each part of the source.

import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { type Expectation, loadSigstore, verifyBundle } from '../../../src/verify/index.ts'
import { COMMIT, digestOf, type Json } from '../release.ts'
import { certifyStatement, SCENE_ROOT } from '../sigstore/signed-statement.ts'
import { ISSUER, WORKFLOW } from '../sigstore/test-authority.ts'
import { trusting } from '../sigstore/trust.ts'

const SHA256 = digestOf('artifact')
const SOURCE = 'https://github.com/o/r'
const RUNNER = 'https://github.com/actions/runner'
const GENERATORS = 'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/'
const GITLAB = 'https://gitlab.com'
const PROJECT = 'https://gitlab.com/group/sub/project'
const CLAIMS = { 11: 'github-hosted', 12: SOURCE, 13: COMMIT, 14: 'refs/tags/v1' }
const sigstore = await loadSigstore()

interface Signed {
  readonly predicate: Json
  readonly predicateType?: string
  readonly san?: string
  readonly issuer?: string
  readonly claims?: Readonly<Record<number, string>>
}

/** The codes of what is wrong. */
function ask(
  { predicate, predicateType, san = WORKFLOW, issuer = ISSUER, claims = CLAIMS }: Signed,
  expectation: Partial<Expectation> = {},
): readonly string[] {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'artifact', digest: { sha256: SHA256 } }],
    predicateType: predicateType ?? 'https://slsa.dev/provenance/v1',
    predicate,
  }
  const { verdict } = verifyBundle({
    bundle: certifyStatement(statement, { san, claims: { 8: issuer, ...claims } }),
    trust: trusting({ root: SCENE_ROOT, identity: { issuer, san } }),
    sigstore,
    now: Date.UTC(2026, 10, 21),
    expectation: {
      artifacts: { kind: 'artifacts', artifacts: [{ name: 'a', digest: { sha256: SHA256 } }] },
      ...expectation,
    },
  })
  return failedChecks(verdict).map(({ code }) => code ?? '')
}

interface Said {
  readonly uri?: string
  readonly ref?: string
  readonly commit?: string
  readonly builder?: string
}

/** A provenance v1 of GitHub's build type. */
function onGitHub({
  uri = SOURCE,
  ref = 'refs/tags/v1',
  commit = COMMIT,
  builder = WORKFLOW,
}: Said) {
  return {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: { workflow: { ref, repository: uri, path: '.github/workflows/r.yml' } },
      resolvedDependencies: [{ uri: `git+${uri}@${ref}`, digest: { gitCommit: commit } }],
    },
    runDetails: { builder: { id: builder } },
  }
}

/** A provenance v1 of GitLab's build type. */
function onGitLab(builder: string, variables: Json = {}) {
  return {
    buildDefinition: {
      buildType: 'https://docs.gitlab.com/ci/pipeline_security/slsa/provenance_v1',
      externalParameters: { source: PROJECT, entryPoint: 'build', variables },
      resolvedDependencies: [{ uri: PROJECT, digest: { gitCommit: COMMIT } }],
    },
    runDetails: { builder: { id: builder } },
  }
}

const GITLAB_SIGNED = {
  san: `${PROJECT}//.gitlab-ci.yml@refs/tags/v1.2.3`,
  issuer: GITLAB,
  claims: { 12: PROJECT, 13: COMMIT, 14: 'refs/tags/v1.2.3' },
}

describe('the source of a provenance', () => {
  it('is the one of the certificate', () => {
    expect(ask({ predicate: onGitHub({}) })).toEqual([])
    const asked = { sourceUri: SOURCE, sourceTag: 'v1', sourceDigest: COMMIT }
    expect(ask({ predicate: onGitHub({}) }, { provenance: asked })).toEqual([])
  })

  it.each([
    ['repository', { uri: 'https://github.com/o/other' }],
    ['repository in other letters', { uri: 'https://github.com/O/r' }],
    ['ref', { ref: 'refs/heads/v1' }],
    ['commit', { commit: 'f'.repeat(40) }],
  ])('is refused with another %s', (_, said) => {
    expect(ask({ predicate: onGitHub(said) })).toEqual(['verify/source-certificate'])
    const unasked = { unsafeUncertifiedProvenance: true }
    expect(ask({ predicate: onGitHub(said) }, unasked)).toEqual([])
  })

  it('is held against the older claims too, where there are no others', () => {
    const claims = { 3: COMMIT, 5: 'o/r', 6: 'refs/tags/v1' }
    expect(ask({ predicate: onGitHub({}), claims })).toEqual([])
    const other = { ...claims, 5: 'o/other' }
    expect(ask({ predicate: onGitHub({}), claims: other })).toEqual(['verify/source-certificate'])
  })

  it('is held against nothing where the certificate names none', () => {
    const issuer = 'https://accounts.example'
    const predicate = onGitHub({ builder: 'https://builder.example/1' })
    expect(ask({ predicate, issuer, claims: {} })).toEqual([])
  })

  it('is not added where the provenance names none', () => {
    const { runDetails } = onGitHub({})
    const buildDefinition = { buildType: 'https://builds.example/make/v1' }
    const predicate = { buildDefinition, runDetails }
    expect(ask({ predicate })).toEqual([])
    expect(ask({ predicate }, { provenance: { sourceUri: SOURCE } })).toEqual([
      'verify/source-missing',
    ])
  })

  it('is, of several, the one that the certificate names', () => {
    const predicate = onGitHub({})
    const several = {
      ...predicate,
      buildDefinition: {
        buildType: 'https://builds.example/make/v1',
        resolvedDependencies: [
          { uri: 'git+https://github.com/o/dependency', digest: { gitCommit: 'f'.repeat(40) } },
          ...predicate.buildDefinition.resolvedDependencies,
        ],
      },
    }
    expect(ask({ predicate: several }, { provenance: { sourceUri: SOURCE } })).toEqual([])
  })

  it('without an address is known by its commit', () => {
    const { runDetails } = onGitHub({})
    const of = (commit: string) => ({
      buildDefinition: {
        buildType: 'https://builds.example/make/v1',
        resolvedDependencies: [{ name: 'source', digest: { gitCommit: commit } }],
      },
      runDetails,
    })
    expect(ask({ predicate: of(COMMIT) })).toEqual([])
    expect(ask({ predicate: of('f'.repeat(40)) })).toEqual(['verify/source-certificate'])
    const { 13: _, ...withoutCommit } = CLAIMS
    expect(ask({ predicate: of('f'.repeat(40)), claims: withoutCommit })).toEqual([])
  })

  it('is refused where its parts disagree about the one', () => {
    const predicate = onGitHub({})
    const [dependency] = onGitHub({ uri: 'https://github.com/o/other' }).buildDefinition
      .resolvedDependencies
    const ofDependencies = (...resolvedDependencies: unknown[]) =>
      ask({
        predicate: {
          ...predicate,
          buildDefinition: { ...predicate.buildDefinition, resolvedDependencies },
        },
      })
    expect(ofDependencies(dependency)).toEqual(['verify/source-certificate'])
    expect(ofDependencies(dependency, ...predicate.buildDefinition.resolvedDependencies)).toEqual(
      [],
    )
  })

  it('has on GitLab the ref that only the certificate tells', () => {
    const signed = { ...GITLAB_SIGNED, predicate: onGitLab(`${PROJECT}/-/runners/1`) }
    const by = (provenance: object) => ask(signed, { provenance })
    expect(by({ sourceUri: PROJECT, sourceTag: 'v1.2.3', sourceVersionedTag: 'v1' })).toEqual([])
    expect(by({ sourceTag: 'v1.2' })).toEqual(['verify/source-tag'])
    expect(by({ sourceBranch: 'v1.2.3' })).toEqual(['verify/source-ref-kind'])
  })

  it('has on GitLab the ref of the job, where the variables have it', () => {
    const by = (variables: object) => {
      const predicate = onGitLab(`${PROJECT}/-/runners/1`, { ...variables })
      return ask({ ...GITLAB_SIGNED, predicate })
    }
    expect(by({ CI_COMMIT_TAG: 'v1.2.3' })).toEqual([])
    expect(by({ CI_COMMIT_TAG: '', CI_COMMIT_SHA: COMMIT })).toEqual([])
    expect(by({ CI_COMMIT_TAG: 'v1.2.4' })).toEqual(['verify/source-certificate'])
    expect(by({ CI_COMMIT_BRANCH: 'main' })).toEqual(['verify/source-certificate'])
  })
})

describe('the builder of a provenance', () => {
  const generator = `${GENERATORS}builder_go_slsa3.yml@refs/tags/v2.1.0`
  const delegator = `${GENERATORS}delegator_generic_slsa3.yml@refs/tags/v2.1.0`
  const called = 'https://github.com/o/trw/.github/workflows/build.yml@refs/tags/v1'

  it.each([
    ['a workflow that signs itself', WORKFLOW, WORKFLOW],
    ['a generator', generator, generator],
    ['a runner of GitHub, by a workflow', `${RUNNER}/github-hosted`, WORKFLOW],
    ['npm, by a workflow', 'https://github.com/npm/cli@9.4.2', WORKFLOW],
    ['a builder of which nothing is known', 'https://builder.example/1', WORKFLOW],
  ])('is %s', (_, builder, san) => {
    expect(ask({ predicate: onGitHub({ builder }), san })).toEqual([])
  })

  it.each([
    ['a generator, by another workflow', generator, WORKFLOW],
    ['another version of the generator', generator.replace('2.1.0', '2.0.0'), generator],
    ['a workflow that a generator called', called, generator],
    ['a workflow that nobody says was called', called, delegator],
    ['a runner of another environment', `${RUNNER}/self-hosted`, WORKFLOW],
    ['a runner of GitLab, of another project', `${PROJECT}/-/runners/1`, WORKFLOW],
  ])('is not %s', (_, builder, san) => {
    expect(ask({ predicate: onGitHub({ builder }), san })).toEqual(['verify/builder-signer'])
  })

  it.each([
    ['a generator without its version', `${GENERATORS}generator_generic_slsa3.yml`],
    ['a generator in a folder', generator.replace('workflows/', 'workflows/sub/')],
    ['a generator by another scheme', `git+${generator}`],
    ['a generator of a mirror', 'https://git.example/slsa-github-generator/go@v2'],
    ['a runner with a slash behind it', `${RUNNER}/github-hosted/`],
    ['a runner in other letters', `${RUNNER}/Github-hosted`],
    ['a runner by a port, a login, and the dot of the root', 'https://a@github.com.:1/actions'],
    ['a runner without encryption', RUNNER.replace('https', 'http')],
    ['a runner of a host below', RUNNER.replace('github', 'www.github')],
    ['a runner of GitLab with a fragment', `${PROJECT}/-/runners/1#x`],
    ['a runner of a GitLab of its own', 'https://git.example/o/r/-/Runners/1/'],
    ['a workflow of a GitHub of its own', 'https://git.example/o/.github/workflows/r.yml'],
    ['an older name of GitHub', 'https://github.com/Attestations/GitHubHostedActions@v1'],
    ['Google Cloud Build', 'https://cloudbuild.googleapis.com/GoogleHostedWorker'],
    [
      'Google Cloud Build in its version',
      'https://cloudbuild.googleapis.com/GoogleHostedWorker@v1',
    ],
    ['no URL', 'https://github.com:port/actions/runner'],
  ])('is not %s, also where the verifier asks for it', (_, builderId) => {
    const signed = { predicate: onGitHub({ builder: builderId }) }
    expect(ask(signed, { provenance: { builderId } })).toEqual(['verify/builder-signer'])
    const unasked = { unsafeUncertifiedProvenance: true }
    expect(ask(signed, unasked)).toEqual([])
  })

  it('is of a host that only ends like a known one', () => {
    expect(ask({ predicate: onGitHub({ builder: 'https://mygithub.com/runner' }) })).toEqual([])
  })

  it('is its signer itself, under whatever name', () => {
    const { san } = GITLAB_SIGNED
    expect(ask({ ...GITLAB_SIGNED, predicate: onGitLab(san) })).toEqual([])
    const other = onGitLab(san.replace('v1.2.3', 'v1.2.4'))
    expect(ask({ ...GITLAB_SIGNED, predicate: other })).toEqual(['verify/builder-signer'])
  })

  it('is no runner of GitHub by the word of another issuer', () => {
    const predicate = onGitLab(RUNNER)
    expect(ask({ ...GITLAB_SIGNED, predicate })).toEqual(['verify/builder-signer'])
    const other = onGitLab('https://gitlab.com/other/-/runners/1')
    expect(ask({ ...GITLAB_SIGNED, predicate: other })).toEqual(['verify/builder-signer'])
  })

  it('is what a delegating generator says, where the verifier says it too', () => {
    const signed = { predicate: onGitHub({ builder: called }), san: delegator }
    expect(ask(signed, { provenance: { builderId: called } })).toEqual([])
  })

  it('has the environment of the certificate, where the provenance has none', () => {
    const signed = { predicate: onGitHub({ builder: RUNNER }) }
    const by = (builderId: string) => ask(signed, { provenance: { builderId } })
    expect(by(RUNNER)).toEqual([])
    expect(by(`${RUNNER}/github-hosted`)).toEqual([])
    expect(by(`${RUNNER}/self-hosted`)).toEqual(['verify/builder-id'])
    const silent = { ...signed, claims: { 12: SOURCE } }
    expect(ask(silent, { provenance: { builderId: `${RUNNER}/github-hosted` } })).toEqual([
      'verify/builder-id',
    ])
  })
})
