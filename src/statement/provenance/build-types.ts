// The build types that we write and know how to judge, by what their external parameters may be.
// PROV-3, VA-4: one that the template does not have may have changed the build, so it refuses the
// provenance.

import {
  encodeJsonPointer,
  isJsonObject,
  judge,
  type JsonObject,
  type JsonValue,
  quote,
  type Result,
} from '../../core/index.ts'
import type { StatementProblem } from '../problem.ts'
import { dropEmpty } from '../unset-members.ts'

/** The build types that we write. */
export const BUILD_TYPES = {
  /** A workflow run, by its repository, ref and path (actions/buildtypes, workflow/v1). */
  githubWorkflow: 'https://actions.github.io/buildtypes/workflow/v1',
  /** A CI/CD job, by its project and name (docs.gitlab.com, SLSA provenance specification). */
  gitlabJob: 'https://docs.gitlab.com/ci/pipeline_security/slsa/provenance_v1',
  /** Whatever was run by hand in a folder (docs/predicates/local-build.md). */
  local: 'urn:assay:build-type:local:v1',
} as const

/** The builder of {@link BUILD_TYPES.local}: nobody but who signs stands behind it. */
export const LOCAL_BUILDER_ID = 'urn:assay:builder:local:v1'

/**
 * What external parameters may be: text, anything at all, or an object of these members and no others.
 *
 * @example { workflow: { ref: 'text', repository: 'text', path: 'text' } }
 */
export interface ParameterTemplate {
  readonly [name: string]: 'text' | 'any' | ParameterTemplate
}

const GITHUB_WORKFLOW: ParameterTemplate = {
  workflow: { ref: 'text', repository: 'text', path: 'text' },
  runner_environment: 'text',
}

/**
 * Other spellings of one build type: the URI of its text, and the type that it was split from,
 * which has two parameters more.
 */
export const PARAMETER_TEMPLATES: ReadonlyMap<string, ParameterTemplate> = new Map<
  string,
  ParameterTemplate
>([
  [BUILD_TYPES.githubWorkflow, GITHUB_WORKFLOW],
  ['https://github.com/actions/buildtypes/workflow/v1', GITHUB_WORKFLOW],
  [
    'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1',
    { ...GITHUB_WORKFLOW, inputs: 'any', vars: 'any' },
  ],
  [BUILD_TYPES.gitlabJob, { source: 'text', entryPoint: 'text', variables: 'any' }],
  [BUILD_TYPES.local, { source: 'text', ref: 'text', folder: 'text' }],
])

/**
 * Every external parameter that the template does not have, or has as something else. Null and
 * empty members are the same as none (PROV-4). Which values are good is the verifier's own
 * expectation.
 *
 * @returns the parameters without what is unset
 */
export function judgeParameters(
  parameters: JsonObject,
  template: ParameterTemplate,
): Result<JsonObject, StatementProblem> {
  const set = dropEmpty(parameters)
  const problems: StatementProblem[] = []
  collectUnexpected(set, template, '/externalParameters', problems)
  return judge(set, problems)
}

function collectUnexpected(
  parameters: JsonObject,
  template: ParameterTemplate,
  at: string,
  problems: StatementProblem[],
): void {
  for (const [name, value] of Object.entries(parameters)) {
    const expected = Object.hasOwn(template, name) ? template[name] : undefined
    const here = `${at}${encodeJsonPointer([name])}`
    if (expected === undefined) {
      const message = `Expected no external parameter ${quote(name)} in this build type`
      problems.push({ code: 'statement/parameter-unexpected', message, at })
    } else if (typeof expected === 'object' && isJsonObject(value)) {
      collectUnexpected(value, expected, here, problems)
    } else if (expected !== 'any' && !isText(value, expected)) {
      const message = `Expected ${expected === 'text' ? 'text' : 'an object'}`
      problems.push({ code: 'statement/parameter-unexpected', message, at: here })
    }
  }
}

function isText(value: JsonValue, expected: 'text' | ParameterTemplate): boolean {
  return expected === 'text' && typeof value === 'string'
}
