// Two artifact sets compared, closed-world: what matches, and everything that does not.

import type { Check } from '../core/index.ts'
import { combineOutcomes, countOf, escapeText } from '../core/index.ts'
import { type Artifact, compareArtifacts } from './artifact.ts'
import type { DigestProblem } from './problem.ts'

/** What a manifest, a statement or a reading says of one file: its path and at least one digest. */
export interface DigestedPath {
  readonly path: string
  readonly sha256?: string
  readonly sha512?: string
}

/** One artifact and its digest, spelt `sha256:<hex>`. */
export interface ListedArtifact {
  readonly path: string
  readonly digest: string
}

/** One path with other content; both digests are spelt `sha256:<hex>`. */
export interface ChangedArtifact {
  readonly path: string
  readonly expected: string
  readonly found: string
}

/** The same content under another path. */
export interface RenamedArtifact {
  readonly from: string
  readonly to: string
  readonly digest: string
}

/** Every expected and every found artifact, each in exactly one list; all lists in canonical order. */
export interface SetDifference {
  readonly matched: readonly ListedArtifact[]
  readonly changed: readonly ChangedArtifact[]
  readonly missing: readonly ListedArtifact[]
  readonly extra: readonly ListedArtifact[]
  readonly renamed: readonly RenamedArtifact[]
}

/**
 * Compares what should be there with what is there.
 *
 * An expected artifact matches when each digest that both sides name agrees, and there is one that both name.
 */
export function compareSets(
  expected: readonly DigestedPath[],
  found: readonly (DigestedPath | Artifact)[],
): SetDifference {
  const byPath = new Map(found.map((artifact) => [artifact.path, artifact]))
  const matched: ListedArtifact[] = []
  const changed: ChangedArtifact[] = []
  const missing: DigestedPath[] = []
  for (const want of expected.toSorted(compareArtifacts)) {
    const have = byPath.get(want.path)
    if (have === undefined) missing.push(want)
    else if (agree(want, have)) matched.push(list(have))
    else changed.push({ path: want.path, ...disagreement(want, have) })
  }
  const wanted = new Set(expected.map(({ path }) => path))
  // A second artifact of one path is never the one that was meant.
  const extra = found.filter((have) => !wanted.has(have.path) || byPath.get(have.path) !== have)
  return { matched, changed, ...pairRenamed(missing, extra.toSorted(compareArtifacts)) }
}

/** True when both sets hold the same artifacts, and at least one. */
export function isSameSet(difference: SetDifference): boolean {
  const { matched, changed, missing, extra, renamed } = difference
  return matched.length > 0 && [changed, missing, extra, renamed].every((list) => list.length === 0)
}

/** The comparison as a verdict: one part for all that matches, one for each artifact that does not. */
export function checkSet(difference: SetDifference): Check {
  const { matched, changed, missing, extra, renamed } = difference
  const checks = [
    ...(matched.length > 0 ? [matchedCheck(matched.length)] : []),
    ...changed.map(changedCheck),
    ...missing.map(missingCheck),
    ...extra.map(extraCheck),
    ...renamed.map(renamedCheck),
  ]
  const outcome = combineOutcomes(checks)
  const count = checks.length - Math.min(matched.length, 1)
  const message =
    outcome === 'accepted'
      ? 'The set is exactly the expected one'
      : matched.length + count === 0
        ? 'There is nothing to compare'
        : `The set differs from the expected one in ${count} of ${countOf(matched.length + count, 'artifact')}`
  return { name: 'artifact-set', outcome, message, checks }
}

/** Pairs each missing artifact with the first extra one of the same content that is not yet taken. */
function pairRenamed(missing: readonly DigestedPath[], extra: readonly DigestedPath[]) {
  const left = new Set(extra)
  const waiting = new Map<string, DigestedPath[]>()
  for (const have of extra.toReversed()) {
    for (const key of keysOf(have)) {
      const stack = waiting.get(key)
      if (stack === undefined) waiting.set(key, [have])
      else stack.push(have)
    }
  }
  const renamed: RenamedArtifact[] = []
  const gone = missing.filter((want) => {
    const have = keysOf(want)
      .map((key) => takeLeft(waiting.get(key), left))
      .find((candidate) => candidate !== undefined && agree(want, candidate))
    if (have === undefined) return true
    left.delete(have)
    renamed.push({ from: want.path, to: have.path, digest: list(have).digest })
    return false
  })
  return { missing: gone.map(list), extra: [...left].map(list), renamed }
}

/** The last of the stack that is still left; what is not is dropped from it. */
function takeLeft(stack: DigestedPath[] = [], left: ReadonlySet<DigestedPath>) {
  for (let top = stack.at(-1); top !== undefined && !left.has(top); top = stack.at(-1)) stack.pop()
  return stack.at(-1)
}

function keysOf(entry: DigestedPath): readonly string[] {
  return ALGORITHMS.flatMap((name) => (entry[name] === undefined ? [] : [`${name}:${entry[name]}`]))
}

const ALGORITHMS = ['sha256', 'sha512'] as const

function agree(a: DigestedPath, b: DigestedPath): boolean {
  const shared = ALGORITHMS.filter((name) => a[name] !== undefined && b[name] !== undefined)
  return shared.length > 0 && shared.every((name) => a[name] === b[name])
}

function disagreement(want: DigestedPath, have: DigestedPath) {
  const name = ALGORITHMS.find(
    (name) => want[name] !== undefined && have[name] !== undefined && want[name] !== have[name],
  )
  if (name === undefined) return { expected: list(want).digest, found: list(have).digest }
  return { expected: `${name}:${want[name]}`, found: `${name}:${have[name]}` }
}

function list({ path, sha256, sha512 }: DigestedPath): ListedArtifact {
  return { path, digest: sha256 === undefined ? `sha512:${sha512}` : `sha256:${sha256}` }
}

function matchedCheck(count: number): Check {
  return {
    name: 'artifacts-match',
    outcome: 'accepted',
    message: `${countOf(count, 'artifact')} ${count === 1 ? 'matches' : 'match'}`,
  }
}

type DifferenceCode = Extract<DigestProblem['code'], `digest/artifact-${string}`>

function coded(code: DifferenceCode, check: Omit<Check, 'code'>): Check {
  return { ...check, code }
}

function changedCheck({ path, expected, found }: ChangedArtifact): Check {
  const message = `${escapeText(path)} has other content`
  const name = 'artifact'
  return coded('digest/artifact-changed', { name, outcome: 'rejected', message, expected, found })
}

function missingCheck({ path, digest }: ListedArtifact): Check {
  return coded('digest/artifact-missing', {
    name: 'artifact',
    outcome: 'missing',
    message: `${escapeText(path)} is not there`,
    expected: digest,
    found: 'no such file',
  })
}

function extraCheck({ path, digest }: ListedArtifact): Check {
  return coded('digest/artifact-extra', {
    name: 'artifact',
    outcome: 'rejected',
    message: `${escapeText(path)} does not belong to the set`,
    expected: 'no such file',
    found: digest,
  })
}

function renamedCheck({ from, to }: RenamedArtifact): Check {
  return coded('digest/artifact-renamed', {
    name: 'artifact',
    outcome: 'rejected',
    message: `${escapeText(from)} is there under another name`,
    expected: escapeText(from),
    found: escapeText(to),
  })
}
