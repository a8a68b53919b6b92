// The parts of what is said of a record: a label, and the words to it.

/** `label: words`, where there are words. */
export function part(label: string, words: string | undefined): string | undefined {
  return words === undefined ? undefined : `${label}: ${words}`
}

/** The same of a list, where it has anything. */
export function partOf(label: string, words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : `${label}: ${words.join(', ')}`
}
