// Nouns beside numbers and articles, in words for a person.

/** A consonant before it: `entry`, and not `key`. */
const Y = /(?<=[^aeiou])y$/

/** `1 artifact`, `2 artifacts`, `2 entries`: for nouns that take an s. */
export function countOf(count: number | bigint, noun: string): string {
  return `${count} ${Number(count) === 1 ? noun : `${noun.replace(Y, 'ie')}s`}`
}

/** `a record`, `an attestation`: for nouns that begin as they are spelt. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`
}
