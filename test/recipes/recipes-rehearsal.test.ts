// The recipes as they stand, run on the real services of Sigstore: what they release is accepted, and what is wrong stops them.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { parseSigningConfig, selectServices } from '../../src/sign/index.ts'
import { loadPublicGoodRoot, parseTrustedRoot } from '../../src/trust/index.ts'
import { readCodeBlocks } from '../docs/code-blocks.ts'
import { say, startServer } from '../host/network/misbehaving-server.ts'
import { useRehearsal } from '../rehearsal/use-rehearsal.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { artifactFolder, parseWorkflow, runWorkflow } from './github-workflow.ts'
import { parsePipeline, runPipeline } from './gitlab-pipeline.ts'
import { createProject, GITHUB, GITLAB, type Platform, type Project } from './project.ts'
import { runScript, runScriptOrThrow } from './script.ts'

const rehearsal = useRehearsal()
const read = (name: string) => readFileSync(join(ROOT, 'docs/recipes', name), 'utf8')
const workflow = parseWorkflow(read('github-release.yml'))
const pipeline = parsePipeline(read('gitlab-release.yml'))

const BEARER = 'a secret of the runner'

/** What differs from an honest run. */
interface Change {
  readonly claims?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  /** Done to the files of `build` before `attest` gets them. */
  readonly artifact?: (folder: string) => void
}

it('The GitHub workflow releases what whoever gets it accepts', async () => {
  const { done, folder, project } = await release(GITHUB)
  expect(failures(done)).toEqual({ build: undefined, attest: undefined })
  await expectRelease(artifactFolder({ folder }, 'release'), project)
  expect(done['attest']?.log).toContain(
    'signed with the certificate of https://github.com/example/',
  )
  expect(JSON.stringify(done)).not.toContain(BEARER)
})

it('The GitLab pipeline releases what whoever gets it accepts', async () => {
  const { done, folder, project } = await release(GITLAB)
  expect(failures(done)).toEqual({ build: undefined, attest: undefined })
  await expectRelease(artifactFolder({ folder }, 'attest'), project)
  expect(done['attest']?.log).toContain(
    'signed with the certificate of https://gitlab.com/example/',
  )
})

const OTHER_WORKFLOW = 'example/app/.github/workflows/a.yml@refs/tags/v1.0.0'

const OTHER_FILES: Change = {
  artifact: (folder) => writeFileSync(join(folder, 'dist/app.js'), 'console.log(2)\n'),
}

it.each<{ what: string; platform: Platform; change: Change; failed: string; words: string }>([
  {
    what: 'GitHub: other files and manifest',
    platform: GITHUB,
    change: {
      artifact: (folder) => {
        OTHER_FILES.artifact?.(folder)
        writeFileSync(join(folder, 'SHA256SUMS'), '')
      },
    },
    failed: 'Check that these are the files of the build',
    words: 'FAILED',
  },
  {
    what: 'GitHub: another workflow',
    platform: GITHUB,
    change: {
      claims: { job_workflow_ref: OTHER_WORKFLOW, workflow_ref: OTHER_WORKFLOW },
      environment: { GITHUB_WORKFLOW_REF: OTHER_WORKFLOW },
    },
    failed: 'Verify as anybody else will',
    words: 'workflows/a.yml@',
  },
  {
    what: 'GitHub: another repository',
    platform: GITHUB,
    change: { claims: { repository_id: '1002' } },
    failed: 'Verify as anybody else will',
    words: '1002',
  },
  {
    what: 'GitHub: a private repository',
    platform: GITHUB,
    change: { claims: { repository_visibility: 'private' } },
    failed: 'Attest',
    words: '--publish-private',
  },
  {
    what: 'GitLab: other files',
    platform: GITLAB,
    change: OTHER_FILES,
    failed: 'attest',
    words: 'app.js',
  },
  {
    what: 'GitLab: another project',
    platform: GITLAB,
    change: { claims: { project_id: '1002' } },
    failed: 'attest',
    words: '1002',
  },
])('No release of $what', async ({ platform, change, failed, words }) => {
  const { done, folder } = await release(platform, change)
  expect(failures(done)).toEqual({ build: undefined, attest: failed })
  expect(done['attest']?.log).toContain(words)
  const published = platform.kind === 'github' ? 'release' : 'attest'
  expect(existsSync(artifactFolder({ folder }, published))).toBe(false)
})

it('The services that the public instance names are spoken to, and known by the root that is built in', async () => {
  // sigstore-python ships both documents of the public instance as they were when it was made.
  const find = `python3 -c 'import sigstore._store as s; print(s.__path__[0])'`
  const home = makeTemporaryFolder('recipe-public')
  const store = (await runScriptOrThrow(find, { folder: home, home })).trim()
  const name = 'https%3A%2F%2Ftuf-repo-cdn.sigstore.dev/signing_config.v0.2.json'
  const config = parseSigningConfig(readFileSync(join(store, name)))
  const selected = config.ok ? selectServices(config.value, Date.now()) : config
  if (!selected.ok) throw new Error(selected.problems[0].message)
  const { certificateAuthority, logs, timestampAuthorities } = selected.value
  const builtIn = JSON.stringify(await loadPublicGoodRoot())
  const root = parseTrustedRoot(Buffer.from(builtIn))
  if (!root.ok) throw new Error(root.problems[0].message)
  const { certificateAuthorities, transparencyLogs, ...others } = root.value
  const host = (url: string) => new URL(url).host
  const known = [...certificateAuthorities, ...others.timestampAuthorities].map(({ uri }) => uri)
  const knownLogs = transparencyLogs.map(({ baseUrl }) => baseUrl)
  expect(known.map(host)).toContain(host(certificateAuthority.url))
  expect(timestampAuthorities.length * logs.length).toBeGreaterThan(0)
  for (const { url } of timestampAuthorities) expect(known.map(host)).toContain(host(url))
  for (const { url } of logs) expect(knownLogs.map(host)).toContain(host(url))
})

const projects = new Map<Platform, Promise<Project>>()

async function release(platform: Platform, change: Change = {}) {
  const made = projects.get(platform) ?? createProject(rehearsal(), platform)
  projects.set(platform, made)
  const project = await made
  const folder = makeTemporaryFolder('recipe-run')
  const system = {
    folder,
    checkOut: project.checkOut,
    afterJob: (job: string) => {
      const name = platform.kind === 'github' ? 'build' : job
      if (job === 'build') change.artifact?.(artifactFolder({ folder }, name))
    },
  }
  const token = (audience: string) => {
    const { commit: sha } = project
    const claims = {
      github: { sha, job_workflow_sha: sha, workflow_sha: sha },
      gitlab: { sha, ci_config_sha: sha },
    }[platform.kind]
    const { kind } = platform
    return rehearsal().token({ kind, claims: { aud: audience, ...claims, ...change.claims } })
  }
  const done =
    platform.kind === 'github'
      ? await runWorkflow(workflow, {
          ...system,
          environment: { ...gitHubVariables(project), ...change.environment },
          identity: await serveTokens(token),
        })
      : await runPipeline(pipeline, { ...system, environment: gitLabVariables(project), token })
  return { done, folder, project }
}

function failures(done: Awaited<ReturnType<typeof runWorkflow>>) {
  return Object.fromEntries(Object.entries(done).map(([job, { failed }]) => [job, failed]))
}

/** Whoever gets the release follows the page; then one byte differs. */
async function expectRelease(folder: string, project: Project): Promise<void> {
  const [script = ''] = readCodeBlocks('docs/recipes/README.md', 'sh').slice(-1)
  const home = makeTemporaryFolder('recipe-home')
  mkdirSync(join(home, 'bin'))
  const program = join(ROOT, 'test/cli/bin/assay')
  const copy = `cp '${join(project.folder, '.assay/trust.json')}' trust.json\nassay() { '${program}' "$@"; }\n`
  const said = await runScriptOrThrow(copy + script, { folder, home })
  expect(said).toContain('accepted  1 of 1 bundle accepted')
  const { source } = JSON.parse(readFileSync(join(folder, 'snapshot.json'), 'utf8'))
  expect(source).toMatchObject({ state: 'clean', commit: project.commit })
  expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toMatch(
    /^[0-9a-f]{64} {2}app\.js\n[0-9a-f]{64} {2}lib\/\.hidden\n$/,
  )
  OTHER_FILES.artifact?.(folder)
  const refused = await runScript(copy + script, { folder, home })
  expect(refused).toMatchObject({ status: 1 })
  expect(refused.stdout).toContain('app.js has other content')
}

/** The runner's own service, as https://docs.github.com/actions/reference/security/oidc has it. */
async function serveTokens(token: (audience: string) => Promise<string>) {
  const { url } = await startServer(async (response, { path, headers }) => {
    const { searchParams } = new URL(path, 'http://runner')
    const known = headers.authorization?.toLowerCase() === `bearer ${BEARER}`
    const audience = searchParams.get('audience')
    if (!known || searchParams.get('api-version') !== '2.0' || audience === null) {
      return say(response, 401)
    }
    return say(response, 200, JSON.stringify({ count: 1, value: await token(audience) }))
  })
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: BEARER,
  }
}

function gitHubVariables({ commit }: Project) {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF: 'refs/tags/v1.0.0',
    GITHUB_REF_NAME: 'v1.0.0',
    GITHUB_REPOSITORY: 'example/app',
    GITHUB_REPOSITORY_ID: '1001',
    GITHUB_REPOSITORY_OWNER_ID: '2002',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '3003',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: commit,
    GITHUB_WORKFLOW_REF: 'example/app/.github/workflows/release.yml@refs/tags/v1.0.0',
    RUNNER_ENVIRONMENT: 'github-hosted',
  }
}

function gitLabVariables({ commit }: Project) {
  return {
    CI: 'true',
    GITLAB_CI: 'true',
    CI_COMMIT_SHA: commit,
    CI_COMMIT_TAG: 'v1.0.0',
    CI_JOB_ID: '4004',
    CI_JOB_STARTED_AT: '2026-04-10T12:00:00Z',
    CI_JOB_URL: 'https://gitlab.com/example/app/-/jobs/4004',
    CI_PIPELINE_SOURCE: 'push',
    CI_PROJECT_ID: '1001',
    CI_PROJECT_URL: 'https://gitlab.com/example/app',
    CI_RUNNER_DESCRIPTION: 'a runner',
    CI_RUNNER_EXECUTABLE_ARCH: 'linux/amd64',
    CI_RUNNER_ID: '12270807',
  }
}
