// Text from documents, made safe to show: what a terminal or a CI log would act on is spelt out instead.

/** Controls (C0, DEL, C1), direction marks, zero-width and other format characters, line and paragraph separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u{fe00}-\u{fe0f}\u{e0000}-\u{e0fff}]/gu

/** CI systems read `::name::`, `##[name]`, `##vso[name]` and the like in a line of output as commands. */
const WORKFLOW_COMMAND = /:(?=:)|#(?=#[a-z]*\[)/gi

/** Whatever may have to be spelt: what is not printable ASCII, and the beginnings of commands. */
const NOT_PLAIN = /[^ -~]|::|##/

/** The same inside of quotes. */
const NOT_PLAIN_IN_QUOTES = /[^ !#-[\]-~]|::|##/

/** Longer text is cut: what is shown is for people. In UTF-16 units. */
const SHOWN_MAX = 1_000

/** The text on one line, with everything invisible or active spelt as `\u{…}`; long text is cut and says so. */
export function escapeText(text: string): string {
  const shown =
    text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}… (${text.length} characters)` : text
  // Nearly every text is plain; finding that is several times faster than replacing nothing.
  if (!NOT_PLAIN.test(shown)) return shown
  return shown.replace(UNPRINTABLE, spell).replace(WORKFLOW_COMMAND, spell)
}

/** The text as a quoted value of a message: escaped, and with its quotes and backslashes marked. */
export function quote(text: string): string {
  if (text.length <= SHOWN_MAX && !NOT_PLAIN_IN_QUOTES.test(text)) return `"${text}"`
  return `"${escapeText(text.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}"`
}

function spell(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`
}
