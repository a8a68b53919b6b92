// Text in columns. Width counts code points; what is shown was escaped before, so none of them moves the cursor.

/** Below this a column of text helps nobody, and lines run over instead. */
const COLUMNS_MIN = 20

/** Words; what stands in quotes is one, so that no value of a document ever begins a line. */
const WORD = /(?:"(?:[^"\\]|\\.)*"|[^\s"])+|"/gu

/**
 * The words on as many lines as they need. A word that is longer than a line stays whole: digests and URIs are copied from here.
 *
 * @param columns of the text alone, without what stands before it
 */
export function wrapText(text: string, columns: number): readonly string[] {
  const width = Math.max(columns, COLUMNS_MIN)
  const lines: string[] = []
  for (const [word] of text.matchAll(WORD)) {
    const line = lines.at(-1)
    const longer = line === undefined ? word : `${line} ${word}`
    if (line !== undefined && fits(longer, width)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** As long as a line of parts gets where nothing limits it. */
const FLOW_MAX = 100

/**
 * Parts one after the other, each whole on its line as far as it fits; a longer one is wrapped, and goes on further in.
 *
 * @param between two parts on one line
 */
export function flowText(
  parts: readonly string[],
  columns: number,
  between: string,
): readonly string[] {
  const width = Math.min(columns, FLOW_MAX)
  const lines: string[] = []
  let isWrapped = true
  for (const whole of parts) {
    const longer = `${lines.at(-1)}${between}${whole}`
    if (!isWrapped && fits(longer, width)) lines[lines.length - 1] = longer
    else {
      const [first = '', ...others] = wrapText(whole, columns)
      lines.push(first, ...others.map((line) => `  ${line}`))
      isWrapped = others.length > 0
    }
  }
  return lines
}

/** There are never more code points than UTF-16 units: mostly nothing has to be counted. */
function fits(text: string, width: number): boolean {
  return text.length <= width || [...text].length <= width
}
