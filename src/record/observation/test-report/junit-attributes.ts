// How many attributes the elements of an XML text have, before it is read: reading them takes time that grows with their square.

import { accept, type Result, refuse } from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'

/** Of one element; the most that a writer has is about ten. */
const ATTRIBUTES_MAX = 100

/** What an element, or something that is none, begins with. */
const BEGINNING = /<(?:!--|!\[CDATA\[|\?|[^!?/])/g

/** Where what is no element ends. */
const ENDS: ReadonlyMap<string, string> = new Map([
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
])

/** Looks at quotes alone: whether the text is XML is for its reader to say. */
export function judgeAttributes(text: string): Result<void, ObservationProblem> {
  let at = 0
  for (;;) {
    BEGINNING.lastIndex = at
    const found = BEGINNING.exec(text)
    if (found === null) return accept(undefined)
    const [beginning] = found
    const end = ENDS.get(beginning)
    const next =
      end === undefined
        ? endOfTag(text, BEGINNING.lastIndex)
        : endOf(text, end, BEGINNING.lastIndex)
    if (next === undefined) {
      const message = `Expected at most ${ATTRIBUTES_MAX} attributes of an element, found more`
      return refuse({ code: 'record/test-report-limit', message })
    }
    at = next
  }
}

/** Behind the tag; nothing where it has too many attributes. */
function endOfTag(text: string, start: number): number | undefined {
  const sign = /["'>]/g
  sign.lastIndex = start
  for (let quotes = 0; quotes <= ATTRIBUTES_MAX; quotes++) {
    const found = sign.exec(text)?.[0]
    if (found === undefined) return text.length
    if (found === '>') return sign.lastIndex
    sign.lastIndex = endOf(text, found, sign.lastIndex)
  }
  return undefined
}

function endOf(text: string, end: string, start: number): number {
  const found = text.indexOf(end, start)
  return found < 0 ? text.length : found + end.length
}
