// JSON as text for standard output. What JSON allows to stand raw and a terminal would act on is written as an escape, so that the
// document stays the same and looks at nobody (A-115: U+009B and U+202E pass through JSON.stringify).

/** Controls, format characters and separators of lines; JSON.stringify has escaped those below U+0020. */
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\u{e0000}-\u{e0fff}]/gu

/** The document on several lines, two blanks for each level, with a newline at its end. */
export function encodeDocument(document: unknown): string {
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`
}

/** The same JSON for a terminal: for what has a form of its own in files, where digests are made of it. */
export function escapeJson(text: string): string {
  return text.replace(ACTIVE, (character) =>
    character === '\n' ? character : escapeUnits(character),
  )
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`
  }).join('')
}
