// Where a build runs, from the variables that the CI system sets. Only the names listed here are
// ever read (PROV-17, A-119: no dump of the environment), and none of them holds a secret.

import {
  accept,
  type JsonObject,
  parseTimestamp,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { StatementProblem } from '../problem.ts'
import { hasCredentials } from '../uri.ts'
import { BUILD_TYPES, LOCAL_BUILDER_ID } from './build-types.ts'

/** The allow-list, by CI system. */
export const ENVIRONMENT_NAMES = {
  github: [
    'GITHUB_EVENT_NAME',
    'GITHUB_REF',
    'GITHUB_REPOSITORY',
    'GITHUB_REPOSITORY_ID',
    'GITHUB_REPOSITORY_OWNER_ID',
    'GITHUB_RUN_ATTEMPT',
    'GITHUB_RUN_ID',
    'GITHUB_SERVER_URL',
    'GITHUB_SHA',
    'GITHUB_WORKFLOW_REF',
    'RUNNER_ENVIRONMENT',
  ],
  gitlab: [
    'CI_COMMIT_BRANCH',
    'CI_COMMIT_SHA',
    'CI_COMMIT_TAG',
    'CI_JOB_ID',
    'CI_JOB_NAME',
    'CI_JOB_STARTED_AT',
    'CI_JOB_URL',
    'CI_PIPELINE_SOURCE',
    'CI_PROJECT_ID',
    'CI_PROJECT_URL',
    'CI_RUNNER_DESCRIPTION',
    'CI_RUNNER_EXECUTABLE_ARCH',
    'CI_RUNNER_ID',
  ],
} as const

/** What the host found. */
export type BuildEnvironment =
  | { readonly kind: 'github' | 'gitlab'; readonly variables: Readonly<Record<string, string>> }
  /** `invocationId` is unique to the run; `platform` is for example `linux/x64`. */
  | { readonly kind: 'local'; readonly invocationId: string; readonly platform: string }

/** The run, in the words of provenance. */
export interface BuildRun {
  readonly buildType: string
  readonly externalParameters: JsonObject
  readonly internalParameters: JsonObject
  readonly builderId: string
  readonly invocationId: string
  readonly startedOn?: string
  /** What the CI system checked out; a local build has only what is found on disk. */
  readonly source?: { readonly repository: string; readonly ref: string; readonly commit: string }
}

/** actions/buildtypes, workflow/v1: for other events the external parameters would not be complete. */
const GITHUB_EVENTS = ['create', 'push', 'release', 'workflow_dispatch']

/** Describes the run that this environment belongs to, or tells which of its variables are missing. */
export function describeRun(environment: BuildEnvironment): Result<BuildRun, StatementProblem> {
  if (environment.kind === 'local') {
    return accept({
      buildType: BUILD_TYPES.local,
      externalParameters: {},
      internalParameters: { platform: environment.platform },
      builderId: LOCAL_BUILDER_ID,
      invocationId: environment.invocationId,
    })
  }
  const { kind, variables } = environment
  const required = REQUIRED[kind].filter((name) => !variables[name])
  if (required.length > 0) {
    return refuse({
      code: 'statement/build-environment',
      message: `Cannot describe this run: expected ${required.join(', ')} in the environment, found none`,
      hint: 'Say --build local to describe what is here without the CI system',
    })
  }
  const [unsafe] = Object.entries(variables).find(([, value]) => hasCredentials(value)) ?? []
  if (unsafe !== undefined) {
    return refuse({
      code: 'statement/url-credentials',
      message: `Expected a URL without credentials in the variable ${unsafe}`,
    })
  }
  return kind === 'github' ? describeGitHub(variables) : describeGitLab(variables)
}

const REQUIRED = {
  github: ENVIRONMENT_NAMES.github.filter((name) => name !== 'RUNNER_ENVIRONMENT'),
  gitlab: [
    'CI_COMMIT_SHA',
    'CI_JOB_ID',
    'CI_JOB_NAME',
    'CI_JOB_URL',
    'CI_PROJECT_URL',
    'CI_RUNNER_ID',
  ],
}

function describeGitHub(
  variables: Readonly<Record<string, string | undefined>>,
): Result<BuildRun, StatementProblem> {
  const text = (name: (typeof ENVIRONMENT_NAMES.github)[number]) => variables[name] ?? ''
  const event = text('GITHUB_EVENT_NAME')
  if (!GITHUB_EVENTS.includes(event)) {
    return refuse({
      code: 'statement/build-environment',
      message: `Cannot describe this run: expected the event ${GITHUB_EVENTS.join(', ')}, found ${quote(event)}`,
      hint: 'Run the release workflow by one of these events',
    })
  }
  const repository = `${text('GITHUB_SERVER_URL')}/${text('GITHUB_REPOSITORY')}`
  // `owner/name/path@ref`: both path and ref may hold an "@", so each end is cut off by what it must be.
  const workflow = text('GITHUB_WORKFLOW_REF')
  const path = cut(workflow, `${text('GITHUB_REPOSITORY')}/`, `@${text('GITHUB_REF')}`)
  if (path === undefined) {
    return refuse({
      code: 'statement/build-environment',
      message: `Cannot describe this run: expected a workflow of ${quote(repository)} at the ref of the run, found ${quote(workflow)}`,
    })
  }
  const runner = text('RUNNER_ENVIRONMENT')
  const run = `${text('GITHUB_RUN_ID')}/attempts/${text('GITHUB_RUN_ATTEMPT')}`
  return accept({
    buildType: BUILD_TYPES.githubWorkflow,
    externalParameters: {
      workflow: { ref: text('GITHUB_REF'), repository, path },
      ...(runner !== '' && { runner_environment: runner }),
    },
    internalParameters: {
      github: {
        event_name: event,
        repository_id: text('GITHUB_REPOSITORY_ID'),
        repository_owner_id: text('GITHUB_REPOSITORY_OWNER_ID'),
      },
    },
    builderId: `${text('GITHUB_SERVER_URL')}/${workflow}`,
    invocationId: `${repository}/actions/runs/${run}`,
    source: { repository, ref: text('GITHUB_REF'), commit: text('GITHUB_SHA') },
  })
}

function describeGitLab(
  variables: Readonly<Record<string, string | undefined>>,
): Result<BuildRun, StatementProblem> {
  const text = (name: (typeof ENVIRONMENT_NAMES.gitlab)[number]) => variables[name] ?? ''
  const repository = text('CI_PROJECT_URL')
  const tag = text('CI_COMMIT_TAG')
  const branch = text('CI_COMMIT_BRANCH')
  if (tag === '' && branch === '') {
    return refuse({
      code: 'statement/build-environment',
      message: 'Cannot describe this job: expected a pipeline for a branch or a tag',
      hint: 'Attest in the pipeline of the release, not in that of a merge request',
    })
  }
  const startedAt = text('CI_JOB_STARTED_AT')
  return accept({
    buildType: BUILD_TYPES.gitlabJob,
    externalParameters: {
      source: repository,
      entryPoint: text('CI_JOB_NAME'),
      variables: pick(variables, ['CI_COMMIT_BRANCH', 'CI_COMMIT_TAG', 'CI_PIPELINE_SOURCE']),
    },
    internalParameters: {
      job: text('CI_JOB_ID'),
      ...pick(variables, ['CI_PROJECT_ID']),
      name: text('CI_RUNNER_DESCRIPTION'),
      architecture: text('CI_RUNNER_EXECUTABLE_ARCH'),
    },
    builderId: `${repository}/-/runners/${text('CI_RUNNER_ID')}`,
    invocationId: text('CI_JOB_URL'),
    // FT-2: another spelling of the time is left out rather than guessed at.
    ...(parseTimestamp(startedAt).ok && { startedOn: startedAt }),
    source: {
      repository,
      ref: tag === '' ? `refs/heads/${branch}` : `refs/tags/${tag}`,
      commit: text('CI_COMMIT_SHA'),
    },
  })
}

function cut(text: string, start: string, end: string): string | undefined {
  const length = text.length - start.length - end.length
  if (length <= 0 || !text.startsWith(start) || !text.endsWith(end)) return undefined
  return text.slice(start.length, start.length + length)
}

function pick(
  variables: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = variables[name]
      return value === undefined || value === '' ? [] : [[name, value] as const]
    }),
  )
}
