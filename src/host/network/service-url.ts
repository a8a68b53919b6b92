// Addresses of services: encrypted, unless nothing leaves this machine.

import { accept, quote, type Result, refuse } from '../../core/index.ts'
import type { HostProblem } from '../problem.ts'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Reads an address that a person or a document names. */
export function parseServiceUrl(text: string): Result<URL, HostProblem> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) return refused(`Expected a URL, found ${quote(text)}`)
  // The text is not shown: it holds a password.
  if (url.username !== '' || url.password !== '') {
    return refused(`Expected the URL of ${quote(url.host)} without a login, found one`)
  }
  const plain = url.protocol === 'http:' && LOOPBACK.test(url.hostname)
  if (url.protocol === 'https:' || plain) return accept(url)
  return refused(`Expected an https URL, found ${quote(showUrl(url))}`)
}

/** The address for a message: what stands after `?` may be a secret. */
export function showUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

function refused(message: string): Result<never, HostProblem> {
  return refuse({ code: 'host/url-refused', message })
}
