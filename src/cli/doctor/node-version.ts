// Is this Node one that Assay is tested on? The same versions as `engines` of the package.

import type { Check } from '../../core/index.ts'

/** The oldest version of each supported line; lines above the last one are taken as they come. */
const OLDEST: ReadonlyMap<number, readonly [minor: number, patch: number]> = new Map([
  [22, [22, 2]],
  [24, [15, 0]],
])
const LAST_LINE = 26

/** @param found as `process.version` spells it, for example `v24.21.0` */
export function checkNode(found: string): Check {
  const [major = 0, minor = 0, patch = 0] = found.replace(/^v/, '').split('.').map(Number)
  const [oldestMinor, oldestPatch] = OLDEST.get(major) ?? [Number.POSITIVE_INFINITY, 0]
  const isInLine = minor > oldestMinor || (minor === oldestMinor && patch >= oldestPatch)
  if (major >= LAST_LINE || isInLine) {
    return { name: 'node', outcome: 'accepted', message: `Node ${found}` }
  }
  return {
    name: 'node',
    outcome: 'rejected',
    code: 'cli/node-version',
    message: 'This Node is not one that Assay is tested on',
    expected: '22.22.2 or a later 22, 24.15 or a later 24, or 26 and above',
    found,
  }
}
