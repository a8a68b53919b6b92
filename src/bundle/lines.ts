// Many bundles in one file (in-toto bundle.md; `.sigstore.jsonl`): one JSON text a line. Order
// means nothing, and the file as a whole is not authenticated (BUN-2): a line that is gone is not
// noticed here.

import {
  accept,
  isJsonObject,
  LIMITS,
  parseJson,
  type Result,
  refuse,
  splitJsonLines,
} from '../core/index.ts'
import type { Bundle } from './bundle.ts'
import { parseBundle } from './parse.ts'
import type { BundleProblem } from './problem.ts'

/**
 * What one line holds. BUN-1: a line that is no bundle does not harm the others; it is kept here
 * so that it is told.
 */
export interface BundleLine {
  /** From 1. */
  readonly line: number
  readonly bundle: Result<Bundle, BundleProblem>
}

/**
 * Reads JSON Lines, or one bundle on any number of lines.
 *
 * @returns at least one line, each read or refused; `bundle/empty` and `bundle/limit` for the file
 */
export function parseBundleLines(bytes: Uint8Array): Result<readonly BundleLine[], BundleProblem> {
  if (bytes.length > LIMITS.bundleFileBytesMax) {
    return refuse(limit(`${LIMITS.bundleFileBytesMax} bytes`, bytes.length))
  }
  const lines = splitJsonLines(bytes)
  const [first] = lines
  if (first === undefined) {
    return refuse({ code: 'bundle/empty', message: 'Expected a bundle, found an empty file' })
  }
  if (lines.length > LIMITS.bundleLinesMax) {
    return refuse(limit(`${LIMITS.bundleLinesMax} lines`, lines.length))
  }
  const isWhole = lines.length > 1 && bytes.length <= LIMITS.envelopeBytesMax
  // A document that is laid out over several lines is no JSON text on its first.
  if (isWhole && !parseJson(first.bytes, { stringMax: LIMITS.envelopeBytesMax }).ok) {
    const whole = parseBundle(bytes)
    if (whole.ok || whole.problems[0].code !== 'bundle/json') {
      return accept([{ line: first.line, bundle: whole }])
    }
  }
  // A program, an archive, a list of digests: what has no JSON object on any line has no bundle on any, and is told once.
  if (lines.length > 1 && !lines.some(({ bytes }) => isObject(bytes))) {
    return accept([{ line: first.line, bundle: parseBundle(bytes) }])
  }
  return accept(lines.map(({ line, bytes }) => ({ line, bundle: parseLine(bytes, line) })))
}

function isObject(line: Uint8Array): boolean {
  const json = parseJson(line, { stringMax: LIMITS.envelopeBytesMax })
  return json.ok && isJsonObject(json.value)
}

function parseLine(bytes: Uint8Array, line: number): Result<Bundle, BundleProblem> {
  const bundle = parseBundle(bytes)
  if (bundle.ok) return bundle
  return refuse({
    code: 'bundle/line',
    message: 'Expected a bundle',
    at: `line ${line}`,
    because: bundle.problems,
  })
}

function limit(most: string, found: number): BundleProblem {
  return { code: 'bundle/limit', message: `Expected at most ${most}, found ${found}` }
}
