// What the tests of a file are called, of those that run: for tests that look whether something is tried. A comment is no test, nor
// is one that is left out, always or sometimes.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { parseSource } from '../.ci/source-file.ts'

const SUITES = ['describe', 'suite']
const TESTS = ['it', 'test']
/** What a test may be beside itself and still run, wherever it is run. */
const RUNS = ['each', 'for', 'concurrent', 'sequential']

/**
 * The titles of a test file in which an id stands, such as `A-10`, which `A-100` is not.
 *
 * @param file under `test/`
 */
export function readLiveTitlesOf(id: string, file: string): readonly string[] {
  return listLiveTitles(readText(file)).filter((title) => names(title, id))
}

/**
 * What the tests of a file do: the code of each that runs, without comments and titles.
 *
 * @param file under `test/`
 * @param id only of those in whose titles it stands, or in those of a suite around them
 */
export function readLiveCode(file: string, id?: string): readonly string[] {
  const { tree } = parseSource('a.test.ts', readText(file))
  const printer = ts.createPrinter({ removeComments: true })
  return listBelow(tree)
    .filter(({ titles }) => id === undefined || titles.some((title) => names(title, id)))
    .flatMap(({ bodies }) => bodies.filter((body) => !ts.isNumericLiteral(body)))
    .map((body) => printer.printNode(ts.EmitHint.Unspecified, body, tree))
}

function readText(file: string): string {
  return readFileSync(join(import.meta.dirname, file), 'utf8')
}

function names(title: string, id: string): boolean {
  return new RegExp(`\\b${id}\\b`).test(title)
}

/** The titles of the text of a test file, those of a suite only where a test of it runs, and the texts of the rows of its tables. */
export function listLiveTitles(text: string): readonly string[] {
  return listBelow(parseSource('a.test.ts', text).tree).flatMap(({ titles }) => titles)
}

/** A test that runs: its titles, those of the suites around it, and what it does. */
interface LiveTest {
  readonly titles: readonly string[]
  readonly bodies: readonly ts.Node[]
}

function listBelow(node: ts.Node): readonly LiveTest[] {
  const call = ts.isCallExpression(node) ? readCall(node) : undefined
  if (call === undefined) return childrenOf(node).flatMap(listBelow)
  if (!call.modifiers.every((name) => RUNS.includes(name))) return []
  if (TESTS.includes(call.runner)) return [{ titles: call.titles, bodies: call.bodies }]
  const tests = call.bodies.flatMap(listBelow)
  return tests.map((test) => ({ ...test, titles: [...call.titles, ...test.titles] }))
}

interface Call {
  /** `it`, `describe`, … */
  readonly runner: string
  readonly modifiers: readonly string[]
  readonly titles: readonly string[]
  readonly bodies: readonly ts.Node[]
}

/** `it('…', …)`, `it.each([…])('…', …)`; nothing where it is no such call. */
function readCall({ expression, arguments: given }: ts.CallExpression): Call | undefined {
  const modifiers: string[] = []
  const tables: ts.Node[] = []
  let callee: ts.Node = expression
  while (!ts.isIdentifier(callee)) {
    if (ts.isPropertyAccessExpression(callee)) modifiers.push(callee.name.text)
    else if (ts.isCallExpression(callee)) tables.push(...callee.arguments)
    else return undefined
    callee = callee.expression
  }
  const [title, ...bodies] = given
  if (title === undefined || ![...SUITES, ...TESTS].includes(callee.text)) return undefined
  const titles = [...textsOf(title), ...tables.flatMap(textsOf)]
  return { runner: callee.text, modifiers, titles, bodies }
}

function textsOf(node: ts.Node): readonly string[] {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) return [node.text]
  return ts.isTemplateMiddleOrTemplateTail(node) ? [node.text] : childrenOf(node).flatMap(textsOf)
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = []
  node.forEachChild((child) => void children.push(child))
  return children
}
