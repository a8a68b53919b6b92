// The unlock steps of a plan, one after the other, before any check: what each came to, and what it unlocks with.

import type {
  SmokePlan,
  SmokeReason,
  SmokeUnlock,
  SmokeUnlockResult,
} from '../../record/observation/index.ts'
import { ask, type Run } from './ask.ts'
import { fillBody, findCookie, type Pass, presentSecret } from './session.ts'

/** The answer to a secret is small: a cookie, and a word. */
const BYTES_MAX = 64 * 1024

/** What the steps came to. */
export interface Unlocking {
  /** In the order of the plan. */
  readonly results: readonly SmokeUnlockResult[]
  /** By the names of the steps that passed. */
  readonly passes: ReadonlyMap<string, Pass>
  /** Optional steps whose secret is not there: what needs them goes without. */
  readonly leftOut: ReadonlySet<string>
}

/** Goes through the steps; one that fails leaves out those that need it. */
export async function runUnlocking(run: Run, steps: SmokePlan['unlock']): Promise<Unlocking> {
  const results: SmokeUnlockResult[] = []
  const passes = new Map<string, Pass>()
  const leftOut = new Set<string>()
  for (const step of steps) {
    const { name, kind } = step
    const end = (result: SmokeUnlockResult['result'], reason?: SmokeReason, httpStatus?: number) =>
      results.push({
        name,
        kind,
        result,
        ...(reason !== undefined && { reason }),
        ...(httpStatus !== undefined && { httpStatus }),
      })
    const secret = run.host.readEnvironment(step.secret) ?? ''
    const needed = findLocked(step.needs, { passes, leftOut })
    if (secret === '' && step.isOptional) {
      leftOut.add(name)
      end('not-run', { why: 'secret-missing', expected: step.secret })
    } else if (needed !== undefined) end('not-run', { why: 'unlock-step', expected: needed })
    else if (run.leftMs() <= 0) end('not-run', { why: 'deadline' })
    else if (secret === '') end('failed', { why: 'secret-missing', expected: step.secret })
    else {
      run.secrets.push(secret)
      const own = step.needs.flatMap((need) => passes.get(need) ?? [])
      const { pass, reason, httpStatus } = await runStep(run, step, { secret, passes: own })
      if (pass !== undefined) passes.set(name, pass)
      end(pass === undefined ? 'failed' : 'passed', reason, httpStatus)
    }
  }
  return { results, passes, leftOut }
}

/** The first of the steps that did not pass, and is not one that was left out. */
export function findLocked(
  needs: readonly string[],
  { passes, leftOut }: Pick<Unlocking, 'passes' | 'leftOut'>,
): string | undefined {
  return needs.find((name) => !passes.has(name) && !leftOut.has(name))
}

interface StepOutcome {
  readonly pass?: Pass
  readonly reason?: SmokeReason
  readonly httpStatus?: number
}

async function runStep(
  run: Run,
  { use }: SmokeUnlock,
  { secret, passes }: { readonly secret: string; readonly passes: readonly Pass[] },
): Promise<StepOutcome> {
  if (use.kind === 'present') {
    // Whether the server takes it is seen at the checks.
    const pass = presentSecret(use, secret)
    return pass === undefined ? { reason: { why: 'secret-unusable' } } : { pass }
  }
  const { path, contentType, status, cookie } = use
  const asked = await ask(run, {
    path,
    method: 'POST',
    contentType,
    body: fillBody(use, secret),
    passes,
    redirectsMax: 0,
    bytesMax: BYTES_MAX,
  })
  if (asked.kind === 'none') return asked
  const { httpStatus } = asked.answer
  if (httpStatus !== status) {
    const reason = { why: 'http-status', expected: String(status), found: String(httpStatus) }
    return { reason: reason as SmokeReason, httpStatus }
  }
  const pass = findCookie(asked.setCookies, cookie)
  if (pass === undefined) {
    return { reason: { why: 'session-missing', expected: cookie }, httpStatus }
  }
  run.secrets.push(pass.value)
  return { pass, httpStatus }
}
