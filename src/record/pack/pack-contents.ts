// What is in a pack: the records that refer to the inner manifest, what they name by digest, and whether all of that fits together.

import { type Check, countOf, isJsonObject, type JsonValue, quote } from '../../core/index.ts'
import { type Phase, PHASES, type Registry } from '../../policy/index.ts'
import { ADOPTION, type Adoption } from '../families/adoption.ts'
import type { ViewedRecord } from '../release/deciding.ts'
import type { LedgerItem } from '../release/fold.ts'
import { bundlesOf } from '../release/repeats.ts'
import { speaksAgainst } from '../release/speaks-against.ts'
import type { ReleaseView } from '../release/judge-release.ts'
import { failed, passed } from '../view.ts'
import type { InnerManifest } from './inner-manifest.ts'

/** A document that a record or the inner manifest names by its digest. */
export interface NamedDocument {
  readonly sha256: string
  /** Who names it, and as what: `tracking /snapshot`. */
  readonly namedBy: readonly string[]
}

/** What the pack of a phase takes of a release. */
export interface PhaseItems {
  /** In ledger order. */
  readonly items: readonly LedgerItem[]
  /** How many of them are of a later phase, and speak against the release. */
  readonly against: number
  /** How many of a later phase came along, so that those count in the pack as they do in the ledger. */
  readonly beside: number
}

/**
 * What the pack of a phase takes of a release: its records up to the phase, evidence that is of no phase, and of later phases what
 * speaks against the release, with all that makes it count. A phase limits what supports it, and nothing else.
 *
 * @param view what all of its records come to
 */
export function itemsOfPhase(
  phase: Phase,
  items: readonly LedgerItem[],
  { records }: Pick<ReleaseView, 'records'>,
): PhaseItems {
  const against = new Set(records.filter(speaksAgainst).flatMap(({ record }) => bundlesOf(record)))
  const whole = adoptedPhases(against, records)
  const taken = items.filter((item) => {
    const later = laterPhaseOf(item, phase)
    return later === undefined || against.has(item.sha256) || whole.has(later)
  })
  const later = taken.filter((item) => laterPhaseOf(item, phase) !== undefined)
  const count = later.filter(({ sha256 }) => against.has(sha256)).length
  return { items: taken, against: count, beside: later.length - count }
}

/**
 * The phases of the accepted adoptions by which some of these count. They come whole: an adoption holds only where all that it names is
 * there, and what it names is judged among the records of its phase.
 */
function adoptedPhases(
  adopted: ReadonlySet<string>,
  records: readonly ViewedRecord[],
): ReadonlySet<Phase> {
  const phases = records.flatMap(({ record, view }) => {
    if (record.family !== ADOPTION.name || view.check.outcome !== 'accepted') return []
    const { adoptedRecords } = record.members as Adoption
    const isBy = adoptedRecords.some(({ sha256 }) => adopted.has(sha256))
    return isBy && record.release !== undefined ? [record.release.phase] : []
  })
  return new Set(phases)
}

/** The phase of a record that is of a later one than this. */
function laterPhaseOf(item: LedgerItem, phase: Phase): Phase | undefined {
  if (item.kind === 'material' || item.release === undefined) return undefined
  const own = item.release.phase
  return PHASES.indexOf(own) > PHASES.indexOf(phase) ? own : undefined
}

/** The inner manifests that these records refer to, by digest; of a release it is one. */
export function namedInnerManifests(items: readonly LedgerItem[]): readonly string[] {
  const named = items.flatMap((item) => {
    if (item.kind !== 'record' || !['tracking', 'attestation'].includes(item.family)) return []
    const { innerManifest } = item.members as { readonly innerManifest: string }
    return [innerManifest]
  })
  return [...new Set(named)]
}

const SHA256 = /^[0-9a-f]{64}$/

/** Every document that is named; policies, records and the set itself are known by other means, and left out by the caller. */
export function namedDocuments(
  items: readonly LedgerItem[],
  inner: InnerManifest | undefined,
): readonly NamedDocument[] {
  const named = new Map<string, string[]>()
  const note = (sha256: string, by: string) => {
    const list = named.get(sha256)
    if (list === undefined) named.set(sha256, [by])
    else if (!list.includes(by)) list.push(by)
  }
  for (const item of items) {
    if (item.kind !== 'record') continue
    for (const [place, sha256] of digestsIn(item.members as JsonValue)) {
      note(sha256, `${item.family} ${place}`)
    }
  }
  for (const [place, sha256] of digestsIn(inner)) {
    note(sha256, `inner manifest ${place}`)
  }
  return [...named]
    .map(([sha256, namedBy]) => ({ sha256, namedBy }))
    .toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
}

/** Digests of what was seen or computed, and is no document: the set that runs, what a server answered, the head of a run. */
const SEEN = new Set(['observedSet', 'responseSha256', 'runHead'])

function* digestsIn(
  value: JsonValue | undefined,
  place = '',
): Generator<readonly [string, string], undefined> {
  if (typeof value === 'string') {
    if (SHA256.test(value)) yield [place, value]
  } else if (Array.isArray(value)) {
    for (const part of value as readonly JsonValue[]) yield* digestsIn(part, place)
  } else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (!SEEN.has(name)) yield* digestsIn(member, `${place}/${name}`)
    }
  }
}

/** What the inner manifest is held against. */
export interface InnerQuestion {
  readonly inner: InnerManifest
  readonly release: string
  readonly items: readonly LedgerItem[]
  /** Of the pack. */
  readonly registry: Registry
}

/** The inner manifest agrees with the records that refer to it, and its policies are those at hand. */
export function checkInnerManifest({ inner, release, items, registry }: InnerQuestion): Check {
  const name = 'inner-manifest'
  const first = items.find((item) => item.kind === 'record' && item.about.kind === 'set')
  const set = first?.kind === 'record' && first.about.kind === 'set' ? first.about.digest : 'none'
  const revision = first?.kind === 'record' ? first.release?.sourceRevision : undefined
  const differing = [
    ...(inner.set.id === release ? [] : [`the set ${quote(inner.set.id)}`]),
    ...(inner.set.sha256 === set ? [] : [`the digest ${inner.set.sha256}`]),
    ...(inner.sourceRevision === revision ? [] : [`the commit ${inner.sourceRevision}`]),
  ]
  if (differing.length > 0) {
    const message = 'The inner manifest is of another release than the records'
    return failed(name, 'rejected', 'record/contradiction', message, {
      expected: `${quote(release)}, sha256:${set}, ${revision ?? 'no commit'}`,
      found: differing.join(', '),
    })
  }
  const moved = inner.policies.filter(
    ({ id, sha256 }) => registry.policies.get(id)?.digest !== sha256,
  )
  if (moved.length > 0) {
    const message = 'The policies are not those that the inner manifest names'
    return failed(name, 'rejected', 'record/policies-moved', message, {
      found: moved.map(({ id }) => quote(id)).join(', '),
    })
  }
  const message = `The inner manifest is of this release, under ${countOf(inner.policies.length, 'policy')}`
  return passed(name, message)
}
