// The recipes as files: what those who run such files demand of them, and what we promise of them.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { findPython, hasTool } from '../outside-tool.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { writeFiles } from '../host/git-repository.ts'
import { parseWorkflow } from './github-workflow.ts'
import { listJobs, parsePipeline } from './gitlab-pipeline.ts'

const FILES = {
  github: 'docs/recipes/github-release.yml',
  gitlab: 'docs/recipes/gitlab-release.yml',
}
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const workflowText = read(FILES.github)
const workflow = parseWorkflow(workflowText)
const pipeline = parsePipeline(read(FILES.gitlab))

/** `.ci/outside-tools.sh` puts it there. */
const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
const actionlint =
  process.env['ASSAY_TEST_ACTIONLINT'] ?? join(cache, 'assay-ci-actionlint-1.7.12/actionlint')

describe('the GitHub workflow', () => {
  it.skipIf(!hasTool(actionlint, '-version'))(
    'pleases actionlint, which sees what is wrong',
    () => {
      const lint = (input: string) =>
        spawnSync(actionlint, ['-no-color', '-'], { input, encoding: 'utf8', cwd: ROOT })
      expect(lint(workflowText)).toMatchObject({ status: 0, stdout: '' })
      const injected = workflowText.replace('npm run build', 'echo ${{ github.head_ref }}')
      expect(lint(injected).stdout).toContain('potentially untrusted')
      expect(lint(workflowText.replace('needs: build', 'needs: built')).status).toBe(1)
    },
  )

  it('gives each job no more than it needs, and an identity to the one that runs Assay alone', () => {
    expect(workflow.permissions).toEqual({})
    const permissions = Object.entries(workflow.jobs).map(([name, job]) => [name, job.permissions])
    expect(permissions).toEqual([
      ['build', { contents: 'read' }],
      ['attest', { contents: 'read', 'id-token': 'write' }],
    ])
    const scripts = workflow.jobs['attest']?.steps.flatMap(({ run = [] }) => run).join('\n')
    expect(listPrograms(scripts ?? '')).toEqual(['assay', 'echo', 'npm'])
    expect(scripts).toContain('npm ci --prefix .assay --ignore-scripts\n')
  })

  it('names every action by a full commit, with its version beside it', () => {
    const uses = workflowText.split('\n').filter((line) => line.includes('uses:'))
    const pinned = /^ {6}- uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/
    expect(uses.filter((line) => !pinned.test(line))).toEqual([])
    // One action, one commit.
    const actions = uses.map((line) => line.trim().split('@')[0])
    expect(new Set(uses).size).toBe(new Set(actions).size)
    const credentials = /uses: actions\/checkout@.*\n +with:\n +persist-credentials: false\n/g
    expect(workflowText.match(credentials)).toHaveLength(2)
  })

  it('puts no expression into a script', () => {
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)
    const scripts = steps.flatMap(({ run = [] }) => run)
    expect(scripts.length).toBeGreaterThan(5)
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
    expect(scripts.flatMap(listUnquoted)).toEqual([])
    expect(listUnquoted('assay verify "$A" --source-tag $B')).toEqual(['$B'])
  })
})

describe('the GitLab pipeline', () => {
  const python = findPython('check_jsonschema')

  it.skipIf(python === undefined)('is what the JSON Schema of GitLab CI allows', () => {
    const folder = makeTemporaryFolder('gitlab-schema')
    const check = (text: string) => {
      writeFiles(folder, { '.gitlab-ci.yml': text })
      const args = ['-m', 'check_jsonschema', '--builtin-schema', 'vendor.gitlab-ci']
      return spawnSync(python ?? '', [...args, join(folder, '.gitlab-ci.yml')], {
        encoding: 'utf8',
      })
    }
    const text = read(FILES.gitlab)
    expect(check(text)).toMatchObject({ status: 0 })
    expect(check(text.replace('aud: sigstore', 'audience: sigstore'))).toMatchObject({ status: 1 })
    expect(check(text.replace('script:', 'scripts:'))).toMatchObject({ status: 1 })
  })

  it('gives an identity to the job that runs Assay alone, with the audience of Sigstore', () => {
    const jobs = listJobs(pipeline)
    expect(jobs.map(([name, { id_tokens }]) => [name, id_tokens])).toEqual([
      ['build', undefined],
      ['attest', { SIGSTORE_ID_TOKEN: { aud: 'sigstore' } }],
    ])
    const script = jobs.at(-1)?.[1].script.join('\n') ?? ''
    expect(listPrograms(script)).toEqual(['assay', 'export', 'npm'])
    expect(script).toContain('npm ci --prefix .assay --ignore-scripts\n')
  })

  it('quotes every value of the environment', () => {
    const scripts = listJobs(pipeline).flatMap(([, { script }]) => script)
    expect(scripts.flatMap(listUnquoted)).toEqual([])
  })

  it('runs for tags alone, and in an order that there is', () => {
    expect(pipeline['workflow']).toEqual({ rules: [{ if: '$CI_COMMIT_TAG =~ /^v/' }] })
    const stages = listJobs(pipeline).map(([, { stage }]) => stage)
    expect(stages).toEqual(pipeline.stages)
  })
})

it('Every file that the recipes read is made on their page', () => {
  const page = read('docs/recipes/README.md')
  const texts = Object.values(FILES).map(read)
  const needed = texts.flatMap((text) => text.match(/\.assay\/[\w.]+\.json/g) ?? [])
  expect(new Set(needed).size).toBe(3)
  expect(needed.filter((path) => !page.includes(path))).toEqual([])
})

/** The first words of the commands. */
function listPrograms(script: string): readonly string[] {
  const lines = script.replaceAll('\\\n', ' ').split('\n').filter(Boolean)
  const commands = lines.map((line) => line.split(' ')[0] ?? '')
  return [...new Set(commands)].toSorted()
}

/** Variables that stand outside of double quotes. */
function listUnquoted(script: string): readonly string[] {
  return script.replaceAll(/"[^"]*"/g, '').match(/\$\w+|`/g) ?? []
}
