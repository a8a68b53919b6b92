// A release asked about among what else a ledger holds: the commits that it may be of, and the releases that its records name.

import { accept, type JsonValue, type Result } from '../../core/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import type { ReleaseSummary } from './evidence.ts'
import type { LedgerItem } from './fold.ts'
import { type ReleaseQuestion, summarize } from './judge-release.ts'

/** What a ledger holds about one artifact set, or one commit. */
export interface KnownItems {
  /** What is accepted, in ledger order. */
  readonly items: readonly LedgerItem[]
  /** How many records are not accepted, or not there. */
  readonly refused: number
}

/** Under what is judged, and where everything is looked up. */
export interface ReleaseSetting
  extends Pick<ReleaseQuestion, 'registry' | 'now' | 'scope' | 'holdersOf'> {
  /** Looks up an artifact set id, or `git:<commit>`; of what the ledger does not know, nothing. */
  readonly load: (about: string) => Promise<Result<KnownItems>>
  /** Summaries that are known already; those that are made are added. */
  readonly summaries?: Map<string, ReleaseSummary>
}

/**
 * Everything that `judgeRelease` has to know of a release.
 *
 * @param own what there is of it; it need not be in the ledger yet
 */
export async function askAboutRelease(
  id: string,
  own: KnownItems,
  setting: ReleaseSetting,
): Promise<Result<ReleaseQuestion>> {
  const { load, summaries = new Map<string, ReleaseSummary>() } = setting
  const question = await joinCommits(id, own, setting)
  if (!question.ok) return question
  for (const other of namedReleases(id, own.items)) {
    if (summaries.has(other)) continue
    const theirs = await load(other)
    if (!theirs.ok) return theirs
    if (theirs.value.items.length + theirs.value.refused === 0) continue
    const asked = await joinCommits(other, theirs.value, setting)
    if (!asked.ok) return asked
    summaries.set(other, summarize(asked.value))
  }
  return accept({ ...question.value, releaseOf: (other) => summaries.get(other) })
}

/** The question without other releases. */
async function joinCommits(
  id: string,
  { items, refused }: KnownItems,
  { load, registry, now, scope, holdersOf }: ReleaseSetting,
): Promise<Result<ReleaseQuestion>> {
  const found = new Map<string, KnownItems>()
  for (const commit of namedCommits(items)) {
    const about = await load(`git:${commit}`)
    if (!about.ok) return about
    found.set(commit, about.value)
  }
  const commitItems = (commit: string) => found.get(commit)?.items ?? []
  const refusedOfCommit = (commit: string) => found.get(commit)?.refused ?? 0
  const asked = { registry, now, scope, holdersOf, releaseOf: () => undefined }
  return accept({ ...asked, id, items, refused, commitItems, refusedOfCommit })
}

/** Every other artifact set that the members of these records name. */
export function namedReleases(id: string, items: readonly LedgerItem[]): readonly string[] {
  const named = items.flatMap((item) =>
    item.kind === 'record' ? [...namesSets(item.members as JsonValue)] : [],
  )
  return [...new Set(named)].filter((name) => name !== id)
}

/** Every commit that records or provenance say it was built from. */
function namedCommits(items: readonly LedgerItem[]): readonly string[] {
  const named = items.flatMap((item) =>
    item.kind === 'record'
      ? (item.release?.sourceRevision ?? [])
      : (item.provenance?.source?.commit ?? []),
  )
  return [...new Set(named)]
}

function* namesSets(value: JsonValue | undefined): Generator<string, undefined> {
  if (typeof value === 'string') {
    if (value.includes('__') && parseArtifactSetId(value).ok) yield value
  } else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) yield* namesSets(member)
  }
}
