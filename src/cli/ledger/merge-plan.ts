// Both sides of a merge, read and judged, and what becomes of ours.

import {
  accept,
  type Check,
  countOf,
  equalBytes,
  failedChecks,
  type Problem,
  refuse,
  type Result,
} from '../../core/index.ts'
import type {
  ConflictSide,
  Host,
  LedgerFiles,
  LedgerMerge,
  LedgerState,
  NewRecord,
  StoreProblem,
} from '../../host/index.ts'
import {
  claimedSizeOf,
  auditTree,
  type HeadExpectation,
  type LedgerEntry,
  type MergePlan,
  type MergeSide,
  planMerge,
  readEarlier,
  readHead,
  type SignedHead,
  type TreeHead,
  verifyCheckpoint,
} from '../../ledger/index.ts'
import { parseCheckpoint } from '../../trust/index.ts'
import { checkIncoming, type RecordRequest } from './merge-records.ts'

/** What came of it. */
export interface MergedLedger extends Pick<MergePlan, 'base' | 'common'> {
  readonly kind: 'merged'
  readonly head: TreeHead
  readonly appended: readonly LedgerEntry[]
}

/** Why nothing was merged. */
export interface RefusedMerge {
  readonly kind: 'refused'
  readonly check: Check
  /** Two heads that were both signed beyond what both ledgers have. */
  readonly heads: readonly string[]
}

interface Question {
  readonly ledger: string
  /** Absent for a conflict of git. */
  readonly other: string | undefined
  readonly expectation: HeadExpectation | undefined
  /** Of the records that come in; undefined where they are not to be verified. */
  readonly request: RecordRequest | undefined
}

type Side = LedgerState & Pick<ConflictSide, 'readRecord'>

/** Merges, or says why not; a split view is a verdict. */
export async function mergeLedgers(
  host: Host,
  { ledger, other, expectation, request }: Question,
): Promise<Result<MergedLedger | RefusedMerge>> {
  let done: Omit<MergedLedger, 'head'> | undefined
  let refusal: RefusedMerge | undefined
  const store = await host.openLedger(ledger)
  const merged = await store.merge<Problem>(async (state) => {
    const sides = await readSides(host, { ledger, other, state })
    if (!sides.ok) return sides
    const { ours, theirs } = sides.value
    const planned = await plan(ours, theirs, expectation)
    if (!planned.ok) return planned
    if ('kind' in planned.value) {
      refusal = planned.value
      return refuse({ code: 'ledger/split-view', message: refusal.check.message })
    }
    const { base, common, append } = planned.value
    const judged = await checkIncoming({ store, ours, theirs, common, request })
    if (!judged.ok) return judged
    if (judged.value.outcome !== 'accepted') {
      refusal = { kind: 'refused', check: judged.value, heads: [] }
      return refuse({ code: 'cli/ledger-record', message: judged.value.message })
    }
    done = { kind: 'merged', base, common, appended: append }
    const [kept, given] = base === 'ours' ? [ours, theirs] : [theirs, ours]
    const records = await readRecords(other === undefined ? [ours, theirs] : [theirs], {
      store: (entry) => store.readRecord(entry),
      entries: await entriesToHave({
        kept,
        given,
        append,
        isAll: base === 'theirs' || other === undefined,
      }),
    })
    if (!records.ok) return records
    const { reader, size } = kept
    const checkpoint = laterCheckpoint(kept, given)
    const merge: LedgerMerge = {
      base: { reader, size, ...(checkpoint !== undefined && { checkpoint }) },
      append,
      records: records.value,
    }
    return accept(merge)
  })
  if (refusal !== undefined) return accept(refusal)
  if (!merged.ok) return merged
  if (done === undefined) return refuse({ code: 'host/ledger-head', message: 'Nothing was merged' })
  return accept({ ...done, head: merged.value })
}

async function readSides(
  host: Host,
  {
    ledger,
    other,
    state,
  }: Pick<Question, 'ledger' | 'other'> & { readonly state: Result<LedgerState> },
): Promise<Result<{ readonly ours: Side; readonly theirs: Side }>> {
  if (other === undefined) return host.readLedgerConflict(ledger)
  if (!state.ok) return state
  const store = await host.openLedger(other)
  const theirs = await store.read()
  if (!theirs.ok) return theirs
  const none: Side['readRecord'] = async () =>
    refuse({ code: 'host/ledger-record-missing', message: 'Expected a record, found none' })
  return accept({
    ours: { ...state.value, readRecord: none },
    theirs: { ...theirs.value, readRecord: (entry) => store.readRecord(entry) },
  })
}

/** Every hash of both is looked at first: what is merged is what the entries say. */
async function plan(
  ours: Side,
  theirs: Side,
  expectation: HeadExpectation | undefined,
): Promise<Result<MergePlan | RefusedMerge>> {
  for (const side of [ours, theirs]) {
    const audited = await auditTree(side, undefined, { signed: side.signed })
    if (!audited.ok) return audited
    const continued = await checkContinued(side)
    if (!continued.ok) return continued
  }
  const heads = readHeads(ours, theirs, expectation)
  if (!heads.ok) return heads
  const [ourHead, theirHead] = heads.value
  const planned = await planMerge(sideOf(ours, ourHead), sideOf(theirs, theirHead))
  const [first] = planned.ok ? [] : planned.problems
  if (first?.code !== 'ledger/split-view') return planned
  const { code, message, hint } = first
  return accept({
    kind: 'refused',
    check: {
      name: 'ledger-merge',
      outcome: 'rejected',
      code,
      message,
      ...(hint !== undefined && { hint }),
    },
    heads: [ourHead, theirHead].flatMap((head) => head?.note ?? []),
  })
}

function sideOf({ reader, size }: Side, head: SignedHead | undefined): MergeSide {
  return { reader, size, ...(head !== undefined && { head }) }
}

/** Both cover entries that the base begins with: beyond the common ones, only its own does. */
function laterCheckpoint(kept: LedgerFiles, given: LedgerFiles): Uint8Array | undefined {
  const [own, other] = [sizeOf(kept), sizeOf(given)]
  return other > own ? given.checkpoint : kept.checkpoint
}

function sizeOf({ checkpoint = new Uint8Array(0) }: LedgerFiles): number {
  return claimedSizeOf(checkpoint) ?? -1
}

/** Signed or not: a ledger that does not continue its own checkpoint was changed. */
async function checkContinued(side: LedgerFiles): Promise<Result<undefined>> {
  const { checkpoint, size } = side
  if (checkpoint === undefined) return accept(undefined)
  const parsed = parseCheckpoint(Buffer.from(checkpoint).toString())
  if (!parsed.ok) {
    const message = 'Cannot read the signed head'
    return refuse({ code: 'ledger/checkpoint-malformed', message, because: parsed.problems })
  }
  const signed = Number(parsed.value.size)
  if (signed > size) {
    const message = `The end of the ledger is cut off: expected ${countOf(signed, 'entry')}, found ${size}`
    return refuse({ code: 'ledger/tail-cut', message })
  }
  const head = await readHead(readEarlier(side), signed)
  if (!head.ok) return head
  if (equalBytes(head.value.root, parsed.value.root)) return accept(undefined)
  const message = `The ledger does not begin with the ${countOf(signed, 'entry')} that were signed`
  return refuse({ code: 'ledger/rewritten', message })
}

type Heads = readonly [SignedHead | undefined, SignedHead | undefined]

/** One and the same head, or none, says nothing about which side was signed: no key is needed for it. */
function readHeads(
  ours: LedgerFiles,
  theirs: LedgerFiles,
  expectation: HeadExpectation | undefined,
): Result<Heads> {
  const notes = [ours, theirs].map(({ checkpoint }) => Buffer.from(checkpoint ?? []).toString())
  if (expectation === undefined) {
    if (notes[0] === notes[1]) return accept([undefined, undefined])
    return refuse({
      code: 'cli/ledger-key-missing',
      message: 'Expected --log-key KEY where two ledgers have different signed heads, found none',
      hint: 'assay ledger checkpoint prints the key',
    })
  }
  const heads: (SignedHead | undefined)[] = []
  for (const { checkpoint } of [ours, theirs]) {
    const found = checkpoint === undefined ? undefined : verifyCheckpoint(checkpoint, expectation)
    if (found !== undefined && found.head === undefined) return refuse(problemOf(found.check))
    heads.push(found?.head)
  }
  return accept([heads[0], heads[1]])
}

function problemOf(check: Check): Problem {
  const [{ code = 'ledger/checkpoint-unsigned', message, hint } = check] = failedChecks(check)
  return { code, message, ...(hint !== undefined && { hint }) }
}

/** Of a base that is not what lies in the folder, every record may be missing there. */
async function entriesToHave({
  kept,
  given,
  append,
  isAll,
}: {
  readonly kept: Side
  readonly given: Side
  readonly append: readonly LedgerEntry[]
  readonly isAll: boolean
}): Promise<readonly LedgerEntry[]> {
  if (!isAll) return append
  const entries = new Map<string, LedgerEntry>()
  for (const side of [kept, given]) {
    await auditTree(side, (entry) => void entries.set(entry.sha256, entry))
  }
  return [...entries.values()]
}

/** Those that the folder has not. */
async function readRecords(
  sides: readonly Side[],
  {
    store,
    entries,
  }: {
    readonly store: (entry: LedgerEntry) => Promise<Result<Uint8Array, StoreProblem>>
    readonly entries: readonly LedgerEntry[]
  },
): Promise<Result<readonly NewRecord[]>> {
  const records: NewRecord[] = []
  for (const entry of entries) {
    const own = await store(entry)
    if (own.ok) continue
    let found: Result<Uint8Array> = own
    for (const side of sides) if (!found.ok) found = await side.readRecord(entry)
    if (!found.ok) return found
    records.push({ entry, bytes: found.value })
  }
  return accept(records)
}
