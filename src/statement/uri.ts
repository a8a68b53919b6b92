// URIs as in-toto has them (field_types.md, ResourceURI and TypeURI): compared as text, so there
// must be one spelling (FT-1, A-102).

/** Lower-case host and whatever stands around it. */
const AUTHORITY = String.raw`[!$%&'()*+,.0-9:;=@[\]_a-z~-]`
/** Every character of RFC 3986. */
const ANY = String.raw`[!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~-]`
const URI = new RegExp(
  `^[a-z][a-z0-9+.-]*:(?://(?:${AUTHORITY}+(?:[/?#]${ANY}*)?|/${ANY}+)|(?!//)${ANY}+)$`,
)

/** True for an absolute URI of ASCII characters, its scheme and authority in lower case. */
export function isUri(text: string): boolean {
  return URI.test(text)
}

/** Names of query parameters that grant access to whoever holds the URL. */
const SECRET_WORDS =
  'access|api|apikey|auth|authorization|credentials?|jwt|key|passwd|password|pwd|secret|session|sig|signature|token'
const SECRET_PARAMETER = new RegExp(`^(?:.*[-_])?(?:${SECRET_WORDS})$`, 'i')

/** What stands between a login and a host: of an image without a host, `docker://node:20@sha256:…`, a digest follows. */
const AT = String.raw`@(?!sha256:[0-9a-f]{64}(?![\w.-]))`
/** Quotes and brackets stand in passwords too; around an address they are no part of it. A backslash before one is of JSON. */
const QUOTE = String.raw`\\?["'<>](?![\s"'<>,:;)\]}\\]|$)`
const BACKSLASH = String.raw`\\\\|\\(?!["'nrtu\\])`
const LETTER = String.raw`[^/?#\s"'<>\\]|${BACKSLASH}`
const USER = String.raw`(?:[^/?#\s"'<>\\:@]*:(?:${LETTER}|${QUOTE})+|(?:${LETTER})+)${AT}`
const LOGIN = new RegExp(`^${USER}`)
const ANY_LOGIN = new RegExp(`://${USER}`, 'g')
/** An address in text, up to what can not be of it. */
const ANY_URL = new RegExp(
  String.raw`[a-z0-9+.-]{0,3}://(?:[^\s"'<>\\]|${BACKSLASH}|${QUOTE})+`,
  'gi',
)

/**
 * True when the URL would let a reader in: a user or password before the host, or a parameter such
 * as `token`. `git@` in an ssh address is a login that everybody has.
 */
export function hasCredentials(text: string): boolean {
  let before: string | undefined
  for (const part of text.split('://')) {
    const isLogin = LOGIN.test(part)
    const isEverybodys = /^git@[^@/?#\s]*(?:[/?#\s]|$)/.test(part) && /ssh$/i.test(before ?? '')
    if (before !== undefined && isLogin && !isEverybodys) return true
    before = part
  }
  const parameters = before === text ? [] : text.matchAll(/[?&;#]([^=&;#\s?]+)(?==[^&;#\s])/g)
  return [...parameters].some(([parameter]) => SECRET_PARAMETER.test(parameter.slice(1)))
}

/** The text with `…` in the place of the logins of its addresses, and of the values of such parameters. */
export function maskCredentials(text: string): string {
  return text.includes('://') ? text.replace(ANY_URL, maskUrl) : text
}

function maskUrl(url: string): string {
  if (!hasCredentials(url)) return url
  return url
    .replace(ANY_LOGIN, '://…@')
    .replace(/([?&;#])([^=&;#\s]+)=([^&;#\s]+)/g, (all, sign: string, name: string) =>
      SECRET_PARAMETER.test(name) ? `${sign}${name}=…` : all,
    )
}
