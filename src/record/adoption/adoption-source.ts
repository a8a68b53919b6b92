// What a pack brings to an adoption: its records, verified, and its policies.

import { type Check, judge, quote, type Result, refuse } from '../../core/index.ts'
import {
  ADOPTABLE_FAMILIES,
  type AdoptableFamily,
  type Phase,
  type Registry,
} from '../../policy/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { standingWords } from '../time/order.ts'
import type { Linkage } from '../families/linkage.ts'
import type { LedgerRecord, RecordSubject } from '../ledger-record.ts'
import type { PolicyReference } from '../statement/member-schema.ts'
import type { RecordProblem } from '../problem.ts'
import { describeMix, type ReleaseReference } from '../statement/release-reference.ts'
import { bundlesOf, type Unrepeated, withoutRepeats } from '../release/repeats.ts'
import { failed, passed } from '../view.ts'
import type { RunHead } from './run-head.ts'
import { type AdoptionCandidate, completeCandidate } from './candidate.ts'

/** A pack, opened and verified. */
export interface AdoptionSource {
  /** SHA-256 of its bytes. */
  readonly pack: string
  /** That it is of. */
  readonly phase: Phase
  /** In the order of its ledger. */
  readonly records: readonly LedgerRecord[]
  /** The policies of the run, and not those of whoever adopts. */
  readonly registry: Registry
  /** The signed head that shows the source to be whole; absent where none was judged. */
  readonly runHead?: RunHead
}

/** The policies that the gate of a target rests on, by their digests. */
export function policyReferences(registry: Registry, target: string): readonly PolicyReference[] {
  return registry.policiesOf(target).map(({ id, digest }) => ({ id, sha256: digest }))
}

/** Proposes the adoptable records of the pack's phase: all of them, of one release. */
export function buildCandidate(source: AdoptionSource): Result<AdoptionCandidate, RecordProblem> {
  const adoptable = adoptableRecords(source)
  const [first] = adoptable
  if (first === undefined) {
    const message = 'Expected records that can be adopted, found none in the pack'
    return refuse({ code: 'record/missing', message })
  }
  const { release, about } = first
  const mixed = adoptable.flatMap((record) => describeStranger(first, record))
  const target = targetOf(release.artifactSetId)
  const adoption = source.registry
    .of('adoption')
    .get(source.registry.gateOf(target)?.adoption ?? '')
  if (adoption === undefined) {
    const message = `The policies of the pack have no adoption policy for ${quote(target)}`
    return refuse({ code: 'record/policy-unknown', message }, ...mixed)
  }
  const candidate = completeCandidate({
    release,
    set: about.digest,
    policy: adoption.id,
    sourcePack: source.pack,
    records: adoptable.map(({ family, id, sha256 }) => ({ family, id, sha256 })),
    policies: [...policyReferences(source.registry, target)],
  })
  return judge(candidate, mixed)
}

/** The target that a release goes to. */
export function targetOf(artifactSetId: string): string {
  const parts = parseArtifactSetId(artifactSetId)
  return parts.ok ? parts.value.target : ''
}

/** Such records are about a set: that is how their families are read. */
interface Adoptable extends LedgerRecord {
  readonly family: AdoptableFamily
  readonly id: string
  readonly release: ReleaseReference
  readonly about: Extract<RecordSubject, { kind: 'set' }>
}

/**
 * Those that stand: what the run itself has replaced is not proposed. Of several bundles of one record it is the one that a linkage of
 * them names: the others may never come into the ledger in which the linkage is looked at.
 */
function adoptableRecords({ records, phase }: AdoptionSource): readonly Adoptable[] {
  const placed = records.map((record, index) => ({ ...record, index }))
  const adoptable = withoutRepeats(placed).filter(
    (record): record is (typeof placed)[number] & Adoptable & Unrepeated =>
      ADOPTABLE_FAMILIES.some((family) => family === record.family) &&
      record.id !== undefined &&
      record.release?.phase === phase &&
      record.about.kind === 'set',
  )
  const standing = standingWords(adoptable)
  const linked = new Set(standing.flatMap(linkedBy))
  return standing.map((record) => ({
    ...record,
    sha256: bundlesOf(record).find((sha256) => linked.has(sha256)) ?? record.sha256,
  }))
}

function linkedBy({ family, members }: LedgerRecord): readonly string[] {
  return family === 'linkage' ? (members as Linkage).records : []
}

function describeStranger(first: Adoptable, record: Adoptable): readonly RecordProblem[] {
  const { release, about } = record
  const set: readonly RecordProblem[] =
    first.about.digest === about.digest
      ? []
      : [
          {
            code: 'record/subject',
            message: `Expected records of one artifact set, found ${record.family} ${record.sha256} of another`,
          },
        ]
  return [...set, ...describeMix(first.release, release)]
}

/** the pack and the records at hand are those of which the candidate was made. */
export function checkSource(
  candidate: AdoptionCandidate,
  source: AdoptionSource,
): readonly Check[] {
  const facts = { expected: `sha256:${candidate.sourcePack}`, found: `sha256:${source.pack}` }
  const pack =
    candidate.sourcePack === source.pack
      ? passed('source-pack', 'The pack is the one that the candidate names', facts)
      : failed(
          'source-pack',
          'rejected',
          'record/adoption-source',
          'The pack is another one than the candidate names',
          facts,
        )
  return [pack, checkRecords(candidate, source)]
}

function checkRecords(candidate: AdoptionCandidate, source: AdoptionSource): Check {
  const name = 'source-records'
  const again = buildCandidate(source)
  if (!again.ok) {
    const message = 'No candidate can be made of the pack'
    return failed(name, 'rejected', 'record/adoption-source', message, { because: again.problems })
  }
  const expected = describeRecords(candidate)
  const found = describeRecords(again.value)
  if (expected === found) {
    return passed(
      name,
      `The ${candidate.records.length} records are those of the pack, and so are its policies`,
    )
  }
  const message = 'The pack holds other records or policies than the candidate names'
  return failed(name, 'rejected', 'record/adoption-source', message, { expected, found })
}

function describeRecords({ release, set, policy, records, policies }: AdoptionCandidate): string {
  const head = `${release.artifactSetId} ${release.phase} sha256:${set} under ${policy}`
  const named = [...records, ...policies].map(({ id, sha256 }) => `${id} sha256:${sha256}`)
  return [head, ...named].join(', ')
}
