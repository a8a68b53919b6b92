// Whether one answer passes its check, and if not, for which reason. Nothing that a server said gets into a reason but its
// status and a plain content type.

import { findContentBreach } from './smoke-content.ts'
import type { SmokeReason } from './smoke-observation.ts'
import type { SmokeCheck } from './smoke-plan.ts'

/** What a server answered in the end, after the redirects that were followed. */
export interface SmokeAnswer {
  /** Of the request that it answers. */
  readonly url: string
  readonly httpStatus: number
  /** The headers of these names. */
  readonly contentType?: string
  readonly contentEncoding?: string
  readonly location?: string
  readonly body: Uint8Array
}

const CONTENT_TYPE = /^[a-z0-9.+-]{1,100}\/[a-z0-9.+-]{1,100}$/

/** The content type without parameters, in lower case; nothing for what is none. */
export function contentTypeOf({ contentType = '' }: SmokeAnswer): string | undefined {
  const essence = contentType.replace(/;.*$/s, '').trim().toLowerCase()
  return CONTENT_TYPE.test(essence) ? essence : undefined
}

/** @returns why it does not pass; nothing where it does */
export function findSmokeReason(
  { expect }: Pick<SmokeCheck, 'expect'>,
  answer: SmokeAnswer,
): SmokeReason | undefined {
  const { status, contentTypes, redirectTo, content } = expect
  const { httpStatus, contentEncoding = 'identity', location, url } = answer
  if (httpStatus !== status) {
    return { why: 'http-status', expected: String(status), found: String(httpStatus) }
  }
  if (redirectTo !== undefined && !leadsTo({ url, location, redirectTo })) {
    return { why: 'redirect', expected: redirectTo, found: 'another place' }
  }
  const found = contentTypeOf(answer)
  if (contentTypes !== undefined && (found === undefined || !contentTypes.includes(found))) {
    const expected = contentTypes.join(' or ')
    return { why: 'content-type', expected, found: found ?? 'none' }
  }
  // Nothing was asked for but the content itself, and nothing here decompresses: no bomb can go off.
  if (content.length > 0 && contentEncoding.trim().toLowerCase() !== 'identity') {
    return { why: 'content-encoding', expected: 'identity', found: 'another encoding' }
  }
  const breach = findContentBreach(answer.body, content)
  return breach && { why: 'content', ...breach }
}

interface Redirect {
  readonly url: string
  readonly location: string | undefined
  readonly redirectTo: string
}

function leadsTo({ url, location, redirectTo }: Redirect): boolean {
  const found = location === undefined ? undefined : resolveLocation(url, location)
  const expected = resolveLocation(url, redirectTo)
  return found !== undefined && found.href === expected?.href
}

/** Where a redirect leads; nothing for what is no address. */
function resolveLocation(url: string, location: string): URL | undefined {
  return URL.canParse(location, url) ? new URL(location, url) : undefined
}

/**
 * Where a redirect is followed to: on the same server alone, whoever it would lead to gets no session.
 *
 * @returns the address, or the reason why it is not followed
 */
export function followRedirect({
  url,
  location,
}: Pick<SmokeAnswer, 'url' | 'location'>):
  | { readonly to: string }
  | { readonly reason: SmokeReason } {
  const target = location === undefined ? undefined : resolveLocation(url, location)
  if (target === undefined) {
    return { reason: { why: 'redirect', expected: 'an address', found: 'none' } }
  }
  if (target.origin === new URL(url).origin && target.username + target.password === '') {
    target.hash = ''
    return { to: target.href }
  }
  return { reason: { why: 'redirect', expected: 'the same server', found: 'another one' } }
}

/** A status that sends to another address (RFC 9110 section 15.4). */
export function isRedirect(httpStatus: number): boolean {
  return [301, 302, 303, 307, 308].includes(httpStatus)
}
