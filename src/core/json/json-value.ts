// What a JSON text means. Objects that the strict reader makes have no prototype, so no name is ever inherited.

/** Any JSON value. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject

/** The members of an object by their names. */
export interface JsonObject {
  readonly [name: string]: JsonValue
}

/** True for `{…}`: not for null, not for an array. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What an object holds; of anything else nothing. */
export function membersOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}
