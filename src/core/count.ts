// How many there are of something, in words for a person.

/** `1 artifact`, `2 artifacts`: for nouns that take an s. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
