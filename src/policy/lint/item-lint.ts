// What known lists have in them: names of tests are texts, documents are objects, claims are some words, and none of them is a list.

import { quote } from '../../core/index.ts'
import { EVIDENCE_FAMILIES, type EvidenceFamily } from '../evidence.ts'
import { predicateTypeOf } from '../predicate-type.ts'
import type { MemberCondition } from '../requirement/condition.ts'
import type { Selection } from '../requirement/selection.ts'
import { IDENTITY_CLAIMS } from '../vocabulary.ts'
import type { Lint } from './lint.ts'
import { never } from './selection-lint.ts'

interface KnownList {
  /** Families whose evidence has it there. */
  readonly families: readonly EvidenceFamily[]
  /** In words. */
  readonly items: string
  readonly isItem: (item: unknown) => boolean
}

const TESTED = ['test-result', 'smoke'] as const satisfies readonly EvidenceFamily[]

const DOCUMENTS: KnownList = {
  families: TESTED,
  items: 'objects',
  isItem: (item) => typeof item === 'object',
}

const TESTS: KnownList = {
  families: TESTED,
  items: 'texts',
  isItem: (item) => typeof item === 'string',
}

const CLAIMS: KnownList = {
  families: ['provenance'],
  items: `claims, which are ${IDENTITY_CLAIMS.join(', ')}`,
  isItem: (item) => IDENTITY_CLAIMS.some((claim) => claim === item),
}

const LISTS: Readonly<Record<string, KnownList>> = {
  '/predicate/configuration': DOCUMENTS,
  '/predicate/passedTests': TESTS,
  '/predicate/warnedTests': TESTS,
  '/predicate/failedTests': TESTS,
  '/computed/facts/claims': CLAIMS,
}

/** A list that is asked for what it never has, or to be what no list is. */
export function lintItems(
  condition: MemberCondition,
  select: Selection,
  at: Lint['at'],
): readonly Lint[] {
  const list = LISTS[condition.at]
  if (list === undefined || !isOf(list, select)) return []
  if ('present' in condition || 'absent' in condition) return []
  if ('includes' in condition && list.isItem(condition.includes)) return []
  const place = 'includes' in condition ? [...at, 'includes'] : at
  return [never(place, `${quote(condition.at)} is a list of ${list.items}`)]
}

/** True where every family that is selected has the list. */
function isOf({ families }: KnownList, { family, predicateType }: Selection): boolean {
  const selected = EVIDENCE_FAMILIES.filter((one) =>
    family === undefined ? predicateTypeOf(one) === predicateType : one === family,
  )
  return selected.length > 0 && selected.every((one) => families.includes(one))
}
