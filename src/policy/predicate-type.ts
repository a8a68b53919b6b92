// The predicate type of each family of evidence: of records that no standard has, one for each family, versioned.

import { PREDICATE_TYPES } from '../statement/index.ts'
import type { EvidenceFamily } from './evidence.ts'

/** Standard types carry what is ours under names of ours. Of a material, it is the type that is made today. */
const STANDARD: Partial<Record<EvidenceFamily, string>> = {
  'test-result': PREDICATE_TYPES['test-result'],
  smoke: PREDICATE_TYPES['test-result'],
  provenance: PREDICATE_TYPES.provenance,
  sbom: PREDICATE_TYPES.cyclonedx,
  summary: PREDICATE_TYPES.vsa,
}

/** The type of a family's statements. */
export function predicateTypeOf(family: EvidenceFamily): string {
  return STANDARD[family] ?? `urn:assay:predicate:${family}:v1`
}

/** True for a family whose type is its own: one of a standard is verified without a ledger as well. */
export function hasOwnType(family: EvidenceFamily): boolean {
  return STANDARD[family] === undefined
}
