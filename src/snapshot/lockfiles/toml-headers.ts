// Where the tables of a TOML text begin (TOML 1.0, Table and Array of Tables); the text has been read as TOML already.

/** One `[a.b]` or `[[a.b]]`. */
export interface TableHeader {
  /** Index of its first bracket. */
  readonly at: number
  readonly keys: readonly string[]
  /** True for `[[…]]`. */
  readonly isListItem: boolean
}

const KEY = /[ \t]*(?:([A-Za-z0-9_-]+)|"((?:[^"\\]|\\.)*)"|'([^']*)')[ \t]*([.\]])/y

/** Every header in the order of the text, found in one pass; strings, comments and nested values are passed over. */
export function findTableHeaders(text: string): readonly TableHeader[] {
  const headers: TableHeader[] = []
  let depth = 0
  let isLineStart = true
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '\n') {
      isLineStart = true
      continue
    }
    if (character === ' ' || character === '\t' || character === '\r') continue
    if (character === '[' && isLineStart && depth === 0) {
      const header = readHeader(text, at)
      headers.push(header)
      at = lineEnd(text, at) - 1
      continue
    }
    isLineStart = false
    if (character === '[' || character === '{') depth++
    else if (character === ']' || character === '}') depth--
    else if (character === '#') at = lineEnd(text, at) - 1
    else if (character === '"' || character === "'") at = stringEnd(text, at) - 1
  }
  return headers
}

function readHeader(text: string, at: number): TableHeader {
  const isListItem = text[at + 1] === '['
  const keys: string[] = []
  KEY.lastIndex = at + (isListItem ? 2 : 1)
  for (let key = KEY.exec(text); key !== null; key = KEY.exec(text)) {
    const [, bare, basic, literal, next] = key
    keys.push(bare ?? literal ?? unescape(basic ?? ''))
    if (next === ']') break
  }
  return { at, keys, isListItem }
}

/** The escapes that TOML shares with JSON; a key with another one only loses its line. */
function unescape(text: string): string {
  if (!text.includes('\\')) return text
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** The index after the string that begins here, of one line or of several. */
function stringEnd(text: string, from: number): number {
  const quote = text.charAt(from)
  const isLong = text.startsWith(quote.repeat(3), from)
  const mark = isLong ? quote.repeat(3) : quote
  for (let at = from + mark.length; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++
    else if (text.startsWith(mark, at)) {
      let end = at + mark.length
      // A long string may end in one or two quotes of its own.
      const endMax = isLong ? at + 5 : end
      while (end < endMax && text[end] === quote) end++
      return end
    }
  }
  return text.length
}
