import { describe, expect, it } from 'vitest'
import { readBuildEnvironment } from '../../src/host/build-environment.ts'
import { describeRun, ENVIRONMENT_NAMES } from '../../src/statement/index.ts'

const GITHUB: Readonly<Record<string, string>> = {
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/tags/v1@2',
  GITHUB_REPOSITORY: 'octo/app',
  GITHUB_REPOSITORY_ID: '1',
  GITHUB_REPOSITORY_OWNER_ID: '2',
  GITHUB_RUN_ATTEMPT: '3',
  GITHUB_RUN_ID: '4',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/re@lease.yml@refs/tags/v1@2',
  RUNNER_ENVIRONMENT: 'github-hosted',
}
const GITLAB: Readonly<Record<string, string>> = {
  GITLAB_CI: 'true',
  CI_COMMIT_BRANCH: 'main',
  CI_COMMIT_SHA: 'b'.repeat(40),
  CI_JOB_ID: '7',
  CI_JOB_NAME: 'build',
  CI_JOB_STARTED_AT: '2026-04-10T11:59:00Z',
  CI_JOB_URL: 'https://gitlab.example/g/app/-/jobs/7',
  CI_PIPELINE_SOURCE: 'push',
  CI_PROJECT_ID: '8',
  CI_PROJECT_URL: 'https://gitlab.example/g/app',
  CI_RUNNER_DESCRIPTION: 'shared',
  CI_RUNNER_EXECUTABLE_ARCH: 'linux/amd64',
  CI_RUNNER_ID: '9',
}

/** Describes the run, and keeps the names that were asked for. */
function describeIn(variables: Readonly<Record<string, string>>, kind: 'auto' | 'local' = 'auto') {
  const asked: string[] = []
  const environment = readBuildEnvironment(
    {
      readEnvironment: (name) => {
        asked.push(name)
        return variables[name]
      },
    },
    kind,
  )
  return { run: describeRun(environment), asked }
}

const codesOf = (variables: Readonly<Record<string, string>>) => {
  const { run } = describeIn(variables)
  return run.ok ? 'accepted' : run.problems.map(({ code }) => code)
}

describe('a run of GitHub Actions', () => {
  it('is described by its build type', () => {
    expect(describeIn(GITHUB).run).toEqual({
      ok: true,
      value: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: {
          workflow: {
            ref: 'refs/tags/v1@2',
            repository: 'https://github.com/octo/app',
            path: '.github/workflows/re@lease.yml',
          },
          runner_environment: 'github-hosted',
        },
        internalParameters: {
          github: { event_name: 'push', repository_id: '1', repository_owner_id: '2' },
        },
        builderId: 'https://github.com/octo/app/.github/workflows/re@lease.yml@refs/tags/v1@2',
        invocationId: 'https://github.com/octo/app/actions/runs/4/attempts/3',
        source: {
          repository: 'https://github.com/octo/app',
          ref: 'refs/tags/v1@2',
          commit: 'a'.repeat(40),
        },
      },
    })
  })

  it('needs no word about the runner', () => {
    const { RUNNER_ENVIRONMENT: _, ...rest } = GITHUB
    expect(describeIn(rest).run).toMatchObject({
      ok: true,
      value: { externalParameters: { workflow: {} } },
    })
  })

  it.each([
    ['an event without complete parameters', { GITHUB_EVENT_NAME: 'pull_request' }],
    ['a variable missing', { GITHUB_SHA: '' }],
    ['a workflow of another repository', { GITHUB_WORKFLOW_REF: 'evil/app/x.yml@refs/tags/v1@2' }],
    ['a workflow of another ref', { GITHUB_WORKFLOW_REF: 'octo/app/x.yml@refs/heads/main' }],
    ['a workflow without path', { GITHUB_WORKFLOW_REF: 'octo/app/@refs/tags/v1@2' }],
  ])('with %s is refused', (_, changed) => {
    expect(codesOf({ ...GITHUB, ...changed })).toEqual(['statement/build-environment'])
    expect(codesOf(GITHUB)).toBe('accepted')
  })
})

describe('a job of GitLab CI', () => {
  it('is described by its build type', () => {
    expect(describeIn(GITLAB).run).toEqual({
      ok: true,
      value: {
        buildType: 'https://docs.gitlab.com/ci/pipeline_security/slsa/provenance_v1',
        externalParameters: {
          source: 'https://gitlab.example/g/app',
          entryPoint: 'build',
          variables: { CI_COMMIT_BRANCH: 'main', CI_PIPELINE_SOURCE: 'push' },
        },
        internalParameters: {
          job: '7',
          CI_PROJECT_ID: '8',
          name: 'shared',
          architecture: 'linux/amd64',
        },
        builderId: 'https://gitlab.example/g/app/-/runners/9',
        invocationId: 'https://gitlab.example/g/app/-/jobs/7',
        startedOn: '2026-04-10T11:59:00Z',
        source: {
          repository: 'https://gitlab.example/g/app',
          ref: 'refs/heads/main',
          commit: 'b'.repeat(40),
        },
      },
    })
  })

  it('for a tag has the ref of the tag, and a time in another spelling is left out', () => {
    const tagged = {
      ...GITLAB,
      CI_COMMIT_BRANCH: '',
      CI_COMMIT_TAG: 'v1',
      CI_JOB_STARTED_AT: '2026-04-10 11:59:00',
    }
    const { run } = describeIn(tagged)
    expect(run).toMatchObject({ ok: true, value: { source: { ref: 'refs/tags/v1' } } })
    expect(run.ok && 'startedOn' in run.value).toBe(false)
  })

  it('of a merge request is refused, and so is one without its name', () => {
    expect(codesOf({ ...GITLAB, CI_COMMIT_BRANCH: '' })).toEqual(['statement/build-environment'])
    expect(codesOf({ ...GITLAB, CI_JOB_NAME: '' })).toEqual(['statement/build-environment'])
  })

  it('with a login in its project address is refused, and the login is not shown', () => {
    const { run } = describeIn({
      ...GITLAB,
      CI_PROJECT_URL: 'https://ci:hunter2@gitlab.example/g/app',
    })
    expect(run).toMatchObject({ ok: false, problems: [{ code: 'statement/url-credentials' }] })
    expect(JSON.stringify(run)).not.toContain('hunter2')
  })
})

describe('a local build', () => {
  it('is what is not said to be another, or what is asked for', () => {
    for (const { run } of [describeIn({}), describeIn(GITHUB, 'local')]) {
      expect(run).toMatchObject({
        ok: true,
        value: {
          buildType: 'urn:assay:build-type:local:v1',
          builderId: 'urn:assay:builder:local:v1',
          invocationId: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/) as string,
        },
      })
    }
  })

  it('is another one each time', () => {
    const ids = [describeIn({}), describeIn({})].map(({ run }) => run.ok && run.value.invocationId)
    expect(ids[0]).not.toBe(ids[1])
  })
})

describe('readBuildEnvironment()', () => {
  it('reads no variable but those of the allow-list', () => {
    const allowed = [
      ...ENVIRONMENT_NAMES.github,
      ...ENVIRONMENT_NAMES.gitlab,
      'GITHUB_ACTIONS',
      'GITLAB_CI',
    ]
    for (const variables of [GITHUB, GITLAB, {}]) {
      expect(allowed).toEqual(expect.arrayContaining(describeIn(variables).asked))
    }
  })
})
