// A JSON Schema for the predicate of each family of records: its own members, and the header that all records share.

import { strict as assert } from 'node:assert'
import * as z from 'zod'
import {
  FAMILIES,
  type Family,
  headerNameOf,
  type RecordHeader,
  RELEASE_REFERENCE,
} from '../../src/record/index.ts'
import { POLICY_ID, TIME } from '../../src/record/statement/member-schema.ts'

/** The schemas by their names, `record-<family>`. */
export const RECORD_SCHEMAS: Readonly<Record<string, object>> = Object.fromEntries(
  FAMILIES.map((family) => [`record-${family.name}`, schemaOf(family)]),
)

function schemaOf(family: Family): object {
  const members = z.toJSONSchema(family.members, { io: 'input' })
  const { properties, required = [] } = members
  assert(properties, 'the members of a family are an object')
  const named = headerOf(family).map(
    ([name, schema, isRequired]) => [headerNameOf(family, name), schema, isRequired] as const,
  )
  return {
    ...members,
    properties: { ...Object.fromEntries(named), ...properties },
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
    ...(about.includes('set') ? [['release', partOf(RELEASE_REFERENCE), isOfSets] as const] : []),
    ['evidence', id, false],
    ...(policyKind === undefined ? [] : [['policy', id, true] as const]),
    ['reportedAt', partOf(TIME), true],
  ]
}

/** A schema inside another one says nothing of the dialect. */
function partOf(schema: z.core.$ZodType): object {
  const { $schema: _, ...part } = z.toJSONSchema(schema, { io: 'input' })
  return part
}
