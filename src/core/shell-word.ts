// Text from documents in a command line that a person is told to type: a branch may be called `$(…)`, and so may a signer.

import { escapeText } from './quote.ts'

/** What no shell reads anything into. */
const PLAIN = /^[A-Za-z0-9_/.:@%+=,-]+$/

/**
 * The text as one word of a POSIX shell, in single quotes where it has to be.
 *
 * @returns undefined for what can not be shown as it is, and so not be typed either
 */
export function shellWord(text: string): string | undefined {
  if (escapeText(text) !== text) return undefined
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
