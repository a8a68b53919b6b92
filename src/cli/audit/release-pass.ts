// The pass over all releases of a ledger or pack: each is read, verified, judged, reported and forgotten, while the next ones are read.

import type { Instant, Problem } from '../../core/index.ts'
import type { Registry } from '../../policy/index.ts'
import {
  type LedgerItem,
  type LedgerScope,
  type ReleaseSummary,
  summarize,
} from '../../record/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import type { EntryIndex } from './entry-index.ts'
import { readItems, type RecordSource, type ReleaseItems } from './release-items.ts'
import { namedCommits, namedReleases } from './release-references.ts'
import { auditRelease, type ReleaseReport } from './release-report.ts'

/** Under what everything is judged. */
export interface PassQuestion {
  readonly index: EntryIndex
  readonly source: RecordSource
  readonly registry: Registry | undefined
  readonly now: Instant
  readonly scope: LedgerScope
  readonly holdersOf: (roles: readonly string[]) => ReadonlySet<string>
  /** Leaves out what is not judged, such as records of a later time. */
  readonly select?: (items: readonly LedgerItem[]) => readonly LedgerItem[]
  /** Told of every release, in the order of their first entries. */
  readonly onRelease: (report: ReleaseReport, found: ReleaseItems) => void
  readonly onProgress: (records: number) => void
}

/** What stands in no release. */
export interface OtherEntries {
  /** `git:<commit>`, or `ledger`. */
  readonly about: string
  readonly found: ReleaseItems
  /** Releases that the records about the commit count for. */
  readonly joined: readonly string[]
}

/** What the pass leaves behind. */
export interface PassResult {
  readonly others: readonly OtherEntries[]
  /** Records that are not there, or other files in their places. */
  readonly lost: readonly Problem[]
}

/** Records that are read ahead, so that every thread has work. */
const AHEAD_MAX = 512
/** Commits that are kept, for the releases of one commit mostly stand together. */
const COMMITS_MAX = 16

/** @param only of these releases alone */
export async function passReleases(
  question: PassQuestion,
  only?: readonly string[],
): Promise<PassResult> {
  const { index, onRelease, onProgress } = question
  const load = loader(question)
  const commits = rememberLast(COMMITS_MAX, (commit) => load(`git:${commit}`))
  const summaries = new Map<string, ReleaseSummary>()
  const joined = new Map<string, string[]>()
  const lost: Problem[] = []
  let done = 0
  const sets = (only ?? index.releases()).filter((release) => parseArtifactSetId(release).ok)
  for await (const [id, found] of readAhead(sets, index, load)) {
    const commitItems = await loadCommits(found.items, commits)
    const base = contextOf(question, commitItems)
    for (const other of namedReleases(id, found.items)) {
      if (summaries.has(other) || index.entriesOf(other).length === 0) continue
      const { items } = await load(other)
      const theirs = contextOf(question, await loadCommits(items, commits))
      const asked = { ...theirs, id: other, items, releaseOf: () => undefined }
      summaries.set(other, summarize(asked))
    }
    const releaseOf = (other: string) => summaries.get(other)
    const judged = auditRelease({ ...base, id, items: found.items, releaseOf }, found)
    summaries.set(id, judged.summary)
    const { commit } = judged.report
    if (commit !== undefined) joined.set(commit, [...(joined.get(commit) ?? []), id])
    lost.push(...found.lost)
    onRelease(judged.report, found)
    done += found.items.length + found.refused.length
    onProgress(done)
  }
  const others: OtherEntries[] = []
  const rest = only === undefined ? index.releases() : []
  for (const about of rest.filter((release) => !parseArtifactSetId(release).ok)) {
    const found = await load(about)
    others.push({ about, found, joined: joined.get(about.slice('git:'.length)) ?? [] })
    lost.push(...found.lost)
    done += found.items.length + found.refused.length
    onProgress(done)
  }
  return { others, lost }
}

type Load = (release: string) => Promise<ReleaseItems>

function loader({ index, source, select = (items) => items }: PassQuestion): Load {
  return async (release) => {
    const found = await readItems(index.entriesOf(release), source)
    return { ...found, items: select(found.items) }
  }
}

/** Begins to read releases before those in front of them are judged. */
async function* readAhead(
  releases: readonly string[],
  index: EntryIndex,
  load: Load,
): AsyncGenerator<readonly [string, ReleaseItems], undefined> {
  const underway: { readonly id: string; readonly found: Promise<ReleaseItems>; count: number }[] =
    []
  let ahead = 0
  let next = 0
  try {
    while (next < releases.length || underway.length > 0) {
      while (next < releases.length && (ahead < AHEAD_MAX || underway.length === 0)) {
        const id = releases[next++] ?? ''
        const count = index.entriesOf(id).length
        const found = load(id)
        // Whoever waits for it hears of a failure.
        found.catch(() => undefined)
        underway.push({ id, found, count })
        ahead += count
      }
      const first = underway.shift()
      if (first === undefined) return
      const found = await first.found
      ahead -= first.count
      yield [first.id, found]
    }
  } finally {
    await Promise.allSettled(underway.map(({ found }) => found))
  }
}

async function loadCommits(
  items: readonly LedgerItem[],
  load: (commit: string) => Promise<ReleaseItems>,
): Promise<(commit: string) => readonly LedgerItem[]> {
  const found = new Map<string, readonly LedgerItem[]>()
  for (const commit of namedCommits(items)) found.set(commit, (await load(commit)).items)
  return (commit) => found.get(commit) ?? []
}

function contextOf(
  { registry, now, scope, holdersOf }: PassQuestion,
  commitItems: (commit: string) => readonly LedgerItem[],
) {
  return { registry, now, scope, holdersOf, commitItems }
}

/** Remembers the last few answers. */
function rememberLast<T>(
  count: number,
  ask: (name: string) => Promise<T>,
): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (name) => {
    const answer = known.get(name) ?? ask(name)
    known.delete(name)
    known.set(name, answer)
    const [oldest] = known.keys()
    if (known.size > count && oldest !== undefined) known.delete(oldest)
    return answer
  }
}
