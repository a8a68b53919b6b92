// What provenances of known builders say of the run beside their parameters: the ref and the commit, once more, and what a person
// typed in when they started it. It must agree with the source; by itself it names none.

import { isJsonObject, type JsonObject, type JsonValue } from '../../core/index.ts'

/** The ref and the commit that the run was of. */
export interface RunClaim {
  readonly ref?: string
  readonly commit?: string
}

/** Build types of v0.2 whose `environment` and `parameters` we know: SLSA's generators, and npm on GitHub and GitLab. */
const SLSA_GENERATOR = 'https://github.com/slsa-framework/slsa-github-generator/'
const NPM_ON_GITHUB = 'https://github.com/npm/cli/gha'
const NPM_ON_GITLAB = 'https://github.com/npm/cli/gitlab/'

/** Of a provenance v0.2; nothing for a build type that is not known, whose members may be anything. */
export function readRun(
  buildType: string,
  environment: JsonObject,
  parameters: JsonObject,
): RunClaim {
  if (buildType.startsWith(SLSA_GENERATOR)) {
    return claimOf(environment['github_ref'], environment['github_sha1'])
  }
  if (buildType.startsWith(NPM_ON_GITHUB)) {
    return claimOf(environment['GITHUB_REF'], environment['GITHUB_SHA'])
  }
  return buildType.startsWith(NPM_ON_GITLAB) ? readGitLabVariables(parameters) : {}
}

/** GitLab's predefined variables, in parameters of npm and of GitLab's own build type. */
export function readGitLabVariables(variables: JsonObject): RunClaim {
  const { CI_COMMIT_TAG: tag, CI_COMMIT_BRANCH: branch, CI_COMMIT_SHA: commit } = variables
  if (isText(tag)) return claimOf(`refs/tags/${tag}`, commit)
  return claimOf(isText(branch) ? `refs/heads/${branch}` : undefined, commit)
}

/** The parameters of a generator's provenance, with the inputs of the workflow where only the event has them. */
export function withInputs(
  buildType: string,
  environment: JsonObject,
  parameters: JsonObject,
): JsonObject {
  if (!buildType.startsWith(SLSA_GENERATOR) || 'event_inputs' in parameters) return parameters
  const event = environment['github_event_payload']
  const inputs = isJsonObject(event) ? event['inputs'] : undefined
  return isJsonObject(inputs) ? { ...parameters, event_inputs: inputs } : parameters
}

function claimOf(ref: JsonValue | undefined, commit: JsonValue | undefined): RunClaim {
  return { ...(isText(ref) && { ref }), ...(isText(commit) && { commit }) }
}

/** PROV-4: an empty text says nothing. */
function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== ''
}
