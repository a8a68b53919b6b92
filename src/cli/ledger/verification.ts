// All that is judged of a ledger: its tree, its records, the head that it signed, and the one that somebody kept.

import {
  type Check,
  countOf,
  encodeBase64,
  encodeHex,
  groupChecks,
  type Instant,
  type Problem,
  quote,
  type Result,
} from '../../core/index.ts'
import type { Host, LedgerFiles, LedgerStore, RecordFiles } from '../../host/index.ts'
import {
  auditTree,
  checkAge,
  claimRelease,
  compareHeads,
  describeDifference,
  type HeadComparison,
  type HeadExpectation,
  type HeadFinding,
  type LedgerEntry,
  type LedgerTree,
  type SignedHead,
  type TreeHead,
  verifyCheckpoint,
} from '../../ledger/index.ts'
import { judgeEntry } from './record-entry.ts'

/** What is asked about heads. */
export interface HeadQuestion {
  readonly expectation: HeadExpectation
  /** A head that was kept, as it was read. */
  readonly older?: HeadFinding
  /** An older copy, which names the first entry that differs. */
  readonly copy?: LedgerTree
  readonly age?: { readonly now: Instant; readonly maxAgeMs: number }
}

/** Told of every problem, the first hundred of them. */
const PROBLEMS_MAX = 100

/** From so many entries on, what is garbage soon takes more memory than the program does; below, collecting it takes longer than reading. */
const LARGE = 1_000

/** What is judged. */
export interface ContentsQuestion {
  readonly store: LedgerStore
  readonly state: LedgerFiles
  /** Listed before the state was read: a record is in its place before its entry is. */
  readonly records: Result<RecordFiles>
  /** Told of each entry, by whoever reads the records later; where it is left out, each record is read, and is the one that its entry names. */
  readonly onEntry?: (entry: LedgerEntry, index: number) => void
}

/** What a ledger holds, judged. */
export interface Contents {
  readonly checks: readonly Check[]
  /** Where every entry can be read. */
  readonly head?: TreeHead
}

/** The tree, and every record: what needs no key. */
export async function checkContents(
  host: Host,
  { store, state, records: found, onEntry }: ContentsQuestion,
): Promise<Contents> {
  if (state.size >= LARGE) host.keepHeapFlat()
  const progress = host.startProgress(`Checking ${quote(store.path)}`)
  const sets = new Map<string, string>()
  const conflicts: Problem[] = []
  const wrong: Problem[] = []
  const visit = async (entry: LedgerEntry, index: number): Promise<void> => {
    const conflict = claimRelease(sets, entry)
    if (conflict !== undefined) conflicts.push({ ...conflict, at: `entry ${index}` })
    const isListed = found.ok && found.value.strike(entry.sha256)
    onEntry?.(entry, index)
    // One that was appended after the list was made is not on it, and one that is gone is not either.
    if (onEntry === undefined || !isListed) {
      const record = await readRecord(store, entry)
      if (!record.ok) wrong.push({ ...record.problems[0], at: `entry ${index}` })
    }
    progress.report(`${index + 1} of ${countOf(state.size, 'entry')}`)
  }
  try {
    const tree = await auditTree(state, visit, { signed: state.signed })
    const problems = [...(tree.ok ? judgeHeadFile(state, tree.value) : tree.problems), ...conflicts]
    const extra = found.ok ? found.value.rest() : []
    const unread = found.ok ? [] : found.problems
    const entries = conclude('ledger-entries', problems, {
      message: `${countOf(state.size, 'entry')}, and all hashes are right`,
      ...(tree.ok && { found: `the root ${encodeHex(tree.value.root)}` }),
    })
    const foreign = found.ok ? found.value.foreign.map(foreignFile) : []
    const records = concludeRecords([...unread, ...wrong, ...extra.map(extraRecord), ...foreign])
    return { checks: [entries, records], ...(tree.ok && { head: tree.value }) }
  } finally {
    progress.end()
  }
}

/** The unsigned head tells a cut that nobody meant: whoever means it changes this file as well. */
function judgeHeadFile({ headFile }: LedgerFiles, { size, root }: TreeHead): readonly Problem[] {
  const expected = `${size}\n${encodeBase64(root)}\n`
  if (Buffer.from(headFile).toString() === expected) return []
  const message = `Expected the size and root of the tree in the file head, found ${quote(Buffer.from(headFile).toString())}`
  return [{ code: 'host/ledger-head', message }]
}

async function readRecord(store: LedgerStore, entry: LedgerEntry): Promise<Result<undefined>> {
  const bytes = await store.readRecord(entry)
  return bytes.ok ? judgeEntry(entry, bytes.value) : bytes
}

function extraRecord({ path }: { readonly path: string }): Problem {
  const message = `Expected no record that the ledger does not name, found ${quote(path)}`
  return { code: 'host/ledger-record-extra', message, at: path }
}

function foreignFile(path: string): Problem {
  const message = `Expected nothing that no ledger has, found ${quote(path)}`
  const hint = 'No Assay made it: remove it, or keep it elsewhere'
  return { code: 'host/ledger-foreign', message, at: path, hint }
}

/**
 * The check of the record files.
 *
 * @param isPartial of some only the names were looked at
 */
export function concludeRecords(
  problems: readonly Problem[],
  { isPartial = false }: { readonly isPartial?: boolean } = {},
): Check {
  const message = isPartial
    ? 'Every record is there by its name, and no other; those that were not asked about were not read'
    : 'Every record is there, and no other'
  return conclude('ledger-records', problems, { message })
}

function conclude(
  name: string,
  problems: readonly Problem[],
  good: Pick<Check, 'message' | 'found'>,
): Check {
  const [first] = problems
  if (first === undefined) return { name, outcome: 'accepted', ...good }
  const message =
    name === 'ledger-entries' ? 'The tree is not sound' : 'The records are not those of the ledger'
  return {
    name,
    outcome: 'rejected',
    code: first.code,
    message,
    found: countOf(problems.length, 'problem'),
    because: problems.slice(0, PROBLEMS_MAX),
  }
}

/** The heads: who signed them, whether the ledger continues them, how old the last one is. */
export async function checkHeads(
  state: LedgerFiles,
  { expectation, older, copy, age }: HeadQuestion,
): Promise<readonly Check[]> {
  const own = judgeOwn(state, expectation)
  const checks: Check[] = [own.check]
  if (own.head !== undefined) {
    checks.push(await continues(state, own.head, { ...(copy !== undefined && { copy }) }))
    checks.push(countUnsigned(state, own.head))
    if (age !== undefined) checks.push(checkAge(own.head, age))
  }
  if (older !== undefined) {
    checks.push({ ...older.check, name: 'ledger-head-given' })
    if (older.head !== undefined) {
      const sources = {
        ...(own.head !== undefined && { own: own.head }),
        ...(copy !== undefined && { copy }),
      }
      checks.push(await continues(state, older.head, sources))
    }
  }
  return checks
}

function judgeOwn({ checkpoint }: LedgerFiles, expectation: HeadExpectation): HeadFinding {
  if (checkpoint !== undefined) return verifyCheckpoint(checkpoint, expectation)
  return {
    check: {
      name: 'ledger-head',
      outcome: 'missing',
      code: 'cli/ledger-head-missing',
      message: 'The ledger has no signed head',
      hint: 'assay ledger checkpoint signs it',
    },
  }
}

/** The ledger against one head. */
export async function continues(
  state: LedgerTree,
  head: SignedHead,
  sources: Parameters<typeof compareHeads>[2],
): Promise<Check> {
  const compared = await compareHeads(state, head, sources)
  if (compared.ok) return withDifference(compared.value)
  return {
    name: 'ledger-continues',
    outcome: 'rejected',
    code: compared.problems[0].code,
    message: 'The ledger can not be compared with the head',
    because: compared.problems,
  }
}

/** A split view is told by its heads; the entry at which they part is told beside them. */
function withDifference({ check, difference }: HeadComparison): Check {
  if (check.code !== 'ledger/split-view' || difference === undefined) return check
  return { ...check, because: [{ code: check.code, message: describeDifference(difference) }] }
}

function countUnsigned({ size }: LedgerFiles, head: SignedHead): Check {
  const after = Math.max(0, size - head.size)
  return {
    name: 'ledger-unsigned',
    outcome: 'accepted',
    message: `${countOf(after, 'entry')} after the last signed head`,
    found: `${head.size} signed, ${size} in all`,
  }
}

/** All of it as one verdict. */
export function verdictOf(path: string, checks: readonly Check[]): Check {
  return groupChecks('ledger', `The ledger ${quote(path)}`, checks)
}
