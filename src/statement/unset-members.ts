// Members that say nothing: protobuf's JSON has null for what is not set, and PROV-4 takes the empty for it as well.

import { isJsonObject, type JsonObject, type JsonValue } from '../core/index.ts'

/** The object without the members that are null: protobuf's JSON has null for what is not set. */
export function dropNull(value: JsonObject): JsonObject {
  return pruneObject(value, (member) => member === null)
}

/** PROV-4: the object without its null and empty members, which say nothing, all the way down. */
export function dropEmpty(value: JsonObject): JsonObject {
  return pruneObject(value, isEmpty)
}

function isEmpty(value: JsonValue): boolean {
  if (value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** What has nothing to drop is given back as it is: that is so for nearly everything that is verified. */
function pruneObject(value: JsonObject, isUnset: (member: JsonValue) => boolean): JsonObject {
  let kept: Record<string, JsonValue> | undefined
  for (const name in value) {
    const member = value[name] as JsonValue
    const pruned = pruneValue(member, isUnset)
    const isGone = isUnset(pruned)
    if (pruned === member && !isGone) continue
    kept ??= Object.assign(Object.create(null) as Record<string, JsonValue>, value)
    if (isGone) delete kept[name]
    else kept[name] = pruned
  }
  return kept ?? value
}

function pruneValue(value: JsonValue, isUnset: (member: JsonValue) => boolean): JsonValue {
  if (isJsonObject(value)) return pruneObject(value, isUnset)
  if (!Array.isArray(value)) return value
  const list: readonly JsonValue[] = value
  const pruned = list.map((member) => pruneValue(member, isUnset))
  return pruned.every((member, index) => member === list[index]) ? list : pruned
}
