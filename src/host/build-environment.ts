// Where this process runs: GitHub Actions, GitLab CI, or somebody's machine. Of the environment,
// only the names of the allow-list are read.

import { randomUUID } from 'node:crypto'
import { type BuildEnvironment, ENVIRONMENT_NAMES } from '../statement/index.ts'
import type { Host } from './host.ts'

/** The variable that each CI system sets to `true`. */
const MARKS = { github: 'GITHUB_ACTIONS', gitlab: 'GITLAB_CI' } as const

/**
 * The environment of this run.
 *
 * @param kind which one to describe; `auto` goes by what the CI systems say of themselves
 */
export function readBuildEnvironment(
  { readEnvironment }: Pick<Host, 'readEnvironment'>,
  kind: BuildEnvironment['kind'] | 'auto',
): BuildEnvironment {
  const found =
    kind === 'auto'
      ? (['github', 'gitlab'] as const).find((name) => readEnvironment(MARKS[name]) === 'true')
      : kind
  if (found === undefined || found === 'local') {
    return {
      kind: 'local',
      invocationId: `urn:uuid:${randomUUID()}`,
      platform: `${process.platform}/${process.arch}`,
    }
  }
  const variables = ENVIRONMENT_NAMES[found].flatMap((name) => {
    const value = readEnvironment(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  return { kind: found, variables: Object.fromEntries(variables) }
}
