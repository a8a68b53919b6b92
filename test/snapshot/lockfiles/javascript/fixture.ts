// Real lockfiles and what their own tools read in them; `fixtures/lockfiles/<kind>/README.md` says
// where they are from.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  type Dependency,
  findLockfileParser,
  type Lockfile,
} from '../../../../src/snapshot/index.ts'

const FIXTURES = fileURLToPath(new URL('../../../../fixtures/lockfiles/', import.meta.url))
const NAMES: Readonly<Record<string, string>> = {
  npm: 'package-lock.json',
  pnpm: 'pnpm-lock.yaml',
  yarn: 'yarn.lock',
  berry: 'yarn.lock',
  bun: 'bun.lock',
}

export const folderOf = (fixture: string) => `${FIXTURES}${fixture}/`

/** The lockfile of `npm/netlify-cli`, read with what lies beside it. */
export function readFixture(fixture: string): Lockfile {
  const name = NAMES[fixture.replace(/\/.*/, '')] ?? ''
  const folder = folderOf(fixture)
  return accepted(name, readFileSync(folder + name), (sibling) =>
    existsSync(folder + sibling) ? readFileSync(folder + sibling) : undefined,
  )
}

/** What the tool said, a line for each package. */
export const readingOf = (fixture: string) =>
  readFileSync(`${folderOf(fixture)}expected.txt`, 'utf8')
    .trim()
    .split('\n')

export function accepted(
  path: string,
  content: Uint8Array | string,
  siblings: (name: string) => Uint8Array | undefined = () => undefined,
): Lockfile {
  const lockfile = parse(path, content, siblings)
  if (lockfile?.ok !== true) throw new Error(JSON.stringify(lockfile))
  return lockfile.value
}

/** `code at place` of each problem, or `accepted`. */
export function said(path: string, content: string, manifest?: string) {
  const lockfile = parse(path, content, (name) =>
    name === 'package.json' && manifest !== undefined ? Buffer.from(manifest) : undefined,
  )
  if (lockfile?.ok !== false) return 'accepted'
  return lockfile.problems.map(({ code, at }) => `${code} at ${at}`).join('; ')
}

/**
 * `name@version algorithm:digest… -> name@version…`: all entries of one version together, as an
 * SBOM has them.
 */
export function linesByVersion({ dependencies }: Lockfile): readonly string[] {
  const byId = new Map(dependencies.map((entry) => [entry.id, entry]))
  const title = ({ name, version }: Dependency) => `${name}@${version ?? ''}`
  const lines = Map.groupBy(dependencies, title)
    .entries()
    .map(([head, entries]) => {
      const digests = entries.flatMap((entry) =>
        entry.digests.map(({ algorithm, value }) => `${algorithm}:${value.slice(0, 16)}`),
      )
      const asked = entries.flatMap(({ dependsOn }) =>
        dependsOn.flatMap((id) => byId.get(id) ?? []).map(title),
      )
      return [head, ...unique(digests), '->', ...unique(asked)].join(' ')
    })
  return [...lines].toSorted()
}

function parse(
  path: string,
  content: Uint8Array | string,
  siblings: (name: string) => Uint8Array | undefined,
) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return findLockfileParser(path)?.({ path, bytes, siblings })
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted()
}
