// A project that follows the pages of the recipes: its `.assay` folder is made by the very commands that stand there.

import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../.ci/checkout.ts'
import { VERSION } from '../../src/cli/version.ts'
import { readCodeBlocks } from '../docs/code-blocks.ts'
import { git, writeFiles } from '../host/git-repository.ts'
import {
  type BuiltRepository,
  buildRepository,
  serveRepository,
} from '../host/root-update/tuf-repository.ts'
import type { Rehearsal } from '../rehearsal/rehearsal.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { runScriptOrThrow } from './script.ts'

/** What differs between the CI systems. */
export interface Platform {
  readonly kind: 'github' | 'gitlab'
  /** The issuer as the page has it, in whose place the rehearsal's stands. */
  readonly issuer: string
  readonly remote: string
  /** The recipe, and where it belongs. */
  readonly recipe: readonly [string, string]
  /** The log that signs: the public instance has one of version 1 so far. */
  readonly log: 'rekorV1' | 'rekor'
}

export const GITHUB: Platform = {
  kind: 'github',
  issuer: 'https://token.actions.githubusercontent.com',
  remote: 'https://github.com/example/app',
  recipe: ['github-release.yml', '.github/workflows/release.yml'],
  log: 'rekorV1',
}

export const GITLAB: Platform = {
  kind: 'gitlab',
  issuer: 'https://gitlab.com',
  remote: 'https://gitlab.com/example/app',
  recipe: ['gitlab-release.yml', '.gitlab-ci.yml'],
  log: 'rekor',
}

export interface Project {
  readonly folder: string
  readonly commit: string
  /** A clone of the tag, as a CI system makes it. */
  readonly checkOut: (folder: string) => void
}

const FILES = {
  'package.json': JSON.stringify({
    name: 'app',
    version: '1.0.0',
    scripts: { build: 'node build.mjs' },
  }),
  'package-lock.json': JSON.stringify({
    name: 'app',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'app', version: '1.0.0' } },
  }),
  'build.mjs': `import { mkdirSync, writeFileSync } from 'node:fs'
mkdirSync('dist/lib', { recursive: true })
writeFileSync('dist/app.js', 'console.log(1)\\n')
writeFileSync('dist/lib/.hidden', 'also released\\n')
`,
}

/** Makes the project, follows the pages, commits, and tags `v1.0.0`. Calls for a running test: the TUF repository ends with it. */
export async function createProject(rehearsal: Rehearsal, platform: Platform): Promise<Project> {
  const base = makeTemporaryFolder(`recipe-${platform.kind}`)
  const [folder, home] = [join(base, 'project'), join(base, 'home')]
  for (const path of [join(folder, '.assay'), home]) mkdirSync(path, { recursive: true })
  const [recipe, place] = platform.recipe
  const text = readFileSync(join(ROOT, 'docs/recipes', recipe), 'utf8')
  writeFiles(folder, { ...FILES, [place]: text })
  git(folder, 'init', '--quiet', '--initial-branch=main')
  git(folder, 'remote', 'add', 'origin', platform.remote)
  await packProgram(base, join(folder, '.assay'))
  const { url } = await serveRepository(publish(rehearsal))
  const root = join(base, 'root.json')
  await runScriptOrThrow(`cosign initialize --mirror ${url} --root ${root}`, { folder, home })
  const steps = [
    ...readCodeBlocks('docs/recipes/README.md', 'sh').slice(0, -1),
    ...readCodeBlocks(`docs/recipes/${platform.kind}.md`, 'sh'),
  ]
  const script = replaceAllOnce(steps.join(''), [
    ['add-root public-good ', `add-root ${rehearsal.documents.trustedRoot} `],
    [
      'update --trust .assay/trust.json\n',
      `update --mirror ${url} --tuf-root ${root} --trust .assay/trust.json\n`,
    ],
    [`--issuer ${platform.issuer} `, `--issuer ${rehearsal.issuers[platform.kind]} `],
  ])
  await runScriptOrThrow(script, { folder, home })
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--message', 'ready')
  git(folder, 'tag', 'v1.0.0')
  return {
    folder,
    commit: git(folder, 'rev-parse', 'HEAD'),
    checkOut: (target) => {
      const quietly = ['-c', 'advice.detachedHead=false', 'clone', '--quiet', '--depth=1']
      git(base, ...quietly, '--branch=v1.0.0', `file://${folder}`, target)
      git(target, 'remote', 'set-url', 'origin', platform.remote)
    },
  }

  /** The rehearsal as an instance publishes itself. */
  function publish({ documents }: Rehearsal): BuiltRepository {
    const config = readFileSync(documents.signingConfigs[platform.log])
    const sha256 = createHash('sha256').update(config).digest('hex')
    const listed = { length: config.length, hashes: { sha256 } }
    const built = buildRepository({
      target: readFileSync(documents.trustedRoot),
      edit: (role, signed) => {
        if (role !== 'targets') return signed
        const targets = { ...(signed['targets'] as object), 'signing_config.v0.2.json': listed }
        return { ...signed, targets }
      },
      serve: { [`targets/${sha256}.signing_config.v0.2.json`]: config },
    })
    writeFileSync(join(base, 'root.json'), built.anchor)
    return built
  }
}

/** A package of the name and version of Assay, without what it depends on: its program is that of this checkout. */
async function packProgram(base: string, target: string): Promise<void> {
  const folder = join(base, 'package')
  const main = JSON.stringify(join(ROOT, 'src/cli/main.ts'))
  writeFiles(folder, {
    'package.json': JSON.stringify({ name: 'assay', version: VERSION, bin: { assay: 'main.mjs' } }),
    'main.mjs': `#!/usr/bin/env node\nawait import(${main})\n`,
  })
  await runScriptOrThrow('chmod +x main.mjs && npm pack', { folder, home: base })
  cpSync(join(folder, `assay-${VERSION}.tgz`), join(target, `assay-${VERSION}.tgz`))
}

/** What of a page is about the public instance becomes about the rehearsal; a page that no longer says it is an error. */
export function replaceAllOnce(
  text: string,
  changes: readonly (readonly [string, string])[],
): string {
  return changes.reduce((changed, [from, to]) => {
    const parts = changed.split(from)
    if (parts.length === 2) return parts.join(to)
    throw new Error(`Expected "${from}" once in the page, found it ${parts.length - 1} times`)
  }, text)
}
