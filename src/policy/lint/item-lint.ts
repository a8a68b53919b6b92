// What lists of test results have in them: names of tests are texts, documents are objects, and neither is the other.

import { quote } from '../../core/index.ts'
import type { EvidenceFamily } from '../evidence.ts'
import type { MemberCondition } from '../requirement/condition.ts'
import type { Selection } from '../requirement/selection.ts'
import type { Lint } from './lint.ts'
import { never } from './selection-lint.ts'

const FAMILIES: readonly (EvidenceFamily | undefined)[] = ['test-result', 'smoke']

/** Of what kind the items are, in words. */
const ITEMS: Readonly<Record<string, 'objects' | 'texts'>> = {
  '/predicate/configuration': 'objects',
  '/predicate/passedTests': 'texts',
  '/predicate/warnedTests': 'texts',
  '/predicate/failedTests': 'texts',
}

/** A list that is asked for what it never has. */
export function lintItems(
  condition: MemberCondition,
  { family }: Selection,
  at: Lint['at'],
): readonly Lint[] {
  const items = FAMILIES.includes(family) ? ITEMS[condition.at] : undefined
  if (items === undefined || !('includes' in condition)) return []
  const { includes } = condition
  const isFit = items === 'objects' ? typeof includes === 'object' : typeof includes === 'string'
  if (isFit) return []
  return [never([...at, 'includes'], `${quote(condition.at)} is a list of ${items}`)]
}
