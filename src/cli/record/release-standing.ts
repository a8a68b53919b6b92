// What a record comes to among the others of its release, once it is in the ledger.

import { accept, type JsonValue, type Result } from '../../core/index.ts'
import type { Registry } from '../../policy/index.ts'
import {
  type FamilyView,
  findFamily,
  judgeRelease,
  type LedgerItem,
  type LedgerRecord,
  summarize,
} from '../../record/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { principalsWith } from '../../trust/index.ts'
import type { LedgerInput, RecordRequest } from './ledger-input.ts'

/** The status of a record, and whether it counts in the ledger of a project. */
export interface RecordStanding {
  /** `generated`: of an adoptable family, and adopted by nobody yet. */
  readonly standing: 'direct' | 'generated'
  /** As the ledger of a run is judged, where all records count. Absent for a record about a commit: its release judges it. */
  readonly view?: FamilyView
}

/** Where a new record would stand. */
export interface StandingQuestion {
  readonly ledger: LedgerInput
  /** What the ledger holds about its release. */
  readonly items: readonly LedgerItem[]
  readonly request: RecordRequest
  readonly registry: Registry | undefined
}

/** Judges a record as the next entry of the ledger. */
export async function judgeStanding(
  record: LedgerRecord,
  { ledger, items: own, request, registry }: StandingQuestion,
): Promise<Result<RecordStanding>> {
  const standing = findFamily(record.family)?.isAdoptable === true ? 'generated' : 'direct'
  const { about } = record
  if (about.kind === 'commit') return accept({ standing })
  const known = new Map<string, readonly LedgerItem[]>()
  const commit = `git:${record.release?.sourceRevision}`
  for (const id of [commit, ...namesSets(record.members as JsonValue)]) {
    const items = await ledger.items(id)
    if (!items.ok) return items
    known.set(id, items.value.accepted)
  }
  known.set(about.id, [...own, { ...record, index: ledger.size }])
  const itemsOf = (id: string) => known.get(id) ?? []
  const { trust, now } = request
  const holdersOf = (roles: readonly string[]) => principalsWith(trust, roles)
  const question = (id: string) => ({
    id,
    items: itemsOf(id),
    commitItems: (commit: string) => itemsOf(`git:${commit}`),
    registry,
    now,
    scope: 'run' as const,
    holdersOf,
  })
  const releaseOf = (id: string) =>
    itemsOf(id).length === 0
      ? undefined
      : summarize({ ...question(id), releaseOf: () => undefined })
  const { records } = judgeRelease({ ...question(about.id), releaseOf })
  const view = records.find((viewed) => viewed.record.sha256 === record.sha256)?.view
  return accept({ standing, ...(view !== undefined && { view }) })
}

/** Every artifact set that the members name. */
export function* namesSets(value: JsonValue | undefined): Generator<string, undefined> {
  if (typeof value === 'string') {
    if (parseArtifactSetId(value).ok) yield value
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) yield* namesSets(member)
  }
}
