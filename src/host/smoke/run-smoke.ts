// A run of smoke checks against a server: unlock steps first, then the checks, a few at a time, until a deadline.

import { createHash } from 'node:crypto'
import { accept, encodeTimestamp, quote, type Result, refuse } from '../../core/index.ts'
import {
  contentTypeOf,
  findDigest,
  findSmokeReason,
  type SmokeCheck,
  type SmokeCheckResult,
  type SmokeObservation,
} from '../../record/observation/index.ts'
import type { Host } from '../host.ts'
import { parseServiceUrl } from '../network/service-url.ts'
import type { HostProblem } from '../problem.ts'
import { AddressRefused, ask, type Asked, type Run } from './ask.ts'
import type { SmokeQuestion } from './smoke-question.ts'
import { findLocked, runUnlocking, type Unlocking } from './unlock.ts'

const CONCURRENCY = 4

/**
 * Runs the plan.
 *
 * Secrets are read from the variables that the plan names, sent to this server alone, and are in nothing that comes back.
 *
 * @param elapsedMs milliseconds that only grow
 * @returns what was observed, whatever it is; `host/url-refused` for an address that can not be asked
 */
export async function runSmoke(
  host: Pick<Host, 'probe' | 'now' | 'readEnvironment' | 'startProgress'>,
  { plan, baseUrl, label, authorities }: SmokeQuestion,
  elapsedMs: () => number = () => performance.now(),
): Promise<Result<SmokeObservation, HostProblem>> {
  const origin = parseOrigin(baseUrl)
  if (!origin.ok) return origin
  const end = elapsedMs() + plan.deadlineMs
  const run: Run = {
    host,
    origin: origin.value,
    ...(authorities !== undefined && { authorities }),
    requestMs: plan.requestMs,
    leftMs: () => end - elapsedMs(),
    secrets: [],
  }
  const startedAt = encodeTimestamp(host.now())
  const progress = host.startProgress('Smoke checks')
  try {
    const unlocking = await runUnlocking(run, plan.unlock)
    let done = 0
    const checks = await mapFew(plan.checks, async (check) => {
      const result = await runCheck({ run, unlocking, elapsedMs }, check)
      progress.report(`${++done} of ${plan.checks.length}`)
      return result
    })
    const observedSet = await askDeployedSet(run, unlocking, plan)
    return accept({
      plan: { name: plan.name, sha256: plan.digest },
      label,
      publicOrigin: origin.value,
      startedAt,
      finishedAt: encodeTimestamp(host.now()),
      ...(observedSet !== undefined && { observedSet }),
      unlockSteps: [...unlocking.results],
      checks,
    })
  } catch (thrown) {
    if (thrown instanceof AddressRefused) return thrown.refusal
    throw thrown
  } finally {
    progress.end()
  }
}

/** Paths are the plan's own; what stands behind `?` could be a secret. */
function parseOrigin(baseUrl: string): Result<string, HostProblem> {
  const url = parseServiceUrl(baseUrl)
  if (!url.ok) return url
  const { origin, pathname, search, hash } = url.value
  if (pathname === '/' && search === '' && hash === '') return accept(origin)
  const message = `Expected the address of a server alone, such as ${quote(origin)}, found more than that`
  return refuse({ code: 'host/url-refused', message, hint: 'Paths stand in the plan' })
}

/** At most {@link CONCURRENCY} at a time, with the results in the order of the list. */
async function mapFew<T, U>(list: readonly T[], map: (item: T) => Promise<U>): Promise<U[]> {
  const results: U[] = []
  const queue = list.entries()
  const work = async () => {
    for (const [index, item] of queue) results[index] = await map(item)
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return results
}

/** What a release says of itself is short. */
const DEPLOYED_SET_BYTES_MAX = 64 * 1024

/** The set that the server says it runs: a digest, or nothing. */
async function askDeployedSet(
  run: Run,
  unlocking: Unlocking,
  { deployedSet }: SmokeQuestion['plan'],
): Promise<string | undefined> {
  if (deployedSet === undefined || run.leftMs() <= 0) return undefined
  const { path, pointer, needs } = deployedSet
  if (findLocked(needs, unlocking) !== undefined) return undefined
  const asked = await ask(run, {
    path,
    method: 'GET',
    passes: needs.flatMap((step) => unlocking.passes.get(step) ?? []),
    redirectsMax: 0,
    bytesMax: DEPLOYED_SET_BYTES_MAX,
  })
  const isAnswered = asked.kind === 'answer' && asked.answer.httpStatus === 200
  return isAnswered ? findDigest(asked.answer.body, pointer) : undefined
}

interface CheckWorld {
  readonly run: Run
  readonly unlocking: Unlocking
  readonly elapsedMs: () => number
}

async function runCheck(
  { run, unlocking, elapsedMs }: CheckWorld,
  check: SmokeCheck,
): Promise<SmokeCheckResult> {
  const { name, path, method, contentType, body, needs, redirectsMax, bytesMax } = check
  // A step that did not pass leaves out all that needs it: nothing is asked, and nothing passes.
  const locked = findLocked(needs, unlocking)
  if (locked !== undefined) {
    return { name, result: 'not-run', reason: { why: 'unlock-step', expected: locked } }
  }
  if (run.leftMs() <= 0) return { name, result: 'not-run', reason: { why: 'deadline' } }
  if (check.needsTls && !run.origin.startsWith('https:')) {
    return { name, result: 'not-run', reason: { why: 'tls-missing' } }
  }
  const used = needs.filter((step) => unlocking.passes.has(step))
  const startedAt = encodeTimestamp(run.host.now())
  const begun = elapsedMs()
  const asked = await ask(run, {
    path,
    method,
    ...(contentType !== undefined && { contentType }),
    ...(body !== undefined && { body: Buffer.from(body) }),
    passes: used.flatMap((step) => unlocking.passes.get(step) ?? []),
    redirectsMax,
    bytesMax,
  })
  return {
    name,
    ...judge(check, asked),
    startedAt,
    durationMs: Math.max(0, Math.round(elapsedMs() - begun)),
    ...(used.length > 0 && { unlockSteps: used }),
  }
}

function judge(check: SmokeCheck, asked: Asked): Omit<SmokeCheckResult, 'name'> {
  if (asked.kind === 'none') {
    const { reason, httpStatus } = asked
    return { result: 'failed', reason, ...(httpStatus !== undefined && { httpStatus }) }
  }
  const { answer, redirects } = asked
  const reason = findSmokeReason(check, answer)
  const contentType = contentTypeOf(answer)
  return {
    result: reason === undefined ? 'passed' : 'failed',
    ...(reason !== undefined && { reason }),
    httpStatus: answer.httpStatus,
    ...(contentType !== undefined && { contentType }),
    responseSha256: createHash('sha256').update(answer.body).digest('hex'),
    responseBytes: answer.body.length,
    ...(redirects > 0 && { redirects }),
  }
}
