// Addresses as lockfiles and build inputs write them, without what could be a secret: nothing that leaves this module
// carries credentials.

/**
 * `user:password@` before a host; also percent-encoded, as Yarn keeps an address inside another.
 */
const USER = /:\/\/([^\s/?#]*)@/g
const ENCODED_USER = /(%3A%2F%2F)((?:(?!%2F|%3F|%23)[^\s/?#&])*)%40/gi
/** A password with a "/" of its own: what follows the ":" is no port, and an "@" comes later. */
const BROKEN_USER = /:\/\/[^\s/?#@:]{1,256}:(?!\d{0,5}(?:[/?#]|$))[^\s@]{0,256}@/g

/**
 * A query may carry a token or a signature, so only the names that say which version is meant are
 * kept.
 */
const QUERY = /\?([^\s#]*)/g
const ENCODED_QUERY = /%3F(?:(?!%23)[^\s?#&])*/gi
const KEPT_QUERY = new Set([
  'branch',
  'commit',
  'path',
  'ref',
  'rev',
  'sha',
  'subdirectory',
  'tag',
  'version',
])

/**
 * The text with the credentials of every address in it left out: user and password before the host
 * (but for the plain `git@` of SSH) and query parameters that do not name a version. Use it on
 * everything a lockfile says about places.
 *
 * @example 'https://ci:secret@registry.example/a.tgz?token=1' gives 'https://registry.example/a.tgz'
 */
export function stripCredentials(text: string): string {
  if (/%3a%2f%2f/i.test(text)) {
    return strip(text.replace(ENCODED_USER, '$1').replace(ENCODED_QUERY, ''))
  }
  return strip(text)
}

/**
 * The registry that an archive's address belongs to: what stands before the package's own path,
 * else the origin.
 *
 * @example 'https://registry.example/npm/@a/b/-/b-1.0.0.tgz' of '@a/b' gives 'https://registry.example/npm'
 */
export function registryOf(url: string, name: string): string | undefined {
  const address = /^(https?:\/\/[^/?#\s]+)([^?#\s]*)/.exec(stripCredentials(url))
  if (address === null) return undefined
  const [, origin = '', path = ''] = address
  const own = [`/${name}/`, `/${name.replace('/', '%2f')}/`, `/${name.replace('/', '%2F')}/`]
  const ends = own.map((part) => path.indexOf(part)).filter((index) => index >= 0)
  return ends.length === 0 ? origin : origin + path.slice(0, Math.min(...ends))
}

/** What stands before the fragment, the whole where there is none. */
export function withoutFragment(address: string): string {
  const hash = address.indexOf('#')
  return hash < 0 ? address : address.slice(0, hash)
}

/** What stands before query and fragment. */
export function withoutQuery(address: string): string {
  const query = address.search(/[?#]/)
  return query < 0 ? address : address.slice(0, query)
}

/** A git commit's full name: SHA-1 or SHA-256, lower-case hexadecimal. */
export function isCommit(text: string | undefined): text is string {
  return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

/** The address without user, password, query and fragment; anything that is no URL is not shown at all. */
export function publicAddress(address: string): string | undefined {
  const { host = '', path } = SCP_ADDRESS.exec(address)?.groups ?? {}
  if (host === 'localhost' || host.slice(1, -1).includes('.')) return `ssh://${host}/${path}`
  try {
    const url = new URL(address)
    // A path on somebody's disk is no public address.
    if (url.host === '' || url.protocol === 'file:') return undefined
    return `${url.protocol}//${url.host}${url.pathname}`
  } catch {
    // `new URL` throws for what is no URL; there is no more to tell.
    return undefined
  }
}

/** `git@host:team/app.git`, the short form of an SSH address, where the host has a dot inside or is this machine. */
const SCP_ADDRESS = /^(?:[^@/\s]+@)?(?<host>[\w.-]+):(?!\/\/)(?<path>[\w./~-]+)$/

function strip(text: string): string {
  if (!text.includes('://')) return text
  return text
    .replace(USER, (_, user: string) => (user === 'git' ? '://git@' : '://'))
    .replace(BROKEN_USER, '://')
    .replace(QUERY, (_, query: string) => keptQuery(query))
}

function keptQuery(query: string): string {
  const kept = query.split('&').filter((part) => KEPT_QUERY.has(part.split('=', 1)[0] ?? ''))
  return kept.length === 0 ? '' : `?${kept.join('&')}`
}
