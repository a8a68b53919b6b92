// What is asked of the same evidence again and again is computed once: each view asks on its own, and there may be many.

/** Remembers what was computed for a subject and a key, as long as the subject is there. */
export function onceFor<S extends object, T>(
  compute: (subject: S, key: string) => T,
): (subject: S, key?: string) => T {
  const known = new WeakMap<S, Map<string, { readonly value: T }>>()
  return (subject, key = '') => {
    const ofSubject = known.get(subject) ?? new Map<string, { readonly value: T }>()
    const found = ofSubject.get(key)
    if (found !== undefined) return found.value
    if (ofSubject.size === 0) known.set(subject, ofSubject)
    const value = compute(subject, key)
    ofSubject.set(key, { value })
    return value
  }
}
