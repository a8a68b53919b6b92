// What the records of a release lead to besides: other releases that they name, and the commits that it may be of.

import type { JsonValue } from '../../core/index.ts'
import type { LedgerItem } from '../../record/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'

/** Every other artifact set that the members name. */
export function namedReleases(id: string, items: readonly LedgerItem[]): readonly string[] {
  const named = items.flatMap((item) =>
    item.kind === 'record' ? [...namesSets(item.members as JsonValue)] : [],
  )
  return [...new Set(named)].filter((name) => name !== id)
}

/** Every commit that records or provenance say it was built from. */
export function namedCommits(items: readonly LedgerItem[]): readonly string[] {
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
