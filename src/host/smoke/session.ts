// What unlock steps have got: headers that are sent with what needs them, and the secrets that no answer may repeat.

import type { SmokeUnlock } from '../../record/observation/index.ts'

/** What one step unlocks with. */
export type Pass =
  | { readonly kind: 'cookie'; readonly name: string; readonly value: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }

/** A shorter text would be found in answers that do not repeat it. */
const SECRET_MIN = 6

/** What every request of these steps carries. */
export function headersOf(passes: readonly Pass[]): Readonly<Record<string, string>> {
  const cookies = passes.filter(({ kind }) => kind === 'cookie')
  const headers = passes.filter(({ kind }) => kind === 'header')
  return {
    ...Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value])),
    ...(cookies.length > 0 && {
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    }),
  }
}

/** The secret as a header or cookie can carry it; nothing where it can not. */
export function presentSecret(
  use: Extract<SmokeUnlock['use'], { readonly kind: 'present' }>,
  secret: string,
): Pass | undefined {
  // RFC 6265 cookie-octets, and the visible characters of a header (RFC 9110).
  if (use.as === 'cookie') {
    return isCookieValue(secret) ? { kind: 'cookie', name: use.name, value: secret } : undefined
  }
  if (!/^[\x21-\x7e]+$/.test(secret)) return undefined
  if (use.as === 'header') return { kind: 'header', name: use.name, value: secret }
  return { kind: 'header', name: 'authorization', value: `Bearer ${secret}` }
}

/** The body of a request that takes the secret, with the secret as its content type writes it. */
export function fillBody(
  { body, contentType }: Extract<SmokeUnlock['use'], { readonly kind: 'exchange' }>,
  secret: string,
): Uint8Array {
  const written =
    contentType === 'application/json'
      ? JSON.stringify(secret).slice(1, -1)
      : encodeURIComponent(secret)
  // As a function: a text would have its `$&` read as a pattern.
  return Buffer.from(body.replace('{secret}', () => written))
}

/** The cookie of this name that the answer sets. */
export function findCookie(setCookies: readonly string[], name: string): Pass | undefined {
  for (const cookie of setCookies) {
    const [pair = ''] = cookie.split(';', 1)
    const value = pair.slice(pair.indexOf('=') + 1).trim()
    const isNamed = pair.includes('=') && pair.slice(0, pair.indexOf('=')).trim() === name
    if (isNamed && isCookieValue(value)) return { kind: 'cookie', name, value }
  }
  return undefined
}

function isCookieValue(text: string): boolean {
  return /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/.test(text)
}

/** Whether an answer repeats one of the secrets, as it is or as a URL or JSON writes it. */
export function repeatsSecret(bytes: Uint8Array, secrets: readonly string[]): boolean {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const spellings = secrets.flatMap((secret) =>
    secret.length < SECRET_MIN
      ? []
      : [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)],
  )
  return spellings.some((spelling) => content.includes(spelling))
}
