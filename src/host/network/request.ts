// The one door to the network: tries again what may pass, until a deadline; follows nothing; shows no secret.

import { setTimeout as sleep } from 'node:timers/promises'
import { AssayError, accept, quote, type Result, refuse } from '../../core/index.ts'
import type { HostProblem, WorldCode } from '../problem.ts'
import { type Exchange, exchange } from './exchange.ts'
import type { HttpRequest, HttpResponse } from './http-request.ts'
import { proxyVariableOf } from './proxy.ts'
import { showServerWords } from './server-words.ts'
import { parseServiceUrl, showUrl } from './service-url.ts'

/** What time and chance are for the pauses between tries. */
export interface RequestWorld {
  /** From any moment on; it never goes back. */
  readonly elapsedMs: () => number
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<unknown>
  /** From 0 up to, and without, 1. */
  readonly random: () => number
}

const WORLD: RequestWorld = {
  elapsedMs: () => performance.now(),
  now: () => Date.now(),
  sleep: (ms) => sleep(ms),
  random: () => Math.random(),
}

const BYTES_MAX = 1024 * 1024
const DEADLINE_MS = 60_000
const TRY_TIMEOUT_MS = 30_000

/** A name that can not be looked up or a port where nobody listens seldom mends itself. */
const UNREACHABLE_TRIES_MAX = 4

/** The pause is random, up to this, twice as long after each try: many clients must not come back at once. */
const PAUSE_MS = { first: 500, longest: 10_000 } as const

/**
 * Asks, and gives the answer where its status is one of success or of those that the request names.
 *
 * Connections that fail, 429 and 5xx are tried again until the deadline; `Retry-After` is honoured within it.
 *
 * @returns `host/url-refused` for an address that is not used; every other fault is thrown
 */
export async function request(
  asked: HttpRequest,
  world: RequestWorld = WORLD,
): Promise<Result<HttpResponse, HostProblem>> {
  const url = parseServiceUrl(asked.url)
  if (!url.ok) return url
  const direct = judgeProxy(url.value)
  if (!direct.ok) return direct
  const { deadlineMs = DEADLINE_MS, tryTimeoutMs = TRY_TIMEOUT_MS, bytesMax = BYTES_MAX } = asked
  const end = world.elapsedMs() + deadlineMs
  let told: Told | undefined
  for (let tries = 1; ; tries++) {
    const timeoutMs = Math.min(tryTimeoutMs, end - world.elapsedMs())
    const found = await exchange(url.value, asked, { timeoutMs, bytesMax })
    if (found.kind === 'blocked-port') {
      return refused(`Expected a port that HTTP clients use, found ${quote(showUrl(url.value))}`)
    }
    if (found.kind === 'answer' && isWanted(found, asked)) {
      const { status, body, location } = found
      return accept({ status, body, ...(location !== undefined && { location }) })
    }
    const pauseMs = pauseAfter(found, tries, world)
    const leftMs = end - world.elapsedMs()
    const isCut = found.kind === 'fault' && found.code === 'host/timed-out'
    if (!isCut) told = found
    if (pauseMs === undefined || pauseMs >= leftMs) {
      // A last try that the deadline cut short tells less than what was found before.
      throw failure(url.value, asked, told ?? found, tries)
    }
    await world.sleep(pauseMs)
  }
}

/** What came of a try that was made. */
type Told = Exclude<Exchange, { readonly kind: 'blocked-port' }>
type Answered = Extract<Exchange, { readonly kind: 'answer' }>

/** Plain http is for this machine alone. */
export function judgeProxy(url: URL): Result<void, HostProblem> {
  const variable = url.protocol === 'http:' ? proxyVariableOf(url) : undefined
  if (variable === undefined) return accept(undefined)
  return refused(
    `Expected no proxy before ${quote(showUrl(url))}, which is not encrypted, found one in ${variable}`,
    `NO_PROXY=${url.hostname} leads around it`,
  )
}

function refused(message: string, hint?: string): Result<never, HostProblem> {
  return refuse({ code: 'host/url-refused', message, ...(hint !== undefined && { hint }) })
}

function isWanted({ status }: Answered, { statuses = [] }: HttpRequest): boolean {
  return (status >= 200 && status < 300) || statuses.includes(status)
}

/** @returns nothing where trying again does not help */
function pauseAfter(found: Told, tries: number, world: RequestWorld): number | undefined {
  const longest = Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** (tries - 1))
  const pause = world.random() * longest
  if (found.kind === 'answer') {
    if (found.status !== 429 && found.status < 500) return undefined
    return Math.max(pause, parseRetryAfter(found.retryAfter, world.now()))
  }
  if (!found.passes) return undefined
  return found.code === 'host/unreachable' && tries >= UNREACHABLE_TRIES_MAX ? undefined : pause
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function parseRetryAfter(text: string | undefined, now: number): number {
  if (text === undefined) return 0
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const date = Date.parse(text)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now)
}

function failure(url: URL, asked: HttpRequest, found: Told, tries: number): AssayError {
  const { code, words, hint } = describe(asked, found)
  const often = tries === 1 ? '' : `, after ${tries} tries`
  const message = `Cannot use ${quote(showUrl(url))}: ${words}${often}`
  return new AssayError(code, message, hint === undefined ? {} : { hint })
}

interface Description {
  readonly code: WorldCode
  readonly words: string
  readonly hint?: string
}

function describe({ bearer, secrets = [] }: HttpRequest, found: Told): Description {
  if (found.kind === 'fault') {
    const { code, words } = found
    const hint = 'NODE_EXTRA_CA_CERTS names a file of certificate authorities to accept as well'
    return { code, words, ...(code === 'host/tls-failed' && { hint }) }
  }
  const { status, body } = found
  if (status >= 300 && status < 400) {
    // Whereto is not said: it may repeat a token, also in the name of a host.
    return { code: 'host/http-redirect', words: 'it redirects, which is never followed' }
  }
  const hidden = [...secrets, ...(bearer === undefined ? [] : [bearer])]
  return {
    code: 'host/http-status',
    words: `it answered with status ${status}${showServerWords(body, hidden)}`,
  }
}
