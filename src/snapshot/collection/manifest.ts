// Manifests: what a project asks for, and which lockfile would hold it still. One without a lockfile floats.

import * as posix from 'node:path/posix'
import { isJsonObject, parseJson } from '../../core/index.ts'
import type { Lockfile } from '../dependency.ts'

interface ManifestKind {
  /** What the file's name matches. */
  readonly name: RegExp
  /** Of any tool that reads the manifest. */
  readonly lockfiles: readonly string[]
  /** These tools keep one lockfile for a whole workspace, at its root. */
  readonly hasWorkspaces?: true
}

const PYTHON = ['uv.lock', 'poetry.lock', 'requirements.txt', 'Pipfile.lock'] as const

const MANIFESTS: readonly ManifestKind[] = [
  {
    name: /^package\.json$/,
    lockfiles: [
      'package-lock.json',
      'npm-shrinkwrap.json',
      'pnpm-lock.yaml',
      'yarn.lock',
      'bun.lock',
    ],
    hasWorkspaces: true,
  },
  { name: /^Cargo\.toml$/, lockfiles: ['Cargo.lock'], hasWorkspaces: true },
  { name: /^go\.mod$/, lockfiles: ['go.sum'] },
  { name: /^pyproject\.toml$/, lockfiles: PYTHON, hasWorkspaces: true },
  { name: /^setup\.(?:py|cfg)$/, lockfiles: PYTHON, hasWorkspaces: true },
  { name: /^requirements\.in$/, lockfiles: ['requirements.txt'] },
  { name: /^Pipfile$/, lockfiles: ['Pipfile.lock'] },
  { name: /^(?:Gemfile|gems\.rb)$/, lockfiles: ['Gemfile.lock', 'gems.locked'] },
  { name: /^composer\.json$/, lockfiles: ['composer.lock'] },
  { name: /\.(?:cs|fs|vb)proj$/, lockfiles: ['packages.lock.json'] },
  { name: /^build\.gradle(?:\.kts)?$/, lockfiles: ['gradle.lockfile'] },
  // Maven has no lockfile.
  { name: /^pom\.xml$/, lockfiles: [] },
]

/**
 * The lockfile that locks a manifest: in its own folder, or in one above whose workspace it is a member of.
 *
 * @param lockfiles every lockfile of the snapshot, read
 */
export function lockfileOfManifest(
  path: string,
  lockfiles: readonly Lockfile[],
): string | undefined {
  const manifest = MANIFESTS.find(({ name }) => name.test(posix.basename(path)))
  if (manifest === undefined) return undefined
  const folder = posix.dirname(path)
  for (let place = folder; ; place = posix.dirname(place)) {
    const found = lockfiles.find(
      (lockfile) =>
        posix.dirname(lockfile.path) === place &&
        manifest.lockfiles.includes(posix.basename(lockfile.path)) &&
        (place === folder || hasMember(lockfile, posix.relative(place, folder))),
    )
    if (found !== undefined) return found.path
    if (place === '.' || manifest.hasWorkspaces === undefined) return undefined
  }
}

/** npm's lockfiles list the members of the workspace by folder; the others do not always, and are believed. */
function hasMember({ kind, dependencies }: Lockfile, folder: string): boolean {
  if (!kind.startsWith('npm/') || kind === 'npm/1') return true
  return dependencies.some(({ source }) => {
    if (source.kind !== 'workspace' && source.kind !== 'link') return false
    return source.path !== undefined && posix.normalize(source.path) === folder
  })
}

const DEPENDENCY_MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'package.json',
    ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'workspaces'],
  ],
  ['composer.json', ['require', 'require-dev']],
])

/** Blanks of its own line alone: over line ends, each line would look through all that are blank after it. */
const REQUIRE = /^[^\S\n\r\u2028\u2029]*require\b/m

/** True for a JSON manifest or a go.mod that asks for no dependency; what can not be read asks for something. */
export function asksForNothing(path: string, bytes: Uint8Array): boolean {
  const name = posix.basename(path)
  if (name === 'go.mod') return !REQUIRE.test(new TextDecoder().decode(bytes))
  const members = DEPENDENCY_MEMBERS.get(name)
  if (members === undefined) return false
  const json = parseJson(bytes)
  if (!json.ok || !isJsonObject(json.value)) return false
  const { value } = json
  return members.every((member) => Object.keys(value[member] ?? {}).length === 0)
}
