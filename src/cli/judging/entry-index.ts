// Which entries each release of a ledger has, small enough to keep for a hundred thousand of them.

import { encodeHex } from '../../core/index.ts'
import type { LedgerEntry, PlacedEntry } from '../../ledger/index.ts'

/** Entries, looked up by what they are about. */
export interface EntryIndex {
  /** Entries come in their order. */
  add(entry: LedgerEntry, index: number): void
  /** How many there are. */
  size(): number
  /** Every artifact set, commit and so on that has an entry, in the order of the first one. */
  releases(): readonly string[]
  /** The entries of one, in ledger order. */
  entriesOf(release: string): readonly PlacedEntry[]
}

const DIGEST_BYTES = 32

/** An index without entries. */
export function createEntryIndex(): EntryIndex {
  let digests = Buffer.alloc(DIGEST_BYTES * 1024)
  const types: string[] = []
  const places: number[] = []
  const releases = new Map<string, number[]>()
  // A text of its own for each entry would be most of the memory.
  const known = new Map<string, string>()
  return {
    add({ sha256, predicateType, release }, index) {
      const at = places.length
      if (digests.length <= at * DIGEST_BYTES) digests = Buffer.concat([digests, digests])
      digests.write(sha256, at * DIGEST_BYTES, 'hex')
      if (!known.has(predicateType)) known.set(predicateType, predicateType)
      types.push(known.get(predicateType) ?? predicateType)
      places.push(index)
      const list = releases.get(release)
      if (list === undefined) releases.set(release, [at])
      else list.push(at)
    },
    size: () => places.length,
    releases: () => [...releases.keys()],
    entriesOf: (release) =>
      (releases.get(release) ?? []).map((at) => ({
        sha256: encodeHex(digests.subarray(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES)),
        predicateType: types[at] ?? '',
        release,
        index: places[at] ?? 0,
      })),
  }
}
