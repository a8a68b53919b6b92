// Text of documents as every report shows it: masked while it is as it was said, for what a format escapes nobody can tell from words.

import { escapeText } from '../core/index.ts'
import { maskSecrets } from '../statement/index.ts'

/** The text on one line without credentials, everything invisible or active in it spelt out. A format escapes what this gives. */
export function showText(text: string): string {
  return escapeText(maskSecrets(text))
}
