// JUnit's XML as a tree. The one door to `junit2json`, which is given no more than it needs: no document types, no
// attributes that could pass for elements, no element that is not known, and no more of them than are read.

import { parse } from 'junit2json'
import { accept, LIMITS, quote, type Result, refuse } from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'
import { judgeAttributes } from './junit-attributes.ts'

/** An element: attributes under `@name`, children as lists under their names, text under `inner`. */
export type JunitElement = Readonly<Record<string, unknown>>

/** What says how a case or suite ended, inside of it and nowhere else. */
export const RESULT_ELEMENTS = {
  failed: ['failure', 'error', 'rerunFailure', 'rerunError'],
  skipped: ['skipped'],
  // Failed first and passed then, or passed with a word of warning.
  warned: ['flakyFailure', 'flakyError', 'warning'],
} as const

const RESULTS: ReadonlySet<string> = new Set(Object.values(RESULT_ELEMENTS).flat())

/** The elements that runners write, by where they stand; nothing of the others is passed over in silence. */
const ELEMENTS: ReadonlySet<string> = new Set([
  'testsuites',
  'testsuite',
  'testcase',
  'properties',
  'property',
  'system-out',
  'system-err',
  'stackTrace',
  ...RESULTS,
])

/** Of all kinds together: a case has a few elements inside. */
const ELEMENTS_MAX = LIMITS.testCasesMax * 5

/** The encoding that the declaration names. */
const ENCODING = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["'](?<encoding>[^"']*)["']/

/** A declaration is no longer than this. */
const DECLARATION_MAX = 1_000

/** A document: its root, and what was read on the way. */
export interface JunitDocument {
  readonly name: 'testsuites' | 'testsuite'
  readonly root: JunitElement
  /** Cases of the whole text; those that are not in the tree stand behind its end. */
  readonly cases: number
  readonly suites: number
  /** Elements of the whole text that say how a case or suite ended. */
  readonly results: number
}

/**
 * Reads the document.
 *
 * @param text decoded strictly
 */
export async function parseJunitXml(
  text: string,
): Promise<Result<JunitDocument, ObservationProblem>> {
  const encoding = ENCODING.exec(text.slice(0, DECLARATION_MAX))?.groups?.['encoding']
  if (encoding !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(encoding)) {
    return refused('record/test-report-format', `Expected UTF-8, found ${quote(encoding)}`)
  }
  const name = /^<(?<name>[^\s/>]*)/.exec(text.slice(startOfRoot(text)))?.groups?.['name']
  if (name === '!DOCTYPE') {
    return refused('record/test-report-format', 'Expected no document type, found one')
  }
  if (name !== 'testsuites' && name !== 'testsuite') {
    const found = name === undefined ? 'none' : quote(name)
    return refused('record/test-report-format', `Expected testsuites or testsuite, found ${found}`)
  }
  if (!text.trimEnd().endsWith('>')) {
    return refused('record/test-report-cut', 'Expected XML that ends with a tag')
  }
  const bounded = judgeAttributes(text)
  if (!bounded.ok) return bounded
  const counts = { elements: 0, cases: 0, suites: 0, results: 0 }
  try {
    const root = (await parse(text, optionsOf(counts))) as JunitElement
    const { cases, suites, results } = counts
    return accept({ name, root, cases, suites, results })
  } catch (thrown) {
    return refuse(describe(thrown))
  }
}

/** Behind blanks, the declaration, comments and processing instructions; none of it is looked into. */
function startOfRoot(text: string): number {
  let at = 0
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined
    const found = end === undefined ? -1 : text.indexOf(end, at + 2)
    if (end === undefined || found < 0) return at
    at = found + end.length
  }
}

/** The children of this name. */
export function childrenOf(element: JunitElement, name: string): readonly JunitElement[] {
  return (Object.hasOwn(element, name) ? element[name] : []) as readonly JunitElement[]
}

/** What the attribute says. */
export function attributeOf(element: JunitElement, name: string): string | undefined {
  const value = Object.hasOwn(element, `@${name}`) ? element[`@${name}`] : undefined
  return typeof value === 'string' ? value : undefined
}

/** Leaves the package's recursion; it never leaves this file. */
class Fault extends Error {
  readonly code: ObservationProblem['code']

  constructor(code: ObservationProblem['code'], message: string) {
    super(message)
    this.code = code
  }
}

/** Of the package under it, which calls with the name of each element that begins. */
function optionsOf(counts: {
  elements: number
  cases: number
  suites: number
  results: number
}): NonNullable<Parameters<typeof parse>[1]> {
  const countElement = (name: string) => {
    if (name === 'testcase') counts.cases++
    if (name === 'testsuite') counts.suites++
    if (RESULTS.has(name)) counts.results++
    if (++counts.elements > ELEMENTS_MAX || counts.cases > LIMITS.testCasesMax) {
      const message = `Expected at most ${LIMITS.testCasesMax} test cases, found more`
      throw new Fault('record/test-report-limit', message)
    }
    if (ELEMENTS.has(name)) return name
    throw new Fault('record/test-report-format', `Expected elements of JUnit, found ${quote(name)}`)
  }
  return {
    // A text beside an element stays apart from it, and an element without anything is one all the same.
    explicitCharkey: true,
    emptyTag: () => ({}),
    tagNameProcessors: [countElement],
    attrNameProcessors: [(name) => `@${name}`],
  }
}

function describe(thrown: unknown): ObservationProblem {
  if (thrown instanceof Fault) return { code: thrown.code, message: thrown.message }
  // The tree is copied by recursion: the stack ends before the document does.
  if (thrown instanceof RangeError) return TOO_DEEP
  // The first line are its words; lines are counted from 0.
  const { message } = thrown as Error
  const line = /^Line: (?<line>\d+)$/m.exec(message)?.groups?.['line']
  /* v8 ignore next -- anything else is a bug, of the package or of this file */
  if (line === undefined) throw thrown
  const words = message.slice(0, message.indexOf('\n'))
  return {
    code: /^Unclosed|^Unexpected end/.test(words)
      ? 'record/test-report-cut'
      : 'record/test-report-format',
    message: `Expected XML that is whole: ${quote(words)}`,
    at: `line ${Number(line) + 1}`,
  }
}

/** For suites inside suites. */
export const TOO_DEEP: ObservationProblem = {
  code: 'record/test-report-limit',
  message: `Expected suites at most ${LIMITS.jsonDepthMax} deep, found deeper ones`,
}

/** For suites whose names are longer together than the name of a test may be. */
export const TOO_LONG: ObservationProblem = {
  code: 'record/test-report-limit',
  message: `Expected suites whose names have at most ${LIMITS.testNameMax} characters together, found longer ones`,
}

function refused(
  code: ObservationProblem['code'],
  message: string,
): Result<never, ObservationProblem> {
  return refuse({ code, message })
}
