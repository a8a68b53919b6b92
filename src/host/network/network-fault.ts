// Why there was no answer, in words: what `fetch` hides under "fetch failed".

import type { WorldCode } from '../problem.ts'

/** A try that came to no answer. */
export interface NetworkFault {
  readonly code: Extract<
    WorldCode,
    'host/unreachable' | 'host/tls-failed' | 'host/timed-out' | 'host/http-response'
  >
  readonly words: string
  /** Trying again may help. */
  readonly passes: boolean
}

const UNREACHABLE: ReadonlyMap<string, string> = new Map([
  ['EAI_AGAIN', 'its name can not be looked up'],
  ['ECONNREFUSED', 'connection refused'],
  ['ECONNRESET', 'the connection was cut'],
  ['EHOSTUNREACH', 'no route to it'],
  ['ENETDOWN', 'there is no network'],
  ['ENETUNREACH', 'there is no network'],
  ['EPIPE', 'the connection was cut'],
  ['ETIMEDOUT', 'no connection in time'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection in time'],
  ['UND_ERR_SOCKET', 'the connection was cut'],
])

/** EPROTO: what came is no TLS at all. */
const TLS =
  /^(?:EPROTO$|ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/

/** @param thrown what `fetch` or the reading of a body threw */
export function describeFault(thrown: unknown): NetworkFault {
  const names = namesOf(thrown)
  if (names.includes('TimeoutError')) {
    return { code: 'host/timed-out', words: 'no answer in time', passes: true }
  }
  if (names.includes('ENOTFOUND')) {
    return { code: 'host/unreachable', words: 'there is no such name', passes: false }
  }
  const tls = names.find((name) => TLS.test(name))
  if (tls !== undefined) {
    const words = `its certificate or its TLS is not accepted (${tls})`
    return { code: 'host/tls-failed', words, passes: false }
  }
  const known = names.find((name) => UNREACHABLE.has(name))
  if (known !== undefined) {
    return { code: 'host/unreachable', words: UNREACHABLE.get(known) ?? known, passes: true }
  }
  const [name = 'unknown'] = names
  return { code: 'host/http-response', words: `it does not speak HTTP (${name})`, passes: false }
}

/** https://fetch.spec.whatwg.org/#port-blocking: `fetch` tells it by these words alone. */
export function isBlockedPort(thrown: unknown): boolean {
  const cause = thrown instanceof Error ? thrown.cause : undefined
  return cause instanceof Error && cause.message === 'bad port'
}

/** The codes and names of an error and of all that lie under it, the innermost first. */
function namesOf(thrown: unknown, depth = 0): readonly string[] {
  if (!(thrown instanceof Error) || depth > 4) return []
  const several: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors : []
  const under = [thrown.cause, ...several]
  const code = 'code' in thrown && typeof thrown.code === 'string' ? [thrown.code] : []
  return [...under.flatMap((error) => namesOf(error, depth + 1)), ...code, thrown.name]
}
