// The types of what is drafted: statements that say what somebody would have signed, and that somebody is asked to look at it.

/** A draft, and the request that somebody reviews one. */
export const DRAFT_TYPES = {
  draft: 'urn:assay:predicate:draft:v1',
  reviewRequest: 'urn:assay:predicate:review-request:v1',
} as const

/** Whether a statement of this type is one of drafting, and so no record and no evidence. PM-1: as a whole string. */
export function isDraftType(predicateType: string): boolean {
  return Object.values<string>(DRAFT_TYPES).includes(predicateType)
}
