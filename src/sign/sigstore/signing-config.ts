// Which services sign and witness: a Sigstore signing config, version 0.2 (sigstore_trustroot.proto, SigningConfig).

import * as z from 'zod/mini'
import {
  accept,
  encodeJsonPointer,
  type Instant,
  LIMITS,
  parseJson,
  parseTimestamp,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { ValidityPeriod } from '../../trust/index.ts'
import type { SigstoreSignProblem } from './problem.ts'

const MEDIA_TYPE = 'application/vnd.dev.sigstore.signingconfig.v0.2+json'

/** More services than anybody has; each may be asked. */
const SERVICES_MAX = 32

/** One service, and when it may be used. */
export interface Service {
  /** Of a timestamp authority: the address that takes requests; of the others: what their paths are appended to. */
  readonly url: string
  readonly majorApiVersion: number
  readonly validFor: ValidityPeriod
  /** Services of one operator are one service. */
  readonly operator: string
}

/** How many of the services are used. */
export type Selector =
  | { readonly kind: 'any' }
  | { readonly kind: 'all' }
  | { readonly kind: 'exact'; readonly count: number }

/** Services of one kind, and how to choose among them. */
export interface ServiceList {
  readonly services: readonly Service[]
  readonly selector: Selector
}

/**
 * A signing config that was read.
 *
 * @example { certificateAuthorities: [{ url: 'https://fulcio.example', majorApiVersion: 1, validFor: { start: 0 }, operator: 'example' }],
 *   logs: { services: […], selector: { kind: 'any' } }, timestampAuthorities: { services: […], selector: { kind: 'exact', count: 1 } } }
 */
export interface SigningConfig {
  readonly certificateAuthorities: readonly Service[]
  readonly logs: ServiceList
  readonly timestampAuthorities: ServiceList
}

const INSTANT = z.pipe(
  z.string(),
  z.transform((text, context): Instant => {
    const instant = parseTimestamp(text)
    if (instant.ok) return instant.value
    context.issues.push({ code: 'custom', input: text })
    return z.NEVER
  }),
)

const SERVICE = z.strictObject({
  url: z.string().check(z.minLength(1), z.maxLength(4_096)),
  majorApiVersion: z.int().check(z.positive()),
  validFor: z.strictObject({ start: INSTANT, end: z.optional(INSTANT) }),
  operator: z.string().check(z.minLength(1)),
})

const SERVICES = z._default(z.array(SERVICE).check(z.maxLength(SERVICES_MAX)), [])

const SELECTION = z.discriminatedUnion('selector', [
  z.strictObject({ selector: z.literal('ANY') }),
  z.strictObject({ selector: z.literal('ALL') }),
  z.strictObject({ selector: z.literal('EXACT'), count: z.int().check(z.positive()) }),
])

const CONFIG = z.strictObject({
  mediaType: z.literal(MEDIA_TYPE),
  caUrls: SERVICES,
  oidcUrls: SERVICES,
  rekorTlogUrls: SERVICES,
  rekorTlogConfig: z.optional(SELECTION),
  tsaUrls: SERVICES,
  tsaConfig: z.optional(SELECTION),
})

/** Reads a signing config. A member that is not known is refused: it could say how services must be chosen. */
export function parseSigningConfig(bytes: Uint8Array): Result<SigningConfig, SigstoreSignProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.trustBytesMax })
  if (!json.ok) return malformed({ because: json.problems })
  const shaped = CONFIG.safeParse(json.value)
  if (!shaped.success) {
    const [issue] = shaped.error.issues
    return malformed({ at: encodeJsonPointer(issue?.path ?? []) })
  }
  const { caUrls, rekorTlogUrls, rekorTlogConfig, tsaUrls, tsaConfig } = shaped.data
  const isUnselected =
    (rekorTlogUrls.length > 0 && rekorTlogConfig === undefined) ||
    (tsaUrls.length > 0 && tsaConfig === undefined)
  // sigstore_trustroot.proto: where it is not said how to choose, nothing is chosen.
  if (isUnselected) return malformed({ at: '/rekorTlogConfig, /tsaConfig' })
  return accept({
    certificateAuthorities: caUrls.map(serviceOf),
    logs: { services: rekorTlogUrls.map(serviceOf), selector: selectorOf(rekorTlogConfig) },
    timestampAuthorities: { services: tsaUrls.map(serviceOf), selector: selectorOf(tsaConfig) },
  })
}

function serviceOf({
  url,
  majorApiVersion,
  validFor: { start, end },
  operator,
}: z.infer<typeof SERVICE>): Service {
  const validFor = { start, ...(end !== undefined && { end }) }
  return { url, majorApiVersion, validFor, operator }
}

function selectorOf(selection: z.infer<typeof SELECTION> | undefined): Selector {
  if (selection?.selector === 'EXACT') return { kind: 'exact', count: selection.count }
  return { kind: selection?.selector === 'ALL' ? 'all' : 'any' }
}

function malformed(
  more: Pick<SigstoreSignProblem, 'at' | 'because'>,
): Result<never, SigstoreSignProblem> {
  return refuse({
    code: 'sign/signing-config',
    message: 'Expected a Sigstore signing config of version 0.2',
    ...more,
  })
}
