// The pass over all releases of a ledger or pack: each is read, verified, judged, told and forgotten, while the next ones are read.

import { strict as assert } from 'node:assert'
import { accept, type Instant, type Problem } from '../../core/index.ts'
import type { Registry } from '../../policy/index.ts'
import {
  askAboutRelease,
  judgeRelease,
  type LedgerItem,
  type LedgerScope,
  type ReleaseSetting,
  type ReleaseSummary,
  type ReleaseView,
} from '../../record/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import type { EntryIndex } from './entry-index.ts'
import { knownOf, readItems, type RecordSource, type ReleaseItems } from './release-items.ts'

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
  /** From this entry on, what is not selected is as if it were not there. */
  readonly end?: number
  /** Told of every release, in the order of their first entries. */
  readonly onRelease: (view: ReleaseView, found: ReleaseItems) => void
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
/** Commits that are kept: of so many, no record is verified twice. */
const COMMITS_MAX = 1_024

/** @param only of these releases alone */
export async function passReleases(
  question: PassQuestion,
  only?: readonly string[],
): Promise<PassResult> {
  const { index, onRelease, onProgress } = question
  const load = loader(question)
  const commits = rememberLast(COMMITS_MAX, load)
  const { sets, forget } = rememberSets(load)
  const setting = settingOf(question, (about) => (isSet(about) ? sets(about) : commits(about)))
  const joined = new Map<string, string[]>()
  const lost: Problem[] = []
  let done = 0
  const asked = only ?? index.releases()
  for await (const [id, found] of readAhead(asked.filter(isSet), index, sets)) {
    if (only === undefined && isLater(id, found, question)) {
      forget(id)
      continue
    }
    const released = await askAboutRelease(id, knownOf(found), setting)
    assert(released.ok, 'what can not be read is told as lost')
    const view = judgeRelease(released.value)
    setting.summaries.set(id, view.summary)
    forget(id)
    const about = view.commitRecords[0]?.record.about
    if (about?.kind === 'commit') {
      joined.set(about.commit, [...(joined.get(about.commit) ?? []), id])
    }
    lost.push(...found.lost)
    onRelease(view, found)
    done += found.items.length + found.refused.length
    onProgress(done)
  }
  const others: OtherEntries[] = []
  for (const about of asked.filter((one) => !isSet(one))) {
    const found = await commits(about)
    const { items, refused } = knownOf(found)
    // All of them may be of a later time than is asked about.
    if (items.length + refused === 0) continue
    others.push({ about, found, joined: joined.get(about.slice('git:'.length)) ?? [] })
    lost.push(...found.lost)
    done += found.items.length + found.refused.length
    onProgress(done)
  }
  return { others, lost }
}

/** Nothing of it stood there at the time that is judged. */
function isLater(id: string, found: ReleaseItems, { index, end }: PassQuestion): boolean {
  if (end === undefined || found.items.length + found.lost.length > 0) return false
  return index.entriesOf(id).every((entry) => entry.index >= end)
}

function isSet(about: string): boolean {
  return parseArtifactSetId(about).ok
}

function settingOf(
  { registry, now, scope, holdersOf }: PassQuestion,
  load: Load,
): ReleaseSetting & { readonly summaries: Map<string, ReleaseSummary> } {
  const summaries = new Map<string, ReleaseSummary>()
  return {
    ...{ registry, now, scope, holdersOf, summaries },
    load: async (about) => accept(knownOf(await load(about))),
  }
}

type Load = (release: string) => Promise<ReleaseItems>

function loader({
  index,
  source,
  select = (items) => items,
  end = Number.POSITIVE_INFINITY,
}: PassQuestion): Load {
  return async (release) => {
    const entries = index.entriesOf(release)
    const found = await readItems(
      entries.filter((entry) => entry.index < end),
      source,
    )
    const later = entries.filter((entry) => entry.index >= end)
    if (later.length === 0) return { ...found, items: select(found.items) }
    const behind = await readItems(later, source)
    const places = new Set(select(behind.items).map((item) => item.index))
    // Among all that counts a copy meets its record, on whichever side of the end they are.
    const all =
      places.size === 0
        ? found
        : await readItems(
            entries.filter(({ index: at }) => at < end || places.has(at)),
            source,
          )
    return { ...all, items: select(all.items), lost: [...found.lost, ...behind.lost] }
  }
}

/** A release that an earlier one names is kept until its turn comes; from then on its summary tells of it. */
function rememberSets(load: Load): { readonly sets: Load; readonly forget: (id: string) => void } {
  const known = new Map<string, Promise<ReleaseItems>>()
  return {
    sets: (id) => {
      const found = known.get(id) ?? load(id)
      known.set(id, found)
      return found
    },
    forget: (id) => void known.delete(id),
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
