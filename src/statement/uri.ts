// URIs as in-toto has them (field_types.md, ResourceURI and TypeURI): compared as text, so there must be one spelling (FT-1, A-102).

const URI =
  /^[a-z][a-z0-9+.-]*:(?:\/\/(?<authority>[^/?#]*))?(?<rest>[!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~-]*)$/

/** True for an absolute URI of ASCII characters, its scheme and authority in lower case. */
export function isUri(text: string): boolean {
  const groups = URI.exec(text)?.groups
  if (groups === undefined) return false
  const { authority = '', rest = '' } = groups
  return /^[!$%&'()*+,.0-9:;=@[\]_a-z~-]*$/.test(authority) && authority + rest !== ''
}

/** Names of query parameters that grant access to whoever holds the URL. */
const SECRET_PARAMETER =
  /^(?:.*[-_])?(?:access|api|auth|authorization|credential|credentials|key|apikey|jwt|passwd|password|pwd|secret|session|sig|signature|token)$/i

/**
 * True when the URL would let a reader in: a user or password before the host, or a parameter such as `token` (A-119).
 * `git@` in an ssh address is a login that everybody has.
 */
export function hasCredentials(text: string): boolean {
  const [first = '', ...rest] = text.split('://')
  let before = first
  for (const part of rest) {
    const authority = /^[^/?#\s"'<>]*/.exec(part)?.[0] ?? ''
    const user = authority.slice(0, Math.max(authority.lastIndexOf('@'), 0))
    if (user !== '' && !(user === 'git' && /ssh$/i.test(before))) return true
    before = part
  }
  if (rest.length === 0) return false
  return [...text.matchAll(/[?&;](?<name>[^=&;#\s?]+)=[^&;#\s]/g)].some(({ groups }) =>
    SECRET_PARAMETER.test(groups?.['name'] ?? ''),
  )
}
