// Manifests that ask for packages, and the lockfiles that answer them: a manifest without one is floating.

import { compareCodePoints } from '../../core/index.ts'

/** Manifests by their names (`*` stands for any beginning), with the lockfiles of any tool that reads them. */
const LOCKFILES_OF: readonly (readonly [manifest: string, lockfiles: readonly string[]])[] = [
  [
    'package.json',
    ['bun.lock', 'npm-shrinkwrap.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'],
  ],
  ['Cargo.toml', ['Cargo.lock']],
  ['go.mod', ['go.sum']],
  ['pyproject.toml', ['uv.lock', 'poetry.lock', 'requirements.txt']],
  ['setup.py', ['uv.lock', 'poetry.lock', 'requirements.txt']],
  ['Pipfile', ['Pipfile.lock']],
  ['Gemfile', ['Gemfile.lock']],
  ['composer.json', ['composer.lock']],
  ['*.csproj', ['packages.lock.json']],
  ['*.fsproj', ['packages.lock.json']],
  ['*.vbproj', ['packages.lock.json']],
  ['build.gradle', ['gradle.lockfile']],
  ['build.gradle.kts', ['gradle.lockfile']],
  ['pom.xml', []],
]

/** These tools keep one lockfile for a whole workspace, at its root. */
const SHARED: ReadonlySet<string> = new Set([
  'Cargo.toml',
  'package.json',
  'pyproject.toml',
  'setup.py',
])

/**
 * Names the manifests that no lockfile stands beside, or, for tools with workspaces, above.
 *
 * @param paths every file of the snapshot, relative to its root, with forward slashes
 * @returns their paths, sorted by code points
 */
export function floatingManifests(paths: readonly string[]): readonly string[] {
  const present = new Set(paths)
  return paths
    .filter((path) => {
      const [folder, name] = splitPath(path)
      const rule = LOCKFILES_OF.find(([manifest]) => matches(manifest, name))
      if (rule === undefined) return false
      const [manifest, lockfiles] = rule
      const folders = SHARED.has(manifest) ? [folder, ...foldersAbove(folder)] : [folder]
      return !folders.some((place) => lockfiles.some((file) => present.has(place + file)))
    })
    .toSorted(compareCodePoints)
}

function matches(manifest: string, name: string): boolean {
  return manifest.startsWith('*') ? name.endsWith(manifest.slice(1)) : name === manifest
}

/** The folder with its slash (`""` at the root), and the name. */
function splitPath(path: string): readonly [folder: string, name: string] {
  const end = path.lastIndexOf('/') + 1
  return [path.slice(0, end), path.slice(end)]
}

function foldersAbove(folder: string): readonly string[] {
  const parts = folder.split('/').slice(0, -1)
  return parts.map((_, index) =>
    parts
      .slice(0, index)
      .map((part) => `${part}/`)
      .join(''),
  )
}
