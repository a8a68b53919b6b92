// A ledger in a folder, read and judged: its tree and heads, every record, and each release, told to whoever asked.

import {
  type Check,
  accept,
  countOf,
  type Instant,
  type Problem,
  quote,
  type Result,
} from '../../core/index.ts'
import type { Host, LedgerFiles, LedgerStore } from '../../host/index.ts'
import {
  type HeadExpectation,
  type HeadFinding,
  type TreeHead,
  verifyCheckpoint,
} from '../../ledger/index.ts'
import type { Registry } from '../../policy/index.ts'
import { type LedgerScope, type ReleaseView, speaksAgainstAlone } from '../../record/index.ts'
import { encodeTrust, type TrustDocument } from '../../trust/index.ts'
import { checkContents, checkHeads, concludeRecords } from '../ledger/verification.ts'
import { createEntryIndex, type EntryIndex } from './entry-index.ts'
import { missingHead } from './missing-head.ts'
import type { ReleaseItems } from './release-items.ts'
import { type OtherEntries, passReleases } from './release-pass.ts'
import { holdersIn } from './role-holders.ts'
import { selectByHeads, selectByWitness, type TimeSelection } from './time-selection.ts'

/** What is asked about a ledger. */
export interface LedgerQuestion {
  readonly store: LedgerStore
  readonly trust: TrustDocument
  readonly registry: Registry | undefined
  readonly scope: LedgerScope
  /** Whose heads count; without one, no head is judged. */
  readonly expectation: HeadExpectation | undefined
  /** A head that was kept. */
  readonly older: HeadFinding | undefined
  readonly age: { readonly now: Instant; readonly maxAgeMs: number } | undefined
  /** Said aloud: no head is to be judged. */
  readonly isUnsigned: boolean
  readonly now: Instant
  readonly at: Instant | undefined
  readonly unsafeExampleKeys: boolean | undefined
  /** Of these releases alone. */
  readonly only: readonly string[] | undefined
  /** Told of every release, in the order of their first entries. */
  readonly onRelease: (view: ReleaseView, found: ReleaseItems) => void
}

/** What was found of the ledger itself; what it holds was told. */
export interface JudgedLedger {
  /** Of its tree, its heads, and the time as of which it is judged. */
  readonly checks: readonly Check[]
  readonly head?: TreeHead
  readonly others: readonly OtherEntries[]
}

/** Judges the ledger as it is now; what others append meanwhile is not looked at. */
export async function judgeLedger(
  host: Host,
  question: LedgerQuestion,
): Promise<Result<JudgedLedger>> {
  const { store, expectation, older, age } = question
  const records = await store.listRecords()
  const state = await store.readFiles()
  if (!state.ok) return state
  const time = selectTime(question, state.value)
  const index = createEntryIndex()
  const contents = await checkContents(host, {
    store,
    state: state.value,
    records,
    onEntry: (entry, place) => index.add(entry, place),
  })
  const { others, lost } = await judgeReleases(host, { ...question, index, time })
  const heads =
    expectation === undefined
      ? missingHead(question)
      : await checkHeads(state.value, {
          expectation,
          ...(older !== undefined && { older }),
          ...(age !== undefined && { age }),
        })
  return accept({
    checks: [
      ...withLost(contents.checks, lost, { isPartial: question.only !== undefined }),
      ...heads,
      ...(time === undefined ? [] : [time.check()]),
    ],
    ...(contents.head !== undefined && { head: contents.head }),
    others,
  })
}

function selectTime(
  { at, now, older, expectation, registry, trust }: LedgerQuestion,
  { size, checkpoint }: LedgerFiles,
): TimeSelection | undefined {
  if (at === undefined) return undefined
  const kept = older?.head
  if (kept === undefined || expectation === undefined) return selectByWitness(at)
  const own = checkpoint === undefined ? undefined : verifyCheckpoint(checkpoint, expectation).head
  const asked = { registry, now: at, holdersOf: holdersIn(trust) }
  return selectByHeads(at, {
    ...{ kept, own, size, now },
    speaksAgainst: (item) => speaksAgainstAlone(item, asked),
  })
}

interface ReleasesQuestion extends LedgerQuestion {
  readonly index: EntryIndex
  readonly time: TimeSelection | undefined
}

async function judgeReleases(host: Host, question: ReleasesQuestion) {
  const { store, trust, at, unsafeExampleKeys, index, time, only, onRelease } = question
  const total = countOf(index.size(), 'entry')
  const progress = host.startProgress(`Judging ${quote(store.path)}`)
  const verifier = await host.openRecordVerifier(
    {
      trust: encodeTrust(trust),
      now: question.now,
      ...(at !== undefined && { at }),
      ...(unsafeExampleKeys !== undefined && { unsafeExampleKeys }),
    },
    index.size(),
  )
  try {
    return await passReleases(
      {
        index,
        source: { read: store.readRecord, verify: verifier.verify },
        registry: question.registry,
        now: at ?? question.now,
        scope: question.scope,
        holdersOf: holdersIn(trust),
        ...(time !== undefined && { select: time.select, end: time.end }),
        onRelease,
        onProgress: (records) => progress.report(`${records} of ${total}`),
      },
      only,
    )
  } finally {
    progress.end()
    await verifier.close()
  }
}

/** Files that are there were read when the releases were judged, but for those of releases that nobody asked about. */
function withLost(
  checks: readonly Check[],
  lost: readonly Problem[],
  options: { readonly isPartial: boolean },
): readonly Check[] {
  return checks.map((check) => {
    if (check.name !== 'ledger-records') return check
    const problems = [...(check.because ?? []), ...lost]
    const byMessage = new Map(problems.map((problem) => [problem.message, problem]))
    return concludeRecords([...byMessage.values()], options)
  })
}
