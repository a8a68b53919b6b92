// The whole of our globs: `*` stands for any characters, also none; everything else stands for itself, and case counts.

/** In time of the lengths of both, multiplied at worst. */
export function matchesGlob(text: string, pattern: string): boolean {
  const [first, ...others] = pattern.split('*') as [string, ...string[]]
  const last = others.pop()
  if (last === undefined) return text === pattern
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of others) {
    const found = text.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
