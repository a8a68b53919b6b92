// The id of a record, computed and never written: records of one id stand for each other, and the last one counts.

import type { Family, RecordHeader } from '../family.ts'
import { phaseInId } from './phase.ts'

/**
 * `<set id>__<phase>__<policy id>`; of a tracking record the set id alone, because phases do not multiply a release.
 *
 * @returns nothing for a family without policies: none of its records stands for another
 */
export function recordIdOf(
  { name, policyKind }: Pick<Family, 'name' | 'policyKind'>,
  { release, policy }: Pick<RecordHeader, 'release' | 'policy'>,
): string | undefined {
  if (release === undefined || policyKind === undefined || policy === undefined) return undefined
  if (name === 'tracking') return release.artifactSetId
  return [release.artifactSetId, phaseInId(release.phase), policy].join('__')
}
