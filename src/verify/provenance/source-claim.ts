// Which source a provenance names. Its resources are unordered (PROV-15) and hold other repositories too, so the source is the one
// that the build's own parameters name; where we can not read these, it is the only repository there is.

/**
 * A repository at a commit.
 *
 * @example { uri: 'https://github.com/o/r', ref: 'refs/tags/v1.2.0', commit: '4b825d…' }
 */
export interface SourceClaim {
  /** Without `git+` and without the ref; absent for a checkout of a repository that has no address. */
  readonly uri?: string
  readonly ref?: string
  readonly commit?: string
}

/** A repository that has an address. */
export type AddressedClaim = SourceClaim & { readonly uri: string }

/** `[git+]scheme://authority/path[@ref]`; an "@" in the authority ends a user name. */
const SOURCE_URI = /^(?:git\+)?(?<uri>[a-z][a-z0-9+.-]*:\/\/[^/]*(?:\/[^@]*)?)(?:@(?<ref>.+))?$/u

/** Takes a source URI apart; nothing is decoded, folded or resolved (FT-1, A-102). */
export function parseSourceUri(text: string): AddressedClaim | undefined {
  const { uri, ref } = SOURCE_URI.exec(text)?.groups ?? {}
  if (uri === undefined) return undefined
  return { uri, ...(ref !== undefined && { ref }) }
}

/** The members of a resource that tell a repository. */
export interface Resource {
  readonly name?: string | undefined
  readonly uri?: string | undefined
  readonly digest?: Readonly<Record<string, string>> | undefined
}

/** The repositories among the resources: what has a git commit, or a `git+` URI. */
export function findRepositories(resources: readonly Resource[]): readonly SourceClaim[] {
  const addressed = resources.flatMap((resource) => {
    const source = describeResource(resource)
    const isGit = source?.commit !== undefined || resource.uri?.startsWith('git+') === true
    return source !== undefined && isGit ? [source] : []
  })
  return [...addressed, ...findUnaddressed(resources)]
}

/** What Assay calls the checkout of a repository without an address. */
const CHECKOUT = 'source'

/** Commits of repositories that have no address; where one of them is called the checkout, no other is. */
export function findUnaddressed(resources: readonly Resource[]): readonly SourceClaim[] {
  const found = resources.flatMap(({ name, uri, digest }) => {
    const commit = digest?.['gitCommit']
    return uri !== undefined || commit === undefined ? [] : [{ name, commit }]
  })
  const named = found.filter(({ name }) => name === CHECKOUT)
  return (named.length > 0 ? named : found).map(({ commit }) => ({ commit }))
}

/** A resource as a source. DS-4: `gitCommit`; earlier provenances write the same id as `sha1`. */
export function describeResource({ uri, digest }: Resource): AddressedClaim | undefined {
  const source = uri === undefined ? undefined : parseSourceUri(uri)
  const commit = digest?.['gitCommit'] ?? digest?.['sha1']
  return source === undefined || commit === undefined ? source : { ...source, commit }
}

/** The one source; `none` where no repository is named; `several` where it is not clear which one is meant. */
export type SourceFinding = SourceClaim | 'none' | 'several'

/** What is known of the source beside the repositories. */
export interface SourceHints {
  /** What the build's parameters name; where there are repositories it is one of them, and they agree. */
  readonly declared?: AddressedClaim | undefined
  /** What the run says of its ref and commit, which never contradicts the source. */
  readonly run?: Pick<SourceClaim, 'ref' | 'commit'>
  /** What the signer's certificate names: of several repositories, it says which one is meant. */
  readonly certified?: AddressedClaim | undefined
}

/** Decides which source is meant. */
export function decideSource(
  repositories: readonly SourceClaim[],
  { declared, run = {}, certified }: SourceHints,
): SourceFinding {
  const found = decide(declared, repositories)
  if (found === 'none') return found
  const isOpen = found === 'several' && declared === undefined && certified !== undefined
  const source = isOpen ? decide({ uri: certified.uri }, repositories) : found
  if (typeof source === 'string') return source
  const { uri } = source
  return mergeClaims(source, { ...(uri !== undefined && { uri }), ...run }) ?? 'several'
}

function decide(
  declared: AddressedClaim | undefined,
  repositories: readonly SourceClaim[],
): SourceFinding {
  const candidates =
    declared === undefined ? repositories : repositories.filter(({ uri }) => uri !== undefined)
  const [first, ...others] =
    declared === undefined
      ? candidates
      : [declared, ...candidates.filter(({ uri }) => uri === declared.uri)]
  if (first === undefined) return 'none'
  if (declared !== undefined && candidates.length > 0 && others.length === 0) return 'several'
  return others.reduce<SourceClaim | undefined>(mergeClaims, first) ?? 'several'
}

/** Both claims in one, or nothing where they disagree. */
export function mergeClaims(a: SourceClaim | undefined, b: SourceClaim): SourceClaim | undefined {
  if (a === undefined || !isSameRepository(a, b)) return undefined
  if (differ(a.ref, b.ref) || differ(a.commit, b.commit)) return undefined
  return { ...a, ...b }
}

/** One without an address is known by its commit. */
function isSameRepository(a: SourceClaim, b: SourceClaim): boolean {
  if (a.uri !== undefined && b.uri !== undefined) return a.uri === b.uri
  return a.uri === b.uri || (a.commit !== undefined && a.commit === b.commit)
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b
}
