// Asks a server once, over a connection of its own, follows nothing and decodes nothing: what is told is what it sent.

import { once } from 'node:events'
import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { accept, type Result } from '../../core/index.ts'
import type { HostProblem } from '../problem.ts'
import type { HttpProbe, ProbeOutcome } from './http-probe.ts'
import { describeFault } from './network-fault.ts'
import { judgeProxy } from './request.ts'
import { parseServiceUrl } from './service-url.ts'

/** @returns `host/url-refused` for an address that is not used; whatever else happens is an outcome */
export async function probe(asked: HttpProbe): Promise<Result<ProbeOutcome, HostProblem>> {
  const url = parseServiceUrl(asked.url)
  if (!url.ok) return url
  const direct = judgeProxy(url.value)
  if (!direct.ok) return direct
  // Absolute, for all that follows.
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(asked.timeoutMs)))
  try {
    return accept(await exchange(url.value, asked, signal))
  } catch (thrown) {
    // A body that is broken off tells of a cut connection, whoever cut it.
    const { code, words } = describeFault(signal.aborted ? signal.reason : thrown)
    return accept({ kind: 'fault', code, words })
  }
}

async function exchange(
  url: URL,
  { method, headers, body, authorities, bytesMax }: HttpProbe,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const isTls = url.protocol === 'https:'
  const request = (isTls ? requestTls : requestPlain)(url, {
    method,
    signal,
    headers: {
      accept: '*/*',
      'accept-encoding': 'identity',
      connection: 'close',
      'user-agent': 'assay',
      ...headers,
      ...(body !== undefined && { 'content-length': body.length }),
    },
    ...(isTls && authorities !== undefined && { ca: Buffer.from(authorities) }),
  })
  // After the answer nobody waits for the request, and an event that nobody hears would end the process.
  request.on('error', () => undefined)
  const answered = once(request, 'response')
  request.end(body)
  const [response] = (await answered) as [IncomingMessage]
  try {
    return await readAnswer(response, bytesMax)
  } finally {
    request.destroy()
  }
}

async function readAnswer(response: IncomingMessage, bytesMax: number): Promise<ProbeOutcome> {
  const { statusCode: httpStatus = 0, headers } = response
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Uint8Array>) {
    size += part.length
    // Leaving the loop ends the connection.
    if (size > bytesMax) return { kind: 'too-large', httpStatus }
    parts.push(part)
  }
  const { location, 'content-type': contentType, 'content-encoding': contentEncoding } = headers
  return {
    kind: 'answer',
    httpStatus,
    ...(contentType !== undefined && { contentType }),
    ...(contentEncoding !== undefined && { contentEncoding }),
    ...(location !== undefined && { location }),
    setCookies: headers['set-cookie'] ?? [],
    body: new Uint8Array(Buffer.concat(parts)),
  }
}
