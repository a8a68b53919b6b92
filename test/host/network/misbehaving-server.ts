// Real servers on loopback that behave as a test wants them to, also badly.

import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

/** What a server was asked. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Answers one request; `count` is 1 for the first. */
export type Answering = (
  response: ServerResponse,
  asked: Asked,
  count: number,
) => void | Promise<void>

export interface TestServer {
  readonly url: string
  /** Every request, in order. */
  readonly asked: Asked[]
}

const open: (Server | TlsServer)[] = []

/** Servers end with the test that started them. */
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

/** Starts a server on a free port of loopback. */
export async function startServer(
  answer: Answering,
  create: (listener: RequestListener) => Server | TlsServer = createServer,
): Promise<TestServer> {
  const asked: Asked[] = []
  const server = create((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const question = { method, path, headers, body: Buffer.concat(parts) }
      asked.push(question)
      void answer(response, question, asked.length)
    })
  })
  open.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const scheme = create === createServer ? 'http' : 'https'
  return { url: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** A port of loopback where nobody listens. */
export async function findClosedPort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Ends an answer with this status and these words. */
export function say(
  response: ServerResponse,
  status: number,
  words: string | Uint8Array = '',
): void {
  response.writeHead(status).end(words)
}
