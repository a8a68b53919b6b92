// Members of predicates and reports, as far as they are of the type that is looked for: whatever else stands there is as if it were not.

import { isJsonObject, type JsonValue } from '../../../core/index.ts'
import { valueAt } from '../../../policy/index.ts'
import type { Report } from '../../reports/report.ts'

/** An own member of an object. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** A list, where it is one. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : undefined
}

/** A list; none is an empty one. */
export function listIn(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  return listOf(memberOf(value, name)) ?? []
}

/** The texts of a list, where it has nothing else. */
export function textsOf(value: JsonValue | undefined): readonly string[] | undefined {
  const items = listOf(value)
  const texts = items?.filter((item) => typeof item === 'string')
  return texts?.length === items?.length ? texts : undefined
}

/** What a report has at a place. */
export function valueIn({ content }: Report, pointer: string): JsonValue | undefined {
  return isJsonObject(content) ? valueAt(content, pointer) : undefined
}
