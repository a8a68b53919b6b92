// One request of a smoke run, with the redirects that it may follow: an answer, or the reason why there is none.

import type { Result } from '../../core/index.ts'
import {
  followRedirect,
  isRedirect,
  type SmokeAnswer,
  type SmokeReason,
} from '../../record/observation/index.ts'
import type { Host } from '../host.ts'
import type { ProbeOutcome } from '../network/http-probe.ts'
import type { HostProblem, WorldCode } from '../problem.ts'
import { headersOf, type Pass, repeatsSecret } from './session.ts'

/** What a run has while it goes on. */
export interface Run {
  readonly host: Pick<Host, 'probe' | 'now' | 'readEnvironment'>
  readonly origin: string
  readonly authorities?: Uint8Array
  readonly requestMs: number
  /** Milliseconds until all has to be over; it may be negative. */
  readonly leftMs: () => number
  /** Every secret so far, and every cookie got for one. */
  readonly secrets: string[]
}

/** A request; the path counts from the origin. */
export interface Asking {
  readonly path: string
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly contentType?: string
  readonly body?: Uint8Array
  readonly passes: readonly Pass[]
  readonly redirectsMax: number
  readonly bytesMax: number
}

/** What came of it. */
export type Asked =
  | {
      readonly kind: 'answer'
      readonly answer: SmokeAnswer
      readonly redirects: number
      readonly setCookies: readonly string[]
    }
  | { readonly kind: 'none'; readonly reason: SmokeReason; readonly httpStatus?: number }

/** @throws `AddressRefused` where the address itself can not be asked */
export async function ask(run: Run, asking: Asking): Promise<Asked> {
  const { contentType, body, passes, redirectsMax } = asking
  const headers = {
    ...headersOf(passes),
    ...(contentType !== undefined && { 'content-type': contentType }),
  }
  let url = `${run.origin}${asking.path}`
  for (let redirects = 0; ; redirects++) {
    const outcome = await probeOnce(run, { ...asking, url, headers, body })
    if (outcome.kind !== 'answer') return noAnswer(run, outcome)
    const { kind: _, setCookies, ...rest } = outcome
    const answer: SmokeAnswer = { url, ...rest }
    if (isRepeating(run, outcome)) {
      const { httpStatus } = outcome
      return { kind: 'none', reason: { why: 'secret-repeated' }, httpStatus }
    }
    if (!isRedirect(outcome.httpStatus) || redirects >= redirectsMax) {
      return { kind: 'answer', answer, redirects, setCookies }
    }
    // To the same server alone: nobody else gets what the headers hold.
    const next = followRedirect(answer)
    if ('reason' in next) {
      return { kind: 'none', reason: next.reason, httpStatus: outcome.httpStatus }
    }
    url = next.to
  }
}

interface Probing extends Omit<Asking, 'body'> {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

async function probeOnce(run: Run, probing: Probing): Promise<ProbeOutcome> {
  const { url, method, headers, body, bytesMax } = probing
  const { authorities, requestMs } = run
  const probed = await run.host.probe({
    url,
    method,
    headers,
    ...(body !== undefined && { body }),
    ...(authorities !== undefined && { authorities }),
    bytesMax,
    timeoutMs: Math.min(requestMs, run.leftMs()),
  })
  return valueOrThrow(probed)
}

/** The address is the same for all requests: what is wrong with it ends the run. */
export class AddressRefused extends Error {
  readonly refusal: Extract<Result<never, HostProblem>, { readonly ok: false }>

  constructor(refusal: Extract<Result<never, HostProblem>, { readonly ok: false }>) {
    super(refusal.problems[0].message)
    this.refusal = refusal
  }
}

function valueOrThrow(probed: Result<ProbeOutcome, HostProblem>): ProbeOutcome {
  if (probed.ok) return probed.value
  throw new AddressRefused(probed)
}

const WHYS: Readonly<Partial<Record<WorldCode, SmokeReason['why']>>> = {
  'host/timed-out': 'timed-out',
  'host/tls-failed': 'tls',
  'host/unreachable': 'unreachable',
}

function noAnswer(run: Run, outcome: Exclude<ProbeOutcome, { readonly kind: 'answer' }>): Asked {
  if (outcome.kind === 'too-large') {
    return { kind: 'none', reason: { why: 'too-large' }, httpStatus: outcome.httpStatus }
  }
  const why = WHYS[outcome.code] ?? 'not-http'
  if (why === 'timed-out' && run.leftMs() <= 0) return { kind: 'none', reason: { why: 'deadline' } }
  return { kind: 'none', reason: { why } }
}

/** In what would be kept of the answer, or could be found in it. */
function isRepeating(
  { secrets }: Run,
  { body, contentType = '' }: Extract<ProbeOutcome, { readonly kind: 'answer' }>,
): boolean {
  return repeatsSecret(body, secrets) || repeatsSecret(Buffer.from(contentType), secrets)
}
