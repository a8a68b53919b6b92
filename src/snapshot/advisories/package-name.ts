// A package by its ecosystem and name, as lockfiles, advisories and purls spell them.

import { type Ecosystem } from '../dependency.ts'
import { normalizeName } from '../lockfiles/python/python-name.ts'
import { buildPurl, parsePurl } from '../purl/purl.ts'

/** A package of an ecosystem. */
export interface Package {
  /** The purl type where it is one whose lockfiles are read, else the word of the database. */
  readonly ecosystem: string
  /** As its ecosystem spells it: `@scope/name`, `group:artifact`. */
  readonly name: string
}

/** Ecosystems of OSV (osv-schema, affected[].package) whose lockfiles are read. */
const ECOSYSTEMS: ReadonlyMap<string, Ecosystem> = new Map([
  ['crates.io', 'cargo'],
  ['Packagist', 'composer'],
  ['RubyGems', 'gem'],
  ['Go', 'golang'],
  ['Maven', 'maven'],
  ['npm', 'npm'],
  ['NuGet', 'nuget'],
  ['PyPI', 'pypi'],
])

/** The ecosystem that OSV's word means; a suffix says which registry or release, and stays where we read no lockfile of it. */
export function ecosystemOfOsv(word: string): string {
  return ECOSYSTEMS.get(word.split(':', 1)[0] as string) ?? word
}

/** What stands between the namespace and the name of a purl. */
const SEPARATORS: Readonly<Record<string, string>> = {
  composer: '/',
  golang: '/',
  maven: ':',
  npm: '/',
}

const KNOWN: ReadonlySet<string> = new Set(ECOSYSTEMS.values())

/** The purl without a version; for an ecosystem that no purl is known of, its word and the name. */
export function renderPackage({ ecosystem, name }: Package): string {
  const separator = SEPARATORS[ecosystem]
  const cut = separator === undefined ? -1 : name.lastIndexOf(separator)
  const purl = KNOWN.has(ecosystem)
    ? buildPurl({
        type: ecosystem,
        ...(cut > 0 && { namespace: name.slice(0, cut) }),
        name: name.slice(cut + 1),
      })
    : undefined
  return purl?.ok === true ? purl.value : `${ecosystem} ${name}`
}

/** The package and the version that a purl names; nothing for a text that is no purl, or says more than that. */
export function packageOfPurl(text: string): (Package & { version?: string }) | undefined {
  const purl = parsePurl(text)
  if (!purl.ok || purl.value.qualifiers !== undefined || purl.value.subpath !== undefined) {
    return undefined
  }
  const { type, namespace, name, version } = purl.value
  const parts = namespace === undefined ? [name] : [namespace, name]
  return {
    ecosystem: type,
    name: parts.join(SEPARATORS[type] ?? '/'),
    ...(version !== undefined && { version }),
  }
}

/** One text for a package however it is spelt, by the rules of its ecosystem. */
export function keyOfPackage(found: Package): string {
  return `${found.ecosystem}\0${keyOfName(found)}`
}

/** One spelling of a name (PyPA, name normalization; NuGet and Composer take no heed of case). */
export function keyOfName({ ecosystem, name }: Package): string {
  if (ecosystem === 'pypi') return normalizeName(name)
  return ecosystem === 'nuget' || ecosystem === 'composer' ? name.toLowerCase() : name
}

/** One spelling of a version: Go's modules have a v in front, and its advisories have not. */
export function keyOfVersion(ecosystem: string, version: string): string {
  return ecosystem === 'golang' ? version.replace(/^v/, '') : version
}
