// The predicate types of records that no standard has: one for each family, versioned.

import { PREDICATE_TYPES } from '../../statement/index.ts'
import type { RecordFamily } from '../../policy/index.ts'

/** Standard types carry what is ours under names of ours. */
const STANDARD: Partial<Record<RecordFamily, string>> = {
  'test-result': PREDICATE_TYPES['test-result'],
  smoke: PREDICATE_TYPES['test-result'],
}

/** The type of a family's statements. */
export function predicateTypeOf(family: RecordFamily): string {
  return STANDARD[family] ?? `urn:assay:predicate:${family}:v1`
}
