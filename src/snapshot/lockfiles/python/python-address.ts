// What pip installs from an address instead of a name: archives, repositories and folders (pip documentation, pip
// install, Argument Handling; VCS Support).

import { isCommit, stripCredentials, withoutQuery } from '../../address.ts'
import type { DependencySource } from '../../dependency.ts'
import { isProjectName } from './python-name.ts'

/** What an address says of the project behind it. */
export interface PythonAddress {
  readonly source: DependencySource
  readonly name?: string
  readonly version?: string
  /** `sha256:…` of its fragment. */
  readonly hash?: string
}

/** True for an address or a path: what pip does not read as a project's name. */
export function isAddress(text: string): boolean {
  if (/^(?:[a-z][a-z0-9+.-]*:\/\/|file:|git\+|\.{0,2}\/)/i.test(text) || /^\.{1,2}$/.test(text))
    return true
  // Of `name @ address`, only what stands before the "@" tells.
  const [head = '', ...more] = text.split('@')
  return more.length === 0 ? ARCHIVE.test(withoutQuery(text)) : head.includes('/')
}

const ARCHIVE = /\.(?:whl|zip|tar\.gz|tgz|tar\.bz2)$/i

/** Reads an address; an editable one is used in place when it is a folder. */
export function parseAddress(text: string): PythonAddress {
  const hash = text.indexOf('#')
  const place = hash < 0 ? text : text.slice(0, hash)
  const fragment = new URLSearchParams(hash < 0 ? '' : text.slice(hash + 1))
  const [egg] = fragment.get('egg')?.split('[', 1) ?? []
  const digest = ['sha512', 'sha384', 'sha256'].find((algorithm) => fragment.has(algorithm))
  return {
    source: sourceOf(place),
    ...fileParts(place),
    ...(egg !== undefined && isProjectName(egg) && { name: egg }),
    ...(digest !== undefined && { hash: `${digest}:${fragment.get(digest)}` }),
  }
}

function sourceOf(place: string): DependencySource {
  const url = stripCredentials(place)
  if (/^(?:git|hg|svn|bzr)\+/.test(place)) {
    // The last "@" of the path begins the reference; one in the host is a user.
    const at = url.lastIndexOf('@')
    const hasReference = at > url.indexOf('/', url.indexOf('://') + 3)
    const commit = hasReference ? url.slice(at + 1) : undefined
    const repository = (hasReference ? url.slice(0, at) : url).replace(/^git\+/, '')
    return { kind: 'git', url: repository, ...(isCommit(commit) && { commit }) }
  }
  if (/^https?:\/\//i.test(place)) return { kind: 'url', url }
  const path = url.replace(/^file:(?:\/\/)?/i, '')
  return { kind: ARCHIVE.test(path) ? 'file' : 'link', path }
}

/** A wheel's name holds project and version (PyPA, Binary distribution format); an sdist's ends in the version. */
function fileParts(place: string): { readonly name?: string; readonly version?: string } {
  const file = withoutQuery(place).replace(/^.*\//, '')
  const wheel = /^(?<name>[A-Za-z0-9._]+)-(?<version>[^-]+)-[^/]+\.whl$/.exec(file)
  const archive =
    /^(?<name>[A-Za-z0-9._-]+)-(?<version>\d[^-]*?)\.(?:tar\.gz|zip|tgz|tar\.bz2)$/.exec(file)
  const { name, version } = wheel?.groups ?? archive?.groups ?? {}
  return name !== undefined && version !== undefined && isProjectName(name) ? { name, version } : {}
}
