// The checkout of a demo: a git repository with what the release was made from, a test of it, and the documents that records refer to.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ROOT } from '../../checkout.ts'
import type { Session } from '../session.ts'
import { write } from './run.ts'

/** A test of the release, in the source of it. */
const TEST = `import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { equal } from 'node:assert'

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))

test('the lockfile is of the package', () => {
  equal(read('package-lock.json').version, read('package.json').version)
})
`

/** Puts the source under git, and gives the commit. */
export function commitSource({ folder }: Session, message: string): string {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: gitEnvironment(folder) }).trim()
  writeFileSync(join(folder, 'source/release.test.mjs'), `${TEST}// ${message}\n`)
  git('init', '--quiet', '--initial-branch=main')
  writeFileSync(join(folder, '.gitignore'), '*\n')
  git('remote', 'add', 'origin', `${REPOSITORY.server}/${REPOSITORY.name}`)
  git('add', '--force', '.gitignore', 'source')
  git('commit', '--quiet', '--message', message)
  return git('rev-parse', 'HEAD')
}

/** Where the demo would have its repository. */
const REPOSITORY = { server: 'https://git.example', name: 'demo/assay', ref: 'refs/heads/main' }

/** What a run of the pipeline is told, as a runner of GitHub Actions would tell it. */
export function pipelineOf(revision: string, run: string): Readonly<Record<string, string>> {
  const { server, name, ref } = REPOSITORY
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_REF: ref,
    GITHUB_REPOSITORY: name,
    GITHUB_REPOSITORY_ID: '1',
    GITHUB_REPOSITORY_OWNER_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: run,
    GITHUB_SERVER_URL: server,
    GITHUB_SHA: revision,
    GITHUB_WORKFLOW_REF: `${name}/.github/workflows/release.yml@${ref}`,
  }
}

/** The tree of the last commit, and what is in it. */
export function readTree({ folder }: Session) {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: gitEnvironment(folder) }).trim()
  const files = git('ls-files').split('\n')
  const lines = files.map((path) => `${digestOf(readFileSync(join(folder, path)))}  ${path}\n`)
  return {
    tree: git('rev-parse', 'HEAD^{tree}'),
    manifest: digestOf(Buffer.from(lines.join(''))),
    files: files.length,
  }
}

/** SHA-256 of bytes. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Policies, the plan of the smoke, and the documents that the policies name. */
export function copyDocuments(session: Session): void {
  const { folder } = session
  cpSync(join(ROOT, 'policies'), join(folder, 'policies'), { recursive: true })
  mkdirSync(join(folder, 'docs'))
  for (const name of ['render-deployment-contract.md', 'deployment-runbook.md']) {
    writeFileSync(join(folder, 'docs', name), `# ${name}\n\nHow the demo would go back.\n`)
  }
  write(session, 'matrix.json', { node: ['22', '24'] })
}

function gitEnvironment(home: string) {
  const who = { name: 'demo', email: 'demo@example.org' }
  return {
    PATH: process.env['PATH'],
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: who.name,
    GIT_AUTHOR_EMAIL: who.email,
    GIT_COMMITTER_NAME: who.name,
    GIT_COMMITTER_EMAIL: who.email,
  }
}
