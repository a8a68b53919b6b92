// One release version has one artifact set within its channel and target, for ever.

import { quote } from '../core/index.ts'
import { parseArtifactSetId } from '../statement/index.ts'
import type { LedgerEntry } from './entry.ts'
import type { LedgerProblem } from './problem.ts'

/**
 * The set that each release version of a ledger has.
 *
 * @example new Map([['staging__web__v1.2.0', 'staging__web__v1.2.0__4711-1']])
 */
export type ReleaseSets = ReadonlyMap<string, string>

/** Channel, target and version of the entry's set, as its name begins; undefined for an entry that is about no set. */
export function releaseVersionOf({ release }: LedgerEntry): string | undefined {
  return parseArtifactSetId(release).ok ? release.slice(0, release.lastIndexOf('__')) : undefined
}

/** Notes the set of an entry, or refuses it where its version has another one. */
export function claimRelease(
  sets: Map<string, string>,
  entry: LedgerEntry,
): LedgerProblem | undefined {
  const conflict = findReleaseConflict(sets, entry)
  const version = releaseVersionOf(entry)
  if (conflict === undefined && version !== undefined) sets.set(version, entry.release)
  return conflict
}

/** `ledger/release-conflict` where the version of the entry has another set already. */
export function findReleaseConflict(
  sets: ReleaseSets,
  entry: LedgerEntry,
): LedgerProblem | undefined {
  const version = releaseVersionOf(entry)
  const set = version === undefined ? undefined : sets.get(version)
  if (set === undefined || set === entry.release) return undefined
  return {
    code: 'ledger/release-conflict',
    message: `Cannot give a second artifact set to one version: it has ${quote(set)}, found ${quote(entry.release)}`,
    hint: 'A hotfix is a version of its own',
  }
}
