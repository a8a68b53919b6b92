// The subjects of what we sign: first the set, then its artifacts, as long as every verifier can
// read them all.

import { accept, LIMITS, quote, type Result, refuse } from '../core/index.ts'
import { type Artifact, digestSet } from '../digest/index.ts'
import type { StatementProblem } from './problem.ts'
import type { Subject } from './statement.ts'

/** The name of a set that belongs to no release: that of its manifest. */
export const MANIFEST_NAME = 'SHA256SUMS'

/**
 * The set under its name, then each artifact under its path; where they are more than {@link
 * LIMITS.subjectsWrittenMax}, the set alone, whose digest is that of its `SHA256SUMS`.
 *
 * @param name artifact set id, or {@link MANIFEST_NAME}
 */
export function buildSetSubjects(
  artifacts: readonly Artifact[],
  name: string = MANIFEST_NAME,
): Result<readonly Subject[], StatementProblem> {
  const digest = digestSet(artifacts)
  const set: Subject = { name, digest: { sha256: digest, dirHash: digest } }
  if (artifacts.length === 0) return noSubjects()
  // STM-3: names are unique.
  if (artifacts.some(({ path }) => path === name)) return nameTaken(name)
  if (artifacts.length + 1 > LIMITS.subjectsWrittenMax) return accept([set])
  return accept([set, ...artifacts.map(describeArtifact)])
}

/** Each artifact under its path, and no set: the statement is about these files, whatever else there is. */
export function buildArtifactSubjects(
  artifacts: readonly Artifact[],
): Result<readonly Subject[], StatementProblem> {
  if (artifacts.length === 0) return noSubjects()
  if (artifacts.length > LIMITS.subjectsWrittenMax) {
    return refuse({
      code: 'statement/subjects',
      message: `Expected at most ${LIMITS.subjectsWrittenMax} artifacts, found ${artifacts.length}`,
      hint: 'Attest the folder that holds them with --set',
    })
  }
  const paths = artifacts.map(({ path }) => path)
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  return twice === undefined ? accept(artifacts.map(describeArtifact)) : nameTaken(twice)
}

function describeArtifact({ path, sha256, sha512 }: Artifact): Subject {
  return { name: path, digest: { sha256, ...(sha512 !== undefined && { sha512 }) } }
}

function noSubjects(): Result<never, StatementProblem> {
  return refuse({ code: 'statement/subjects', message: 'Expected an artifact, found none' })
}

function nameTaken(name: string): Result<never, StatementProblem> {
  return refuse({
    code: 'statement/subjects',
    message: `Expected each subject under a name of its own, found ${quote(name)} twice`,
  })
}
