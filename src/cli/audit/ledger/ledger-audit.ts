// A ledger in a folder, audited: its tree and heads, every record, every release.

import {
  accept,
  type Check,
  countOf,
  encodeBase64,
  groupChecks,
  type Instant,
  type JsonObject,
  type Problem,
  quote,
  type Result,
} from '../../../core/index.ts'
import type { Host, LedgerFiles, LedgerStore } from '../../../host/index.ts'
import type { HeadExpectation, HeadFinding, TreeHead } from '../../../ledger/index.ts'
import type { Registry } from '../../../policy/index.ts'
import type { LedgerScope } from '../../../record/index.ts'
import { encodeTrust, principalsWith, type TrustDocument } from '../../../trust/index.ts'
import type { Format } from '../../flags.ts'
import { checkContents, checkHeads, concludeRecords } from '../../ledger/verification.ts'
import { selectByHead, selectByWitness, type TimeSelection } from './audit-time.ts'
import { createEntryIndex, type EntryIndex } from '../entry-index.ts'
import { type OtherEntries, passReleases } from '../release-pass.ts'
import { checkSignatures } from '../release-report.ts'
import { collectReports, type ReportCollection } from '../report-collection.ts'

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
  readonly format: Format
}

/** What an audit found. */
export interface LedgerAudit {
  readonly verdict: Check
  readonly head?: TreeHead
  readonly reports: ReportCollection
  readonly others: readonly JsonObject[]
}

/** Audits the ledger as it is now; what others append meanwhile is not looked at. */
export async function auditLedger(
  host: Host,
  question: LedgerQuestion,
): Promise<Result<LedgerAudit>> {
  const { store, expectation, older, age } = question
  host.keepHeapSmall()
  const records = await store.listRecords()
  const state = await store.readFiles()
  if (!state.ok) return state
  const time = selectTime(question, state.value)
  const index = createEntryIndex()
  const contents = await checkContents(host, {
    store,
    state: state.value,
    records,
    judgeEntry: async (entry, place) => {
      if (place < (time?.end ?? place + 1)) index.add(entry, place)
      return accept(undefined)
    },
  })
  const reports = collectReports(question.format, host)
  const { others, lost } = await judgeReleases(host, { ...question, index, time, reports })
  const heads =
    expectation === undefined
      ? missingHead(question)
      : await checkHeads(state.value, {
          expectation,
          ...(older !== undefined && { older }),
          ...(age !== undefined && { age }),
        })
  const verdict = groupChecks('audit', `The ledger ${quote(store.path)}`, [
    ...withLost(contents.checks, lost),
    ...heads,
    ...(time === undefined ? [] : [time.check()]),
    reports.check(),
    ...others.map(checkOther),
  ])
  return accept({
    verdict,
    ...(contents.head !== undefined && { head: contents.head }),
    reports,
    others: others.map(documentOfOther),
  })
}

function selectTime(
  { at, older }: LedgerQuestion,
  { size }: LedgerFiles,
): TimeSelection | undefined {
  if (at === undefined) return undefined
  return older?.head === undefined ? selectByWitness(at) : selectByHead(at, older.head, size)
}

interface ReleasesQuestion extends LedgerQuestion {
  readonly index: EntryIndex
  readonly time: TimeSelection | undefined
  readonly reports: ReportCollection
}

async function judgeReleases(host: Host, question: ReleasesQuestion) {
  const { store, trust, at, unsafeExampleKeys, index, time, reports, only } = question
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
        holdersOf: (roles) => principalsWith(trust, roles),
        ...(time !== undefined && { select: time.select }),
        onRelease: (report) => reports.add(report),
        onProgress: (records) => progress.report(`${records} of ${total}`),
      },
      only,
    )
  } finally {
    progress.end()
    await verifier.close()
  }
}

/** The files were read when the releases were judged. */
function withLost(checks: readonly Check[], lost: readonly Problem[]): readonly Check[] {
  if (lost.length === 0) return checks
  return checks.map((check) =>
    check.name === 'ledger-records' ? concludeRecords([...lost, ...(check.because ?? [])]) : check,
  )
}

/** A-78: by itself a ledger can not show that nothing was dropped from it. */
function missingHead({ isUnsigned }: LedgerQuestion): readonly Check[] {
  if (isUnsigned) return []
  return [
    {
      name: 'ledger-head',
      outcome: 'missing',
      code: 'cli/ledger-head-missing',
      message: 'No signed head was judged: entries may have been dropped from the end unseen',
      expected: 'the key of the ledger',
      found: 'none',
      hint: 'Give it with --log-key, and a head that was kept with --head; or say --unsafe-unsigned',
    },
  ]
}

function checkOther({ about, found, joined }: OtherEntries): Check {
  const check = checkSignatures(found)
  const where =
    joined.length === 0 ? 'they count for no release' : `they count for ${joined.join(', ')}`
  return {
    ...check,
    name: 'other-records',
    message: `${about}: ${check.message}${about.startsWith('git:') ? `; ${where}` : ''}`,
  }
}

function documentOfOther({ about, found, joined }: OtherEntries): JsonObject {
  return {
    about,
    releases: [...joined],
    refused: found.refused.length + found.lost.length,
    records: found.items.map((item) => ({
      index: item.index,
      sha256: item.sha256,
      family: item.kind === 'record' ? item.family : item.name,
      signer: item.signer.principal,
      origin: item.origin,
    })),
  }
}

/** The head as a document has it. */
export function documentOfHead(head: TreeHead | undefined) {
  return head === undefined ? {} : { size: head.size, root: encodeBase64(head.root) }
}
