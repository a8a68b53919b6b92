// What a record names by digest, and whether the ledger has it for this release.

import { type Check, countOf } from '../../core/index.ts'
import { bundlesOf, type Unrepeated } from '../release/repeats.ts'
import { failed, passed } from '../view.ts'

/**
 * Accepted where each of the named files is among those that were found; none is named, none is missing.
 *
 * @param what one of them is called
 */
export function checkReferences(
  name: string,
  named: readonly string[],
  found: readonly Unrepeated[],
  what = 'file',
): Check {
  const missing = missingReferences(named, found)
  if (missing.length === 0) {
    return passed(name, `${countOf(named.length, what)} named by digest, and there`)
  }
  const message = `Not in the ledger, or not of this release: ${countOf(missing.length, what)} that the record names`
  return failed(name, 'missing', 'record/reference-missing', message, {
    expected: missing.map((sha256) => `sha256:${sha256}`).join(', '),
    found: 'none of them',
  })
}

/** Those that are named and were not found. */
export function missingReferences(
  named: readonly string[],
  found: readonly Unrepeated[],
): readonly string[] {
  const there = new Set(found.flatMap(bundlesOf))
  return named.filter((sha256) => !there.has(sha256))
}
