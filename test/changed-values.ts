// A document changed in every place, for tests that two readings of it agree.

import type { JsonObject, JsonValue } from '../src/core/index.ts'

/** The value with something odd, or nothing, or something more, in place of each of its parts. */
export function* eachChange(value: JsonValue, odd: readonly JsonValue[]): Generator<JsonValue> {
  yield* odd
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    const list: readonly JsonValue[] = value
    for (const [index, member] of list.entries()) {
      for (const changed of eachChange(member, odd)) yield list.with(index, changed)
    }
    return
  }
  const object = value as JsonObject
  for (const more of odd) yield { ...object, more }
  for (const [name, member] of Object.entries(object)) {
    const { [name]: _, ...others } = object
    yield others
    for (const changed of eachChange(member, odd)) yield { ...object, [name]: changed }
  }
}
