// What a release has in a ledger for a pack of one of its phases: its records, verified, and their places under one head.

import { accept, type Check, groupChecks, quote, type Result, refuse } from '../../core/index.ts'
import type { Host, LedgerState, LedgerStore } from '../../host/index.ts'
import { proveInclusion, readEarlier, readEntries, readHead } from '../../ledger/index.ts'
import type { Phase, Registry } from '../../policy/index.ts'
import { foldRelease, itemsUpTo, type LedgerItem } from '../../record/index.ts'
import { encodeTrust, parseCheckpoint, type TrustDocument } from '../../trust/index.ts'
import { createEntryIndex, type EntryIndex } from '../audit/entry-index.ts'
import { readItems, type ReleaseItems } from '../audit/release-items.ts'
import { checkSignatures } from '../audit/release-report.ts'
import type { LedgerProofs, ProvenEntry } from './ledger-proofs.ts'

/** What is packed, and from where. */
export interface SourceQuestion {
  readonly store: LedgerStore
  readonly trust: TrustDocument
  readonly registry: Registry
  readonly release: string
  readonly phase: Phase
  readonly unsafeExampleKeys: boolean | undefined
}

/** Why nothing is packed: records that do not verify, or contradict each other. */
export interface RefusedSource {
  readonly check: Check
}

/** The records of a pack. */
export interface PackSource {
  /** In ledger order. */
  readonly items: readonly LedgerItem[]
  /** Their bundles, by digest. */
  readonly bundles: ReadonlyMap<string, Uint8Array>
  /** SHA-256 of the set's manifest. */
  readonly set?: string
  readonly proofs: LedgerProofs
  /** The signed head, where it is over all of them. */
  readonly checkpoint?: Uint8Array
}

/** Reads and verifies what the ledger has. */
export async function readSource(
  host: Host,
  question: SourceQuestion,
): Promise<Result<PackSource | RefusedSource>> {
  const { store, release, phase } = question
  const state = await store.read()
  if (!state.ok) return state
  const index = createEntryIndex()
  const entries = await readEntries(state.value, 0, (entry, at) => index.add(entry, at))
  if (!entries.ok) return entries
  const bundles = new Map<string, Uint8Array>()
  const { own, commit, ...fold } = await verifySource(host, { ...question, index, bundles })
  const check = groupChecks('pack-records', `The records of ${quote(release)}`, [
    checkSignatures(own),
    ...fold.conflicts,
    ...(commit.refused.length + commit.lost.length > 0 ? [checkSignatures(commit)] : []),
  ])
  if (check.outcome !== 'accepted') return accept({ check })
  const found = [...itemsUpTo(phase, own.items), ...commit.items]
  const items = found.toSorted((a, b) => a.index - b.index)
  const isOfPhase = items.some((item) => item.kind === 'record' && item.release?.phase === phase)
  if (!isOfPhase) {
    const message = `Expected records of ${quote(release)} in the phase ${phase}, found none`
    return refuse({ code: 'record/missing', message })
  }
  const placed = items.map(({ index: at }) => at)
  const proofs = await proveAll(state.value, index, [release, ...fold.commits], placed)
  if (!proofs.ok) return proofs
  return accept({
    items,
    bundles: new Map(
      items.flatMap(({ sha256 }) => {
        const bytes = bundles.get(sha256)
        return bytes === undefined ? [] : [[sha256, bytes] as const]
      }),
    ),
    ...(fold.set !== undefined && { set: fold.set }),
    ...proofs.value,
  })
}

interface VerifiedSource {
  readonly own: ReleaseItems
  readonly commit: ReleaseItems
  readonly commits: readonly string[]
  readonly conflicts: readonly Check[]
  readonly set?: string
}

async function verifySource(
  host: Host,
  question: SourceQuestion & {
    readonly index: EntryIndex
    readonly bundles: Map<string, Uint8Array>
  },
): Promise<VerifiedSource> {
  const { store, trust, release, index, bundles, unsafeExampleKeys } = question
  const asked = {
    trust: encodeTrust(trust),
    now: host.now(),
    ...(unsafeExampleKeys !== undefined && { unsafeExampleKeys }),
  }
  const verifier = await host.openRecordVerifier(asked, index.entriesOf(release).length)
  try {
    const source: Parameters<typeof readItems>[1] = {
      verify: verifier.verify,
      read: async (entry) => {
        const bytes = await store.readRecord(entry)
        if (bytes.ok) bundles.set(entry.sha256, bytes.value)
        return bytes
      },
    }
    const own = await readItems(index.entriesOf(release), source)
    const revision = own.items.find((item) => item.kind === 'record')?.release?.sourceRevision
    const about = `git:${revision ?? ''}`
    const all = await readItems(index.entriesOf(about), source)
    const { evidence, conflicts } = foldRelease({
      id: release,
      items: own.items,
      commitItems: () => all.items,
    })
    // Only where provenance joins them to the release; the superseded ones are part of what was said.
    const joined = new Set(evidence.commitRecords.map(({ sha256 }) => sha256))
    const isJoined = joined.size > 0
    const commit = {
      items: all.items.filter(({ sha256 }) => joined.has(sha256)),
      refused: isJoined ? all.refused : [],
      lost: isJoined ? all.lost : [],
    }
    return {
      own,
      commit,
      commits: isJoined ? [about] : [],
      conflicts,
      ...(evidence.digest !== undefined && { set: evidence.digest }),
    }
  } finally {
    await verifier.close()
  }
}

/** Under the signed head where it is over all of them; else under that of the ledger as it is. */
async function proveAll(
  state: LedgerState,
  index: EntryIndex,
  releases: readonly string[],
  places: readonly number[],
): Promise<Result<Pick<PackSource, 'proofs' | 'checkpoint'>>> {
  const { checkpoint } = state
  const signed = checkpoint === undefined ? Number.NaN : sizeOf(checkpoint)
  const isSigned = signed <= state.size && places.every((place) => place < signed)
  const size = isSigned ? signed : state.size
  const reader = readEarlier(state)
  const head = await readHead(reader, size)
  if (!head.ok) return head
  const wanted = new Set(places)
  const placed = releases
    .flatMap((release) => index.entriesOf(release))
    .filter((entry) => wanted.has(entry.index))
    .toSorted((a, b) => a.index - b.index)
  const entries: ProvenEntry[] = []
  for (const { index: at, ...entry } of placed) {
    const hashes = await proveInclusion(reader, size, at)
    if (!hashes.ok) return hashes
    entries.push({ index: at, entry, hashes: hashes.value })
  }
  return accept({
    proofs: { head: head.value, entries },
    ...(isSigned && checkpoint !== undefined && { checkpoint }),
  })
}

function sizeOf(checkpoint: Uint8Array): number {
  const parsed = parseCheckpoint(Buffer.from(checkpoint).toString())
  return parsed.ok ? Number(parsed.value.size) : Number.NaN
}
