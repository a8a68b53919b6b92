// The JSON Schema of the predicate of a family of records: its own members, and the header that all records share.

import { strict as assert } from 'node:assert'
import * as z from 'zod/mini'
import type { Family, RecordHeader } from '../family.ts'
import { POLICY_ID, TIME } from '../statement/member-schema.ts'
import { headerNameOf } from '../statement/predicate.ts'
import { RELEASE_REFERENCE } from '../statement/release-reference.ts'

/** The whole predicate, as it is published and as it is put into a pack. */
export function recordSchema(family: Family): object {
  const members = z.toJSONSchema(family.members, { io: 'input' })
  const { properties, required = [] } = members
  assert(properties, 'the members of a family are an object')
  const named = headerOf(family).map(
    ([name, schema, isRequired]) => [headerNameOf(family, name), schema, isRequired] as const,
  )
  const header: Readonly<Record<string, object>> = Object.fromEntries(
    named.map(([name, schema]) => [name, schema]),
  )
  return {
    ...members,
    properties: { ...header, ...properties },
    required: [...named.flatMap(([name, , isRequired]) => (isRequired ? [name] : [])), ...required],
    title: family.predicateType,
  }
}

/** A release is named by every record about a set, and a policy by every record of a family that has policies. */
function headerOf({
  about,
  policyKind,
}: Family): readonly (readonly [keyof RecordHeader, object, boolean])[] {
  const id = partOf(POLICY_ID)
  const isOfSets = about.every((kind) => kind === 'set')
  return [
    ['release', partOf(RELEASE_REFERENCE), isOfSets],
    ['evidence', id, false],
    ...(policyKind === undefined ? [] : [['policy', id, true] as const]),
    ['reportedAt', partOf(TIME), true],
  ]
}

/** A schema inside another one says nothing of the dialect. */
function partOf(schema: z.ZodMiniType): object {
  const { $schema: _, ...part } = z.toJSONSchema(schema, { io: 'input' })
  return part
}
