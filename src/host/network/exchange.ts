// One try: a request, and its answer within limits of size and time.

import { describeFault, isBlockedPort, type NetworkFault } from './network-fault.ts'
import type { HttpRequest } from './http-request.ts'

/** What one try came to. */
export type Exchange =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body: Uint8Array
      readonly location?: string
      readonly retryAfter?: string
    }
  | ({ readonly kind: 'fault' } & NetworkFault)
  /** Nothing was sent: `fetch` uses no port that is known for something else than HTTP. */
  | { readonly kind: 'blocked-port' }

/** @param timeoutMs absolute: bytes that drip in do not prolong it */
export async function exchange(
  url: URL,
  { method, contentType, body, accept = 'application/json', bearer }: HttpRequest,
  { timeoutMs, bytesMax }: { readonly timeoutMs: number; readonly bytesMax: number },
): Promise<Exchange> {
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)))
  try {
    const response = await fetch(url, {
      method,
      signal,
      // A redirect would hand the token to whoever the server names.
      redirect: 'manual',
      headers: {
        accept,
        'accept-encoding': 'identity',
        'user-agent': 'assay',
        ...(contentType !== undefined && { 'content-type': contentType }),
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      ...(body !== undefined && { body: new Uint8Array(body) }),
    })
    const read = await readBody(response, bytesMax)
    if (read === undefined) {
      const words = `it answered more than ${bytesMax} bytes`
      return { kind: 'fault', code: 'host/http-response', words, passes: false }
    }
    const location = response.headers.get('location')
    const retryAfter = response.headers.get('retry-after')
    return {
      kind: 'answer',
      status: response.status,
      body: read,
      ...(location !== null && { location }),
      ...(retryAfter !== null && { retryAfter }),
    }
  } catch (thrown) {
    if (isBlockedPort(thrown)) return { kind: 'blocked-port' }
    return { kind: 'fault', ...describeFault(thrown) }
  }
}

/** @returns nothing where there is more than that */
async function readBody(response: Response, bytesMax: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  const stream: AsyncIterable<Uint8Array> | null = response.body
  if (stream === null) return new Uint8Array()
  for await (const part of stream) {
    size += part.length
    // Leaving the loop ends the connection.
    if (size > bytesMax) return undefined
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
