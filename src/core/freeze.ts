// What is handed out and kept at once must not be changed by whoever holds it.

/**
 * Freezes lists and plain objects with everything in them, and gives the same value back.
 *
 * Bytes, keys and whatever else has a class of its own are left as they are. What it walks was read within limits, also of depth.
 */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) for (const member of value as readonly unknown[]) freezeDeep(member)
  else if (isPlain(value)) for (const name in value) freezeDeep(value[name])
  else return value
  // Last: what is frozen already is walked in twice the time.
  return Object.freeze(value)
}

/** A literal, or an object that the strict reader of JSON has made: what has a class inherits from more than one. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
