// Where a package comes from, told from the addresses that npm, Yarn, pnpm and bun write.

import { isCommit, registryOf, stripCredentials, withoutFragment } from '../../address.ts'
import type { DependencySource } from '../../dependency.ts'

/** An archive that a code host packs from a commit; its address names the commit. */
const CODE_ARCHIVE =
  /^https:\/\/(?:codeload\.github\.com|github\.com)\/([^/]+\/[^/]+?)(?:\.git)?\/(?:legacy\.)?(?:tar\.gz|tarball|archive)\/([0-9a-f]{40})(?:\.tar\.gz)?$/

/**
 * `git+ssh://…#commit`, `git@host:…#commit`, `https://….git#commit`, `github:owner/name#commit`.
 */
const GIT = /^(?:git[+:@]|[^#]+\.git(?:#|$)|(?:github|gitlab|bitbucket|gist):)/

/** What an address is, where it does not come from a registry. */
export function sourceOf(address: string): DependencySource {
  const text = stripCredentials(address)
  const [, protocol, path = ''] = /^(file|link|portal|workspace):(.*)$/.exec(text) ?? []
  if (protocol === 'workspace') return { kind: 'workspace', path }
  if (protocol !== undefined) return { kind: protocol === 'file' ? 'file' : 'link', path }
  const archive = CODE_ARCHIVE.exec(text)
  if (archive !== null) {
    return { kind: 'git', url: `https://github.com/${archive[1]}`, commit: archive[2] ?? '' }
  }
  if (GIT.test(text)) return gitSource(text)
  if (/^https?:\/\//.test(text)) return { kind: 'url', url: withoutFragment(text) }
  return { kind: 'file', path: text }
}

/** A package of a registry, with its archive's address where there is one. */
export function registrySource(
  name: string,
  url?: string,
): { readonly source: DependencySource; readonly registry?: string | undefined } {
  if (url === undefined) return { source: { kind: 'registry' } }
  const address = withoutFragment(stripCredentials(url))
  return { source: { kind: 'registry', url: address }, registry: registryOf(address, name) }
}

/** True for a requirement that names an archive or a repository, not a version of a registry. */
export function isAddress(requirement: string): boolean {
  return /^(?:https?:\/\/|file:|link:|portal:)/.test(requirement) || isRepository(requirement)
}

/** True for a requirement that names a repository, `owner/name` included. */
export function isRepository(requirement: string): boolean {
  return GIT.test(requirement) || /^[\w.-]+\/[\w.-]+(?:#.*)?$/.test(requirement)
}

function gitSource(text: string): DependencySource {
  const hash = text.indexOf('#')
  const url = hash < 0 ? text : text.slice(0, hash)
  // Yarn writes `#commit=…`, pnpm `#…&path:/…`.
  const commit =
    hash < 0 ? undefined : /(?:^|[#&=])([0-9a-f]{40,64})(?:&|$)/.exec(text.slice(hash))?.[1]
  return { kind: 'git', url, ...(isCommit(commit) && { commit }) }
}
