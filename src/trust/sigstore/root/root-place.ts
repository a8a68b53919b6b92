// The objects inside a trusted root, and in a registry's keys: how what is wrong with any member of them is called.

import type { JsonObject, JsonPlace, PlaceCodes } from '../../../core/index.ts'
import type { TrustProblem } from '../../problem.ts'

/** An object of the document. */
export type RootPlace = JsonPlace<TrustProblem>

const CODES: PlaceCodes<TrustProblem['code']> = {
  member: 'trust/root-member',
  memberUnknown: 'trust/root-member-unknown',
  base64: 'trust/root-member',
  limit: 'trust/root-member',
}

/** The whole document, of which nothing was read yet. */
export function rootPlaceOf(value: JsonObject): RootPlace {
  return { value, at: '', problems: [], codes: CODES }
}
