// A web edge as the shipped plan expects it: public files, a page, a proxied API, and an operator's part; behind a gate, where it has one.

import type { Answering } from '../network/misbehaving-server.ts'

/** What opens it. */
export interface WebEdge {
  /** The code of the site gate; without it, the site is open. */
  readonly siteAccess?: string
  readonly operator: string
}

const COOKIES = { gate: 'site_access=gate-cookie-0001', operator: 'operator_session=operator-0001' }

/** By path: the content type and the content. */
const PUBLIC: Readonly<Record<string, readonly [string, string]>> = {
  '/openapi.json': ['application/json', '{"openapi":"3.1.0","paths":{}}'],
  '/llms.txt': ['text/plain; charset=utf-8', '# Web\n'],
  '/llms-full.txt': ['text/plain; charset=utf-8', '# Web\n\nAll of it.\n'],
  '/robots.txt': ['text/plain', 'User-agent: *\nAllow: /\n'],
  '/sitemap.xml': ['application/xml', '<?xml version="1.0"?><urlset></urlset>'],
  '/review': ['text/html; charset=utf-8', '<!doctype html><title>Review</title>'],
  '/api/health': ['application/json', '{"status":"ok"}'],
  '/api/config': ['application/json', '{"network":"devnet"}'],
}

const OPERATED: typeof PUBLIC = {
  '/api/operator/session': ['application/json', '{"active":true}'],
  '/api/operator/metrics': ['text/plain; version=0.0.4', '# TYPE up gauge\nup 1\n'],
}

/** Answers as that server does. */
export function answerAsWebEdge({ siteAccess, operator }: WebEdge): Answering {
  return (response, { method, path, headers: { cookie = '' }, body }) => {
    const end = (status: number, headers: Readonly<Record<string, string>> = {}, content = '') =>
      void response.writeHead(status, headers).end(content)
    if (path === '/site-access') {
      const isRight = new URLSearchParams(body.toString()).get('code') === siteAccess
      const opened = { location: '/', 'set-cookie': `${COOKIES.gate}; HttpOnly` }
      return isRight ? end(303, opened) : end(403)
    }
    if (siteAccess !== undefined && !cookie.includes(COOKIES.gate)) {
      return end(302, { location: '/site-access' })
    }
    if (path === '/api/operator/session' && method === 'POST') {
      const isRight = body.toString() === JSON.stringify({ token: operator })
      return isRight ? end(201, { 'set-cookie': `${COOKIES.operator}; HttpOnly` }) : end(401)
    }
    const isOperator = cookie.includes(COOKIES.operator)
    const [type, content] = PUBLIC[path] ?? (isOperator ? OPERATED[path] : undefined) ?? []
    return type === undefined ? end(404) : end(200, { 'content-type': type }, content)
  }
}
