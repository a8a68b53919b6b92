// The objects inside a bundle: how what is wrong with any member of them is called.

import type { JsonObject, JsonPlace, PlaceCodes } from '../core/index.ts'
import type { BundleProblem } from './problem.ts'

/** An object of the document. */
export type Place = JsonPlace<BundleProblem>

const CODES: PlaceCodes<BundleProblem['code']> = {
  member: 'bundle/member',
  memberUnknown: 'bundle/member-unknown',
  base64: 'bundle/base64',
  limit: 'bundle/limit',
}

/** An object to be read, with the list that takes its problems: a new one, unless there is one already. */
export function placeOf(
  value: JsonObject,
  { at = '', problems = [] }: Partial<Pick<Place, 'at' | 'problems'>> = {},
): Place {
  return { value, at, problems, codes: CODES }
}
