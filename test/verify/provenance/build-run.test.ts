import { describe, expect, it } from 'vitest'
import { ask, codesOf } from '../question.ts'
import { COMMIT, type Json, SOURCE, signedBundle, statement } from '../release.ts'

const GENERATOR = 'https://github.com/slsa-framework/slsa-github-generator/generic@v1'
const NPM_ON_GITHUB = 'https://github.com/npm/cli/gha/v2'
const NPM_ON_GITLAB = 'https://github.com/npm/cli/gitlab/v0alpha1'

interface Run {
  readonly buildType: string
  readonly environment?: Json
  readonly parameters?: Json
  readonly ref?: string
}

/** The codes of what is wrong with a provenance v0.2 of this run. */
function about({ buildType, environment, parameters, ref }: Run, provenance: object) {
  const uri = `git+${SOURCE}${ref === undefined ? '' : `@${ref}`}`
  const source = { uri, digest: { sha1: COMMIT } }
  const predicate = {
    builder: { id: 'https://builder.example' },
    buildType,
    invocation: { configSource: source, parameters, environment },
    materials: [source],
  }
  const bundle = signedBundle(
    statement({ predicateType: 'https://slsa.dev/provenance/v0.2', predicate }),
  )
  return codesOf(ask([bundle], { expectation: { provenance } }).verdict)
}

describe('the run of a provenance v0.2', () => {
  it.each([
    ['a generator', GENERATOR, { github_ref: 'refs/tags/v1', github_sha1: COMMIT }],
    ['npm on GitHub', NPM_ON_GITHUB, { GITHUB_REF: 'refs/tags/v1', GITHUB_SHA: COMMIT }],
  ])('of %s is of the source', (_, buildType, environment) => {
    const run = { buildType, environment, ref: 'refs/tags/v1' }
    expect(about(run, { sourceUri: SOURCE, sourceTag: 'v1' })).toEqual([])
    const other = { ...run, ref: 'refs/tags/v2' }
    expect(about(other, { sourceUri: SOURCE })).toEqual(['verify/source-ambiguous'])
    const unknown = { ...other, buildType: 'https://builds.example/make/v1' }
    expect(about(unknown, { sourceUri: SOURCE })).toEqual([])
  })

  it('of npm on GitLab tells the tag or the branch', () => {
    const run = (parameters: Json) => ({ buildType: NPM_ON_GITLAB, parameters })
    const tagged = run({ CI_COMMIT_TAG: 'v1', CI_COMMIT_SHA: COMMIT })
    expect(about(tagged, { sourceTag: 'v1' })).toEqual([])
    expect(about(tagged, { sourceTag: 'v2' })).toEqual(['verify/source-tag'])
    const onBranch = run({ CI_COMMIT_TAG: null, CI_COMMIT_BRANCH: 'main' })
    expect(about(onBranch, { sourceBranch: 'main' })).toEqual([])
    expect(about(onBranch, { sourceTag: 'main' })).toEqual(['verify/source-ref-kind'])
    expect(about(run({}), { sourceTag: 'v1' })).toEqual(['verify/source-tag'])
    const elsewhere = run({ CI_COMMIT_TAG: 'v1', CI_COMMIT_SHA: 'f'.repeat(40) })
    expect(about(elsewhere, { sourceTag: 'v1' })).toEqual(['verify/source-ambiguous'])
  })

  it('of a generator had the inputs of its event', () => {
    const environment = { github_event_payload: { inputs: { mode: 'release' } } }
    const wanted = { parameters: [{ name: '/event_inputs/mode', value: 'release' }] }
    expect(about({ buildType: GENERATOR, environment }, wanted)).toEqual([])
    expect(about({ buildType: NPM_ON_GITHUB, environment }, wanted)).toEqual([
      'verify/parameter-missing',
    ])
    const parameters = { event_inputs: { mode: 'debug' } }
    expect(about({ buildType: GENERATOR, environment, parameters }, wanted)).toEqual([
      'verify/parameter',
    ])
  })
})
