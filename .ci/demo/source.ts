// The source of a demo: a git repository with what the release is made from, and tests of it.

import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from './session.ts'

/** Where the demo would have its repository. */
export const REPOSITORY = {
  server: 'https://git.example',
  name: 'demo/assay',
  ref: 'refs/heads/main',
}

const TESTS = {
  release: `test('monorepo-validation', () => {
  equal(read('package-lock.json').version, read('package.json').version)
})
`,
  preflight: `test('the package names the Node that runs here', () => {
  const [major] = process.versions.node.split('.').map(Number)
  const named = read('package.json').engines.node.match(/[0-9]+(?=[.][0-9]+[.])/g).map(Number)
  equal(named.includes(major) || major > Math.max(...named), true)
})
`,
}

const PROLOGUE = `import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { equal } from 'node:assert'

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))

`

/** Puts the source of a version under git, and gives the commit. */
export function commitSource({ folder }: Session, version: string): string {
  const git = gitIn(folder)
  for (const [name, content] of Object.entries(TESTS)) {
    writeFileSync(join(folder, pathOf(name)), PROLOGUE + content)
  }
  writeFileSync(join(folder, 'source/VERSION'), `${version}\n`)
  if (!existsSync(join(folder, '.git'))) {
    git('init', '--quiet', '--initial-branch=main')
    writeFileSync(join(folder, '.gitignore'), '*\n')
    git('remote', 'add', 'origin', `${REPOSITORY.server}/${REPOSITORY.name}`)
  }
  git('add', '--force', '.gitignore', 'source')
  git('commit', '--quiet', '--message', version)
  return git('rev-parse', 'HEAD')
}

/** Runs tests of the source, and records how they ended, as what answers an evidence definition of the policies. */
export function recordTests(
  session: Session,
  name: keyof typeof TESTS,
  { evidence, words }: { readonly evidence: string; readonly words: readonly string[] },
): void {
  const path = pathOf(name)
  const report = `${name}.tap`
  const reporter = ['--test-reporter=tap', `--test-reporter-destination=${report}`]
  execFileSync(process.execPath, ['--test', ...reporter, path], { cwd: session.folder })
  const from = ['--from', report, '--digest-of', `configuration=${path}`]
  session.assay('record', 'test-result', ...words, ...from, '--evidence', evidence)
}

/** The tests. */
export const TEST_PATHS: readonly string[] = Object.keys(TESTS).map(pathOf)

function pathOf(name: string): string {
  return `source/${name}.test.mjs`
}

/** Runs git there, as nobody in particular, and gives what it said. */
export function gitIn(folder: string): (...args: readonly string[]) => string {
  const [name, email] = ['demo', 'demo@example.org']
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  }
  return (...args) => execFileSync('git', args, { cwd: folder, encoding: 'utf8', env }).trim()
}
