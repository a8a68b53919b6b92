// File names of wheels and sdists (PyPA specifications, Binary and Source distribution format), compared by what they say (PEP-2).

import { normalizeVersion } from './python-version.ts'

/** No file system has longer names. */
const NAME_MAX = 512

/** The one spelling that every name of the same distribution has; nothing where it names none. */
export function normalizeDistributionName(name: string): string | undefined {
  if (name.length > NAME_MAX || !/^[!-~]+$/.test(name)) return undefined
  if (name.endsWith('.whl')) return normalizeWheel(name.slice(0, -'.whl'.length))
  const ending = ['.tar.gz', '.zip'].find((ending) => name.endsWith(ending))
  return ending === undefined ? undefined : normalizeSdist(name.slice(0, -ending.length))
}

/** `name-version(-build)?-python-abi-platform` */
function normalizeWheel(stem: string): string | undefined {
  const [name = '', version = '', ...rest] = stem.split('-')
  if (rest.length < 3 || rest.length > 4 || name.includes('__')) return undefined
  const [build] = rest.slice(0, -3)
  const parts = [
    normalizeProject(name),
    normalizeVersion(version),
    build === undefined ? '' : normalizeBuild(build),
    ...rest.slice(-3).map(normalizeTag),
  ]
  return parts.includes(undefined) ? undefined : ['wheel', ...parts].join(' ')
}

/** `name-version`; the last dash divides them. */
function normalizeSdist(stem: string): string | undefined {
  const dash = stem.lastIndexOf('-')
  if (dash < 0) return undefined
  const project = normalizeProject(stem.slice(0, dash))
  const release = normalizeVersion(stem.slice(dash + 1))
  if (project === undefined || release === undefined) return undefined
  return ['sdist', project, release].join(' ')
}

/** PEP 503. */
function normalizeProject(name: string): string | undefined {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) return undefined
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-')
}

/** A number, and text that divides equal ones. */
function normalizeBuild(build: string): string | undefined {
  const digits = /^\d+/.exec(build)?.[0]
  if (digits === undefined) return undefined
  return `${digits.replace(/^0+(?=\d)/, '')}|${build.slice(digits.length)}`
}

/** A tag may be several, in any order: `cp310.cp311`. */
function normalizeTag(tag: string): string | undefined {
  const tags = tag.toLowerCase().split('.')
  if (!tags.every((one) => /^[a-z0-9_]+$/.test(one))) return undefined
  return [...new Set(tags)].toSorted().join('.')
}
