// What a release has in a ledger for a pack of one of its phases: its records, verified, and their places under one head.

import { strict as assert } from 'node:assert'
import { accept, type Check, groupChecks, quote, type Result, refuse } from '../../core/index.ts'
import type { Host, LedgerStore } from '../../host/index.ts'
import { readEntries } from '../../ledger/index.ts'
import type { Phase, Registry } from '../../policy/index.ts'
import {
  askAboutRelease,
  bundlesOf,
  itemsOfPhase,
  judgeRelease,
  type LedgerItem,
  type LedgerScope,
  namedReleases,
  type PhaseItems,
  type ReleaseView,
} from '../../record/index.ts'
import { encodeTrust, type TrustDocument } from '../../trust/index.ts'
import { createEntryIndex, type EntryIndex } from '../judging/entry-index.ts'
import { knownOf, readItems, type RecordCopy, type ReleaseItems } from '../judging/release-items.ts'
import { checkSignatures } from '../audit/release-report.ts'
import { holdersIn } from '../judging/role-holders.ts'
import { type PlaceProofs, provePlaces } from './place-proofs.ts'

/** What is packed, and from where. */
export interface SourceQuestion {
  readonly store: LedgerStore
  readonly trust: TrustDocument
  readonly registry: Registry
  readonly release: string
  readonly phase: Phase
  readonly scope: LedgerScope
  readonly unsafeExampleKeys: boolean | undefined
}

/** Why nothing is packed: records that do not verify, or contradict each other, or none that counts. */
export interface RefusedSource {
  readonly check: Check
}

/** The records of a pack. */
export interface PackSource extends PlaceProofs, Pick<PhaseItems, 'against' | 'beside'> {
  /** Of the release and of its commit, in ledger order. */
  readonly items: readonly LedgerItem[]
  /** Those of them that count: in the ledger of a project, the others were adopted by nobody. */
  readonly counted: readonly LedgerItem[]
  /** Their bundles, by digest. */
  readonly bundles: ReadonlyMap<string, Uint8Array>
  /** Bundles of the releases that they refer to, by digest. */
  readonly referred: ReadonlyMap<string, Uint8Array>
  /** SHA-256 of the set's manifest. */
  readonly set?: string
}

/** Reads and verifies what the ledger has. */
export async function readPackSource(
  host: Host,
  question: SourceQuestion,
): Promise<Result<PackSource | RefusedSource>> {
  const { store, release, phase } = question
  const state = await store.read()
  if (!state.ok) return state
  const index = createEntryIndex()
  const entries = await readEntries(state.value, 0, (entry, at) => index.add(entry, at))
  if (!entries.ok) return entries
  if (index.entriesOf(release).length === 0) return noRecords(question)
  const { own, commit, referred, fold, check, bytesOf } = await verifySource(host, {
    ...question,
    index,
  })
  if (check.outcome !== 'accepted') return accept({ check })
  const items = [...own.items, ...commit.items].toSorted((a, b) => a.index - b.index)
  const generated = new Set(fold.generated.flatMap(bundlesOf))
  const counted = items.filter(({ sha256 }) => !generated.has(sha256))
  const isOfPhase = counted.some((item) => item.kind === 'record' && item.release?.phase === phase)
  if (!isOfPhase) return noRecords(question)
  const others = referred.flatMap(({ found: theirs }) => [...theirs.items, ...theirs.copies])
  // Where a file was that alone is not accepted any more, a copy of it stands: its place is that of the record.
  const copies = copiesOf(items, [...own.copies, ...commit.copies])
  const wanted = new Set([...items, ...copies, ...others].map(({ index: at }) => at))
  const placed = index
    .releases()
    .flatMap((about) => index.entriesOf(about).filter((entry) => wanted.has(entry.index)))
  const proofs = await provePlaces(state.value, placed)
  if (!proofs.ok) return proofs
  const { digest } = fold.evidence
  return accept({
    ...{ items, counted, bundles: bytesOf([...items, ...copies]), referred: bytesOf(others) },
    ...{ against: own.against, beside: own.beside },
    ...(digest !== undefined && { set: digest }),
    ...proofs.value,
  })
}

/** Those of these records that are no records themselves. */
function copiesOf(
  items: readonly LedgerItem[],
  copies: readonly RecordCopy[],
): readonly RecordCopy[] {
  const taken = new Set(items.map(({ sha256 }) => sha256))
  return copies.filter(({ sha256, of }) => taken.has(of) && !taken.has(sha256))
}

function noRecords({ release, phase }: SourceQuestion): Result<never> {
  const message = `Expected records of ${quote(release)} in the phase ${phase}, found none`
  return refuse({ code: 'record/missing', message })
}

interface VerifiedSource extends Pick<ReleaseView, 'fold'> {
  /** Of the release, what the pack of the phase takes. */
  readonly own: PhaseItems & Pick<ReleaseItems, 'copies'>
  readonly commit: ReleaseItems
  readonly referred: readonly ReferredRelease[]
  readonly check: Check
  /** The bundles of these. */
  readonly bytesOf: (
    files: readonly Pick<LedgerItem, 'sha256'>[],
  ) => ReadonlyMap<string, Uint8Array>
}

/** A release that records of this one name. */
interface ReferredRelease {
  readonly about: string
  readonly found: ReleaseItems
}

async function verifySource(
  host: Host,
  question: SourceQuestion & { readonly index: EntryIndex },
): Promise<VerifiedSource> {
  const { store, trust, registry, release, phase, scope, index, unsafeExampleKeys } = question
  const now = host.now()
  const asked = {
    ...{ trust: encodeTrust(trust), now },
    ...(unsafeExampleKeys !== undefined && { unsafeExampleKeys }),
  }
  const verifier = await host.openRecordVerifier(asked, index.entriesOf(release).length)
  const bundles = new Map<string, Uint8Array>()
  const read: Parameters<typeof readItems>[1]['read'] = async (entry) => {
    const bytes = await store.readRecord(entry)
    if (bytes.ok) bundles.set(entry.sha256, bytes.value)
    return bytes
  }
  const load = async (about: string) =>
    readItems(index.entriesOf(about), { read, verify: verifier.verify })
  try {
    const own = await load(release)
    const released = await askAboutRelease(release, knownOf(own), {
      ...{ registry, now, scope },
      holdersOf: holdersIn(trust),
      load: async (about) => accept(knownOf(await load(about))),
    })
    assert(released.ok, 'what can not be read is told as lost')
    const { fold, check, ...view } = judgeRelease(released.value)
    const taken = itemsOfPhase(phase, own.items, view)
    const commit = await loadCommit(fold, load)
    // What a run knows of other releases, it has from the project.
    const named = scope === 'run' ? [] : namedReleases(release, taken.items)
    const referred: ReferredRelease[] = []
    for (const about of named) referred.push({ about, found: await load(about) })
    const counted = (check.checks ?? []).filter(({ name }) => name === 'counted-records')
    return {
      ...{ own: { ...taken, copies: own.copies }, commit, referred, fold },
      check: groupChecks('pack-records', `The records of ${quote(release)}`, [
        checkSignatures(own),
        ...counted,
        ...fold.conflicts,
        ...(hasRefused(commit) ? [checkSignatures(commit)] : []),
        ...referred.filter(({ found }) => hasRefused(found)).map(checkReferred),
      ]),
      bytesOf: (files) =>
        new Map(
          files.flatMap(({ sha256 }) => {
            const bytes = bundles.get(sha256)
            return bytes === undefined ? [] : [[sha256, bytes] as const]
          }),
        ),
    }
  } finally {
    await verifier.close()
  }
}

/** Only where provenance joins them to the release; the superseded ones are part of what was said. */
async function loadCommit(
  { evidence }: ReleaseView['fold'],
  load: (about: string) => Promise<ReleaseItems>,
): Promise<ReleaseItems> {
  const about = evidence.commitRecords[0]?.about
  if (about?.kind !== 'commit') return { items: [], refused: [], copies: [], lost: [] }
  const { items, ...rest } = await load(`git:${about.commit}`)
  const joined = new Set(evidence.commitRecords.flatMap(bundlesOf))
  return { ...rest, items: items.filter(({ sha256 }) => joined.has(sha256)) }
}

function hasRefused({ refused, lost }: ReleaseItems): boolean {
  return refused.length + lost.length > 0
}

function checkReferred({ about, found }: ReferredRelease): Check {
  const check = checkSignatures(found)
  return { ...check, name: 'referred-records', message: `${about}: ${check.message}` }
}
