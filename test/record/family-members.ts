// What holds for the members of every family alike.

import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/core/index.ts'
import { buildRecord, type Family, type HeaderParts } from '../../src/record/index.ts'
import { readRecordPredicate } from '../../src/record/statement/predicate.ts'
import { REPORTED_AT, SET } from './signed.ts'

/** A record that is accepted, and how each of its members can be wrong. */
export interface MembersCase {
  readonly family: Family
  readonly header: HeaderParts
  readonly members: JsonObject
  readonly optional?: readonly string[]
  readonly wrong: readonly (readonly [member: string, value: JsonValue])[]
}

const timed = (header: HeaderParts) => ({ ...header, reportedAt: REPORTED_AT })

function codesOf({ family, header }: MembersCase, members: JsonObject): readonly string[] {
  const built = buildRecord(family, { about: SET, header: timed(header), members })
  return built.ok ? [] : built.problems.map(({ code }) => code)
}

/** Tests the schema of a family against a record that it accepts. */
export function describeMembers(given: MembersCase): void {
  const { family, header, members, optional = [], wrong } = given
  describe(`The members of the family ${family.name}`, () => {
    it('are read as they were built', () => {
      const built = buildRecord(family, { about: SET, header: timed(header), members })
      if (!built.ok) throw new Error(JSON.stringify(built.problems))
      const read = readRecordPredicate(family, built.value.predicate)
      expect(read).toMatchObject({ ok: true, value: { header: timed(header), members } })
    })

    it.each(Object.keys(members))('are refused without %s, unless it is optional', (name) => {
      const { [name]: _, ...rest } = members
      expect(codesOf(given, rest)).toEqual(optional.includes(name) ? [] : ['record/member'])
    })

    it.each(wrong)('are refused with another form of %s: %j', (name, value) => {
      expect(codesOf(given, { ...members, [name]: value })).toContain('record/member')
      expect(codesOf(given, members)).toEqual([])
    })

    it('are refused with one that is unknown, or a judgement', () => {
      expect(codesOf(given, { ...members, more: 1 })).toEqual(['record/member'])
      expect(codesOf(given, { ...members, status: 'verified' })).toEqual(['record/judgement'])
    })

    it('are under a policy', () => {
      const { policy: _, ...without } = header
      const expected = family.policyKind === undefined ? [] : ['record/member']
      expect(codesOf({ ...given, header: without }, members)).toEqual(expected)
    })
  })
}
