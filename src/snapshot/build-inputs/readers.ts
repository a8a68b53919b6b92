// One reader for each kind of input that is not a lockfile or a manifest.

import type { InputKind, InputReader } from '../build-input.ts'
import { readCompose } from './compose.ts'
import { readContainerFile } from './container-file.ts'
import { readEnvContract } from './env-contract.ts'
import { readGithubAction, readGithubWorkflow } from './github.ts'
import { readGitlabCi } from './gitlab.ts'
import { readReleaseScript } from './release-script.ts'
import { readRenderBlueprint } from './render-blueprint.ts'

/** By kind. */
export const INPUT_READERS: Readonly<
  Record<Exclude<InputKind, 'lockfile' | 'manifest'>, InputReader>
> = {
  compose: readCompose,
  'container-file': readContainerFile,
  'env-contract': readEnvContract,
  'github-action': readGithubAction,
  'github-workflow': readGithubWorkflow,
  'gitlab-ci': readGitlabCi,
  'release-script': readReleaseScript,
  'render-blueprint': readRenderBlueprint,
}
