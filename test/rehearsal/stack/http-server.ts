// A server on loopback, on a port that is free.

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a server answers: JSON when it is not text or bytes. */
export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

export interface HttpServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string
  readonly server: Server
}

/** Answers requests by `METHOD /path`; everything else is 404, and what throws is 400 with the reason. */
export async function serve(
  routes: (url: string) => Readonly<Record<string, (body: string) => Reply>>,
): Promise<HttpServer> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const answers = routes(url)
  server.on('request', (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const path = new URL(request.url ?? '/', url).pathname
      const reply = answer(answers[`${request.method} ${path}`], Buffer.concat(chunks).toString())
      const isText = typeof reply.body === 'string'
      const type = { 'content-type': isText ? 'text/plain' : 'application/json' }
      response.writeHead(reply.status ?? 200, { ...type, ...reply.headers })
      response.end(isText ? reply.body : JSON.stringify(reply.body))
    })
  })
  return { url, server }
}

function answer(route: ((body: string) => Reply) | undefined, body: string): Reply {
  if (route === undefined) return { status: 404, body: { code: 404, message: 'No such path' } }
  try {
    return route(body)
  } catch (error) {
    return { status: 400, body: { code: 400, message: String(error) } }
  }
}
