// What a family says of members that somebody wrote: how the tests of every family ask.

import type { JsonObject } from '../../src/core/index.ts'
import { buildRecord, type Family, type HeaderParts } from '../../src/record/index.ts'
import { RELEASE, REPORTED_AT, SET } from './signed.ts'

/** `accepted`, or each problem as its code and where it stands. */
export function readMembers(
  family: Family,
  members: object,
  { policy, release = RELEASE }: HeaderParts = {},
): readonly string[] | 'accepted' {
  const header = {
    release,
    reportedAt: REPORTED_AT,
    ...(policy !== undefined && { policy }),
  }
  const built = buildRecord(family, { about: SET, header, members: members as JsonObject })
  if (built.ok) return 'accepted'
  return built.problems.map(({ code, at }) => (at === undefined ? code : `${code} ${at}`))
}

/** For each member of the example: what is said when it is left out. */
export function readWithout(family: Family, members: object, header: HeaderParts = {}) {
  return Object.fromEntries(
    Object.keys(members).map((name) => {
      const { [name as keyof typeof members]: _, ...rest } = members
      return [name, readMembers(family, rest, header)]
    }),
  )
}
