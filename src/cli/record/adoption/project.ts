// The project that would adopt: its policies, its trust, and what its ledger holds about the release.

import { accept, LIMITS, type Result } from '../../../core/index.ts'
import type { Host, LedgerStore } from '../../../host/index.ts'
import type { Registry } from '../../../policy/index.ts'
import {
  type AdoptionCandidate,
  askAboutRelease,
  judgeOne,
  judgeRelease,
  type LedgerItem,
  parseCandidate,
  type ReleaseQuestion,
  type ReleaseView,
  type ViewContext,
  type ViewedRecord,
} from '../../../record/index.ts'
import { atPath } from '../../file-input.ts'
import { readRequest } from '../../ledger/record-request.ts'
import { usage } from '../../usage.ts'
import { type LedgerInput, readLedger, type RecordRequest } from '../ledger-input.ts'
import { DEFAULT_POLICIES, readRegistry } from '../registry-input.ts'
import type { AdoptionFlags } from './adoption-flags.ts'
import { holdersIn } from '../../judging/role-holders.ts'
import type { SourceInput } from './source-input.ts'

/** Where records are adopted. */
export interface Project {
  readonly request: RecordRequest
  /** The policies of now. */
  readonly registry: Registry
  readonly store: LedgerStore
  readonly ledger: LedgerInput
}

/** Reads the project; without policies nothing says what is whole. */
export async function readProject(host: Host, flags: AdoptionFlags): Promise<Result<Project>> {
  const request = await readRequest(host, flags.trust, flags.unsafeExampleKeys)
  if (!request.ok) return request
  const registry = await readRegistry(host, flags.policies)
  if (!registry.ok) return registry
  if (registry.value === undefined) {
    return usage(`Expected --policies DIR, found none and no ${DEFAULT_POLICIES}`)
  }
  const store = await host.openLedger(flags.ledger)
  const ledger = await readLedger(store, request.value)
  if (!ledger.ok) return ledger
  return accept({ request: request.value, registry: registry.value, store, ledger: ledger.value })
}

/** The candidate in a file. */
export async function readCandidate(host: Host, path: string): Promise<Result<AdoptionCandidate>> {
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.writtenBytesMax })
  return bytes.ok ? atPath(parseCandidate(bytes.value), path) : bytes
}

/** The release, as the ledger of the project has it and as it might have it. */
export interface ProjectRelease {
  /** What it has. */
  readonly items: readonly LedgerItem[]
  /** How many entries the ledger has, of whatever release: what comes in stands after them. */
  readonly size: number
  /** The release of the candidate among these items, to which records about its commit may belong. */
  judge(items: readonly LedgerItem[], counting: Counting): ReleaseView
  /** The same, of one of the records alone. */
  judgeOne(
    sha256: string,
    items: readonly LedgerItem[],
    counting: Counting,
  ): ViewedRecord | undefined
  /** What a view in the project is asked with. */
  readonly context: ViewContext
}

/** What counts: all of it in a run, and nothing beside it; in a project what is adopted, and what would be. */
export type Counting = Pick<ReleaseQuestion, 'scope' | 'proposed'>

/** Looks up what the ledger holds about the release, its commit, and the releases that records of the source name. */
export async function readRelease(
  { ledger, request, registry }: Project,
  { release }: Pick<AdoptionCandidate, 'release'>,
  { files }: Pick<SourceInput, 'files'>,
): Promise<Result<ProjectRelease>> {
  const id = release.artifactSetId
  const own = await ledger.known(id)
  if (!own.ok) return own
  const { items, refused } = own.value
  const coming = files.map(({ record }, index) => ({ ...record, index }))
  const { trust, now } = request
  const asked = await askAboutRelease(
    id,
    { items: [...items, ...coming], refused },
    {
      registry,
      now,
      scope: 'project',
      holdersOf: holdersIn(trust),
      load: ledger.known,
    },
  )
  if (!asked.ok) return asked
  const question = asked.value
  const judge: ProjectRelease['judge'] = (among, counting) =>
    judgeRelease(questionAmong(question, among, counting))
  const { evidence } = judge(items, { scope: 'project' }).fold
  return accept({
    ...{ items, size: ledger.size, judge, context: { ...question, evidence } },
    judgeOne: (sha256, among, counting) =>
      judgeOne(sha256, questionAmong(question, among, counting)),
  })
}

/** What the ledger of the project has about the commit counts in the project, and was no part of a run. */
function questionAmong(
  question: ReleaseQuestion,
  among: readonly LedgerItem[],
  counting: Counting,
): ReleaseQuestion {
  const isRun = counting.scope === 'run'
  return {
    ...{ ...question, ...counting },
    ...(isRun && { refused: 0, refusedOfCommit: () => 0 }),
    items: among.filter((item) => commitOf(item) === undefined),
    commitItems: (commit) =>
      [
        ...(isRun ? [] : question.commitItems(commit)),
        ...among.filter((item) => commitOf(item) === commit),
      ].toSorted((a, b) => a.index - b.index),
  }
}

function commitOf(item: LedgerItem): string | undefined {
  return item.kind === 'record' && item.about.kind === 'commit' ? item.about.commit : undefined
}
