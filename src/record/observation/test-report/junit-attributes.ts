// The attributes of the elements of an XML text, before it is read: how many there are, for reading them takes time that grows with
// their square; and what the reader would pass over, though it is no XML.

import { accept, quote, type Result, refuse } from '../../../core/index.ts'
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

/** Looks at names and quotes alone: whether all else is XML is for its reader to say. */
export function judgeAttributes(text: string): Result<void, ObservationProblem> {
  let at = 0
  for (;;) {
    BEGINNING.lastIndex = at
    const found = BEGINNING.exec(text)
    if (found === null) return accept(undefined)
    const [beginning] = found
    const end = ENDS.get(beginning)
    if (end === undefined) {
      const tag = readTag(text, BEGINNING.lastIndex)
      if (!tag.ok) return tag
      at = tag.value
    } else at = endOf(text, end, BEGINNING.lastIndex)
  }
}

/** Behind the tag. Of an attribute that stands there twice, readers take one or the other. */
function readTag(text: string, start: number): Result<number, ObservationProblem> {
  const sign = /["'>]/g
  const names = new Set<string>()
  let at = start
  for (let quotes = 0; quotes <= ATTRIBUTES_MAX; quotes++) {
    sign.lastIndex = at
    const found = sign.exec(text)
    if (found === null) return accept(text.length)
    const [mark] = found
    if (mark === '>') return accept(sign.lastIndex)
    const name = nameBefore(text.slice(at, found.index))
    if (names.has(name)) {
      return malformed(text, at, `Expected each attribute once, found ${quote(name)} twice`)
    }
    names.add(name)
    at = endOf(text, mark, sign.lastIndex)
    const isEscaped = !text.slice(sign.lastIndex, at).includes('<')
    if (!isEscaped) {
      const message = `Expected "&lt;" in the value of an attribute, found "<" in ${quote(name)}`
      return malformed(text, sign.lastIndex, message)
    }
  }
  const message = `Expected at most ${ATTRIBUTES_MAX} attributes of an element, found more`
  return refuse({ code: 'record/test-report-limit', message })
}

/** Of the attribute whose value comes next: the last word before the equals sign. */
function nameBefore(text: string): string {
  const before = text.slice(0, text.lastIndexOf('=')).trimEnd()
  return before.slice(before.search(/\S+$/))
}

function malformed(text: string, at: number, message: string): Result<never, ObservationProblem> {
  const line = text.slice(0, at).split('\n').length
  return refuse({ code: 'record/test-report-format', message, at: `line ${line}` })
}

function endOf(text: string, end: string, start: number): number {
  const found = text.indexOf(end, start)
  return found < 0 ? text.length : found + end.length
}
