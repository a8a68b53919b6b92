// Whether a release may still be used, for whoever adds to it: a release that was withdrawn or superseded can be had records of, and its
// people have to know.

import { type Check, escapeText } from '../../core/index.ts'
import { judgeUse, type ReleaseFold } from '../../record/index.ts'

/** Why the release may not be used any more, where somebody said so. */
export function findUse({ evidence }: Pick<ReleaseFold, 'evidence'>): Check | undefined {
  const { check } = judgeUse(evidence)
  return check.outcome === 'accepted' ? undefined : check
}

/** The same in words. */
export function describeUse(use: Check | undefined): readonly string[] {
  return use === undefined ? [] : [`${use.message}: ${escapeText(use.found ?? '')}`]
}
