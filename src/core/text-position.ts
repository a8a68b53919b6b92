// Where something in a text is, as editors count.

/** `line 3, column 7` for what follows this text, both from 1; columns count code points. */
export function positionAfter(text: string): string {
  const line = text.split('\n').length
  const column = Array.from(text.slice(text.lastIndexOf('\n') + 1)).length + 1
  return `line ${line}, column ${column}`
}
