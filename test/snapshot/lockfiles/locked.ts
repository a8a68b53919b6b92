// Lockfiles outside the JavaScript world, given as text or kept as fixtures, and what is read in them.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Dependency, findLockfileParser, type Lockfile } from '../../../src/snapshot/index.ts'

const FIXTURES = fileURLToPath(new URL('../../../fixtures/lockfiles/', import.meta.url))

export const folderOf = (fixture: string) => `${FIXTURES}${fixture}/`

/** Files beside a lockfile, by name. */
export type Siblings = Readonly<Record<string, string>>

/** The fixture `cargo/cli`'s file, read with what lies beside it. */
export function readFixture(fixture: string, name: string): Lockfile {
  const folder = folderOf(fixture)
  const siblings = (sibling: string) =>
    existsSync(folder + sibling) ? readFileSync(folder + sibling) : undefined
  const lockfile = findLockfileParser(name)?.({
    path: name,
    bytes: readFileSync(folder + name),
    siblings,
  })
  if (lockfile?.ok !== true) throw new Error(JSON.stringify(lockfile))
  return lockfile.value
}

/** What the format's own tool said, a line for each entry. */
export function readingOf(fixture: string): readonly string[] {
  return readFileSync(`${folderOf(fixture)}expected.txt`, 'utf8')
    .trimEnd()
    .split('\n')
}

export function parse(path: string, content: string | Uint8Array, siblings: Siblings = {}) {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const found = (name: string) => {
    const text = Object.hasOwn(siblings, name) ? siblings[name] : undefined
    return text === undefined ? undefined : Buffer.from(text)
  }
  const parser = findLockfileParser(path)
  if (parser === undefined) throw new Error(`Expected a parser for ${path}`)
  return parser({ path, bytes, siblings: found })
}

export function accepted(path: string, content: string, siblings?: Siblings): Lockfile {
  const lockfile = parse(path, content, siblings)
  if (!lockfile.ok) throw new Error(JSON.stringify(lockfile.problems))
  return lockfile.value
}

/** `code at place` of each problem without the module's name, or `accepted`. */
export function said(path: string, content: string | Uint8Array, siblings?: Siblings): string {
  const lockfile = parse(path, content, siblings)
  if (lockfile.ok) return 'accepted'
  return lockfile.problems
    .map(({ code, at }) => `${code.replace(/^.*lockfile-/, '')} at ${at}`)
    .join('; ')
}

/** `name@version` and what else is asked for, then `->` and each entry that it asks for, as an SBOM has them. */
export function linesOf(
  { dependencies }: Lockfile,
  facts: (dependency: Dependency) => readonly string[] = () => [],
  title = ({ name, version }: Dependency) => `${name}@${version ?? ''}`,
): readonly string[] {
  const byId = new Map(dependencies.map((entry) => [entry.id, entry]))
  const lines = dependencies.map((entry) => {
    const asked = entry.dependsOn.flatMap((id) => byId.get(id) ?? []).map(title)
    return [title(entry), ...facts(entry), '->', ...unique(asked)].join(' ')
  })
  return unique(lines)
}

/** `sha256:` and the first half of each digest. */
export function digestsOf({ digests }: Dependency): readonly string[] {
  return unique(digests.map(({ algorithm, value }) => `${algorithm}:${value.slice(0, 16)}`))
}

export function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted()
}
