// A file of trusted roots: one document, or JSON Lines with one on each, as `gh attestation trusted-root` prints them.

import { accept, type JsonObject, judge, type Result, splitJsonLines } from '../../../core/index.ts'
import type { TrustProblem } from '../../problem.ts'
import { parseRootJson, parseTrustedRootJson } from './parse-trusted-root.ts'

/**
 * Reads one trusted root on any number of lines, or one on each line.
 *
 * @returns documents that `parseTrustedRoot()` accepts, at least one
 */
export function parseRootLines(bytes: Uint8Array): Result<readonly JsonObject[], TrustProblem> {
  const whole = parseRootJson(bytes)
  const lines = splitJsonLines(bytes)
  // A document that is damaged is no list of lines: the first line tells which of them it is.
  const isList = lines.length > 1 && lines.slice(0, 1).every(({ bytes }) => parseRootJson(bytes).ok)
  if (whole.ok || !isList) return checkRoot(whole)
  const read = lines.map(({ line, bytes }) => ({ line, root: checkRoot(parseRootJson(bytes)) }))
  const problems = read.flatMap(({ line, root }) =>
    root.ok ? [] : root.problems.map((problem) => atLine(problem, line)),
  )
  return judge(
    read.flatMap(({ root }) => (root.ok ? root.value : [])),
    problems,
  )
}

function checkRoot(
  document: Result<JsonObject, TrustProblem>,
): Result<readonly JsonObject[], TrustProblem> {
  if (!document.ok) return document
  const root = parseTrustedRootJson(document.value)
  return root.ok ? accept([document.value]) : root
}

function atLine(problem: TrustProblem, line: number): TrustProblem {
  const { at } = problem
  return { ...problem, at: at === undefined ? `line ${line}` : `line ${line}, ${at}` }
}
