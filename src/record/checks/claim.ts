// Claims that a rule prohibits, looked for in texts word for word. What says the same in other words is for a person to see.

/** A clause of fewer words would be found in any text. */
const WORDS_MIN = 3

/** What joins clauses, and says nothing by itself. */
const JOINT = /^(?:(?:and|or|nor|that|no|not) )+/

/**
 * The first clause of a prohibited claim that one of the texts holds.
 *
 * A claim is prohibited clause by clause: what stands between its commas, semicolons, colons and points. Letters are compared
 * without their case, and whatever is neither a letter nor a digit is a space.
 */
export function findClaim(
  texts: readonly string[],
  prohibited: readonly string[],
): string | undefined {
  const found = texts.map((text) => ` ${fold(text)} `)
  return prohibited
    .flatMap((claim) => claim.split(/[,;:.]/))
    .map((clause) => fold(clause).replace(JOINT, ''))
    .filter((clause) => clause.split(' ').length >= WORDS_MIN)
    .find((clause) => found.some((text) => text.includes(` ${clause} `)))
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
