// The services that are used now (sigstore_trustroot.proto, SigningConfig; TR-6).

import { accept, countOf, type Instant, type Result, refuse } from '../../core/index.ts'
import { isWithin } from '../../trust/index.ts'
import type { SigstoreSignProblem } from './problem.ts'
import type { Service, ServiceList, SigningConfig } from './signing-config.ts'

/** The major versions of their interfaces that are spoken here. */
const SPOKEN = { certificateAuthority: [1], log: [1, 2], timestampAuthority: [1] } as const

/** The services of one signature. */
export interface SelectedServices {
  readonly certificateAuthority: Service
  readonly logs: readonly Service[]
  readonly timestampAuthorities: readonly Service[]
}

/** Chooses the services that a signing config has for this moment. */
export function selectServices(
  { certificateAuthorities, logs, timestampAuthorities }: SigningConfig,
  now: Instant,
): Result<SelectedServices, SigstoreSignProblem> {
  const [certificateAuthority] = rankServices(
    certificateAuthorities,
    SPOKEN.certificateAuthority,
    now,
  )
  if (certificateAuthority === undefined) return missing('certificate authority', 1, 0)
  const chosenLogs = choose('log', logs, rankServices(logs.services, SPOKEN.log, now))
  if (!chosenLogs.ok) return chosenLogs
  const ranked = rankServices(timestampAuthorities.services, SPOKEN.timestampAuthority, now)
  const chosenAuthorities = choose('timestamp authority', timestampAuthorities, ranked)
  if (!chosenAuthorities.ok) return chosenAuthorities
  // CS-10, RK-2: a log of version 2 vouches for no time, and a certificate without a time counts for nothing.
  const isTimed = chosenLogs.value.some(({ majorApiVersion }) => majorApiVersion === 1)
  if (chosenAuthorities.value.length === 0 && !isTimed) {
    return missing('timestamp authority', 1, 0)
  }
  return accept({
    certificateAuthority,
    logs: chosenLogs.value,
    timestampAuthorities: chosenAuthorities.value,
  })
}

/** Valid services that are spoken to, the best first, and of each operator its best alone. */
function rankServices(
  services: readonly Service[],
  versions: readonly number[],
  now: Instant,
): readonly Service[] {
  const usable = services
    .filter(({ majorApiVersion }) => versions.includes(majorApiVersion))
    .filter(({ validFor }) => isWithin(validFor, now))
    .toSorted(
      (a, b) => b.majorApiVersion - a.majorApiVersion || b.validFor.start - a.validFor.start,
    )
  const operators = usable.map(({ operator }) => operator)
  return usable.filter(({ operator }, index) => operators.indexOf(operator) === index)
}

function choose(
  kind: string,
  { services, selector }: ServiceList,
  ranked: readonly Service[],
): Result<readonly Service[], SigstoreSignProblem> {
  // A config may have no services of a kind at all; where it has some, at least one is meant to be used.
  if (services.length === 0) return accept([])
  const least = selector.kind === 'exact' ? selector.count : 1
  if (ranked.length < least) return missing(kind, least, ranked.length)
  return accept(selector.kind === 'all' ? ranked : ranked.slice(0, least))
}

function missing(kind: string, least: number, found: number): Result<never, SigstoreSignProblem> {
  const [expected, usable] = [least, found].map((count) => countOf(count, `usable ${kind} service`))
  return refuse({
    code: 'sign/service-missing',
    message: `Expected ${expected} of different operators in the signing config, found ${usable}`,
    hint: 'A service is usable when it is valid now and its majorApiVersion is known: 1, for logs 1 or 2',
  })
}
