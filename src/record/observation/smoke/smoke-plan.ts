// A plan of smoke checks: what is asked of a server after a deployment, and what it has to answer.

import type * as z from 'zod/mini'
import {
  accept,
  encodeCanonicalJson,
  freezeDeep,
  judge,
  LIMITS,
  parseBySchema,
  type Problems,
  quote,
  type Result,
  refuse,
} from '../../../core/index.ts'
import { digestBytes } from '../../../digest/index.ts'
import { type DocumentForm, parseWritten, placeBreach } from '../../../yaml/index.ts'
import type { ObservationProblem } from '../problem.ts'
import { isRedirect } from './smoke-answer.ts'
import {
  SMOKE_PLAN_SCHEMA,
  type SmokeContent,
  type SmokeExchange,
  type SmokePresent,
} from './smoke-plan-schema.ts'

/** How a part of the server is unlocked. The secret is in the variable, and nowhere else. */
export interface SmokeUnlock {
  readonly name: string
  readonly kind: 'site-gate' | 'operator-session'
  /** The variable that holds the secret. */
  readonly secret: string
  /** Where the variable is not set, the step is left out, and what needs it goes without. */
  readonly isOptional: boolean
  /** Earlier steps, with what those need. */
  readonly needs: readonly string[]
  readonly use:
    | ({ readonly kind: 'present' } & SmokePresent)
    | ({ readonly kind: 'exchange' } & SmokeExchange)
}

/** One request, and what it has to be answered. */
export interface SmokeCheck {
  readonly name: string
  readonly path: string
  readonly method: 'GET' | 'HEAD' | 'POST'
  readonly contentType?: string
  readonly body?: string
  /** Unlock steps, with what those need, in the order of the plan. */
  readonly needs: readonly string[]
  /** Refused where the server is asked without TLS, which happens on this machine alone. */
  readonly needsTls: boolean
  /** Redirects that are followed, on the same server; without it, a redirect is the answer. */
  readonly redirectsMax: number
  readonly bytesMax: number
  readonly expect: SmokeExpectation
}

/** What an answer has to be. */
export interface SmokeExpectation {
  readonly status: number
  /** Any of them; parameters such as `charset` are not looked at. */
  readonly contentTypes?: readonly string[]
  /** Of a redirect that is not followed: a path of the same server, or a whole URL. */
  readonly redirectTo?: string
  /** All of them. */
  readonly content: readonly SmokeContent[]
}

/** A JSON document of the server, and where in it stands the SHA-256 of the manifest of the set that it runs. */
export interface SmokeDeployedSet {
  readonly path: string
  readonly pointer: string
  readonly needs: readonly string[]
}

/**
 * A plan that was read.
 *
 * @example { name: 'web-edge', digest: '9f86…', requestMs: 10000, deadlineMs: 120000, unlock: [], checks: [{ name: 'health', … }] }
 */
export interface SmokePlan {
  readonly name: string
  /** SHA-256 of what it says, in canonical JSON: however it is written. */
  readonly digest: string
  /** For one request. */
  readonly requestMs: number
  /** For all of them together. */
  readonly deadlineMs: number
  readonly unlock: readonly SmokeUnlock[]
  /** Without it, nothing shows that what was asked is the release. */
  readonly deployedSet?: SmokeDeployedSet
  readonly checks: readonly SmokeCheck[]
}

type Written = z.infer<typeof SMOKE_PLAN_SCHEMA>

const DEFAULTS = { requestSeconds: 10, deadlineSeconds: 120, bytesMax: 1024 * 1024 } as const

/** Reads a plan; problems name the line and column. */
export function parseSmokePlan(
  bytes: Uint8Array,
  form: DocumentForm = 'yaml',
): Result<SmokePlan, ObservationProblem> {
  const document = parseWritten(bytes, form, LIMITS.smokePlanBytesMax)
  if (!document.ok) {
    const [first, ...rest] = document.problems.map(({ message, at }) => problem(message, at))
    return refuse(...([first, ...rest] as Problems<ObservationProblem>))
  }
  const { value, position } = document.value
  const written = parseBySchema(SMOKE_PLAN_SCHEMA, value, (breach) =>
    problem(breach.message, placeBreach(document.value, breach)),
  )
  if (!written.ok) return written
  const breaches = findBreaches(written.value).map(([pointer, message]) =>
    problem(message, position(pointer)),
  )
  const canonical = encodeCanonicalJson(value)
  /* v8 ignore next -- what was read has a canonical form */
  if (!canonical.ok) return refuse(problem(canonical.problems[0].message))
  const sound = judge(undefined, breaches)
  if (!sound.ok) return sound
  return accept(freezeDeep(planOf(written.value, digestBytes('sha256', canonical.value))))
}

function problem(message: string, at?: string): ObservationProblem {
  return { code: 'record/smoke-plan', message, ...(at !== undefined && { at }) }
}

/** JSON Pointers with what is wrong there. */
type Breaches = (readonly [string, string])[]

function findBreaches({ unlock = [], deployedSet, checks }: Written): Breaches {
  const steps = unlock.map(({ name }) => name)
  const shown = unlock.flatMap(({ present, exchange }) => {
    if (exchange !== undefined) return [`cookie ${exchange.cookie}`]
    if (present === undefined) return []
    // A bearer token is a header, and names of headers have no case.
    if (present.as === 'bearer') return ['header authorization']
    return [present.as === 'cookie' ? `cookie ${present.name}` : headerOf(present.name)]
  })
  return [
    ...repeated(steps, (index) => `/unlock/${index}/name`),
    ...repeated(
      checks.map(({ name }) => name),
      (index) => `/checks/${index}/name`,
    ),
    ...repeated(shown, (index) => `/unlock/${index}`),
    ...unlock.flatMap((step, index) => [
      ...findUnlockBreaches(step, `/unlock/${index}`),
      ...unknownNeeds(step.needs, steps.slice(0, index), `/unlock/${index}`),
    ]),
    ...checks.flatMap((check, index) => [
      ...findCheckBreaches(check, `/checks/${index}`),
      ...unknownNeeds(check.needs, steps, `/checks/${index}`),
    ]),
    ...unknownNeeds(deployedSet?.needs, steps, '/deployedSet'),
  ]
}

function headerOf(name: string): string {
  return `header ${name.toLowerCase()}`
}

/** What a request says of itself; a secret there would be no secret, or no request. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'transfer-encoding',
  'user-agent',
])

function findUnlockBreaches(
  { present, exchange }: NonNullable<Written['unlock']>[number],
  at: string,
): Breaches {
  if ((present === undefined) === (exchange === undefined)) {
    return [[at, 'Expected present or exchange, and not both']]
  }
  if (present?.as === 'header' && OWN_HEADERS.has(present.name.toLowerCase())) {
    return [[`${at}/present/name`, 'Expected a header that no request has by itself']]
  }
  return []
}

function findCheckBreaches(check: Written['checks'][number], at: string): Breaches {
  const { method = 'GET', body, contentType, follow, expect } = check
  const { status, redirectTo, content } = expect
  const rules: readonly (readonly [boolean, string, string])[] = [
    [body === undefined || method === 'POST', '/body', 'Expected a body with POST alone'],
    [
      (body === undefined) === (contentType === undefined),
      '/body',
      'Expected body and contentType, or neither',
    ],
    [method !== 'HEAD' || content === undefined, '/expect/content', 'HEAD has no content to check'],
    [method !== 'POST' || follow === undefined, '/follow', 'A redirect of POST is never followed'],
    [
      redirectTo === undefined || follow === undefined,
      '/follow',
      'Expected redirectTo or follow, and not both',
    ],
    [
      isRedirect(status) === (redirectTo !== undefined),
      '/expect/status',
      'Expected redirectTo with the status of a redirect, and without one no other',
    ],
  ]
  return rules.flatMap(([holds, place, message]) => (holds ? [] : [[at + place, message] as const]))
}

function unknownNeeds(
  needs: readonly string[] = [],
  known: readonly string[],
  at: string,
): Breaches {
  return needs.flatMap((name, index) => {
    if (known.includes(name)) return []
    const message = `Expected an unlock step before it, found ${quote(name)}`
    return [[`${at}/needs/${index}`, message] as const]
  })
}

function repeated(names: readonly string[], place: (index: number) => string): Breaches {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [[place(index), `Expected ${quote(name)} once, found it twice`] as const],
  )
}

function planOf(written: Written, digest: string): SmokePlan {
  const { name, unlock = [], deployedSet, checks } = written
  const { requestSeconds = DEFAULTS.requestSeconds } = written
  const { deadlineSeconds = DEFAULTS.deadlineSeconds } = written
  const steps: SmokeUnlock[] = []
  for (const step of unlock) {
    const { present, exchange } = step
    steps.push({
      name: step.name,
      kind: step.kind,
      secret: step.secret,
      isOptional: step.optional ?? false,
      needs: closureOf(step.needs, steps),
      use: exchange
        ? { kind: 'exchange', ...exchange }
        : { kind: 'present', ...(present as SmokePresent) },
    })
  }
  return {
    name,
    digest,
    requestMs: requestSeconds * 1_000,
    deadlineMs: deadlineSeconds * 1_000,
    unlock: steps,
    ...(deployedSet !== undefined && {
      deployedSet: { ...deployedSet, needs: closureOf(deployedSet.needs, steps) },
    }),
    checks: checks.map((check) => checkOf(check, steps)),
  }
}

function checkOf(check: Written['checks'][number], steps: readonly SmokeUnlock[]): SmokeCheck {
  const { name, path, method = 'GET', contentType, body, expect } = check
  const { status, contentTypes, redirectTo, content = [] } = expect
  return {
    name,
    path,
    method,
    ...(contentType !== undefined && { contentType }),
    ...(body !== undefined && { body }),
    needs: closureOf(check.needs, steps),
    needsTls: check.tls ?? false,
    redirectsMax: check.follow ?? 0,
    bytesMax: check.bytesMax ?? DEFAULTS.bytesMax,
    expect: {
      status,
      ...(contentTypes !== undefined && { contentTypes }),
      ...(redirectTo !== undefined && { redirectTo }),
      content,
    },
  }
}

/** The steps and all that they need, in the order of the plan. */
function closureOf(
  needs: readonly string[] = [],
  steps: readonly SmokeUnlock[],
): readonly string[] {
  const wanted = new Set(
    steps.filter(({ name }) => needs.includes(name)).flatMap((step) => [step.name, ...step.needs]),
  )
  return steps.map(({ name }) => name).filter((name) => wanted.has(name))
}
