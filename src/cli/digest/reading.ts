// What was read, for people and as JSON.

import type { JsonObject } from '../../core/index.ts'
import { quote } from '../../core/index.ts'
import { digestSet, type LeftOut, type SymbolicLink } from '../../digest/index.ts'
import type { ArtifactSetReading } from '../../host/index.ts'

/** The set with its identity, and everything that is not in it although it is there. */
export function describeReading(reading: ArtifactSetReading): JsonObject {
  const dirHash = digestSet(reading.set.artifacts)
  return {
    form: reading.form,
    setDigest: { sha256: dirHash, dirHash },
    artifacts: reading.set.artifacts.map(({ path, size, sha256, sha512 }) => ({
      path,
      ...(size !== undefined && { size }),
      digest: { sha256, ...(sha512 !== undefined && { sha512 }) },
    })),
    ...describeRest(reading),
  }
}

/** Links, what was left out, and warnings: the same in every document about a set. */
export function describeRest({ set, leftOut, warnings }: ArtifactSetReading): JsonObject {
  return {
    links: set.links.map(({ path, target }) => ({ path, target })),
    leftOut: leftOut.map(({ path, reason }) => ({ path, reason })),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
  }
}

/** What a person has to know who sees the manifest alone. */
export function notesOf({ set, leftOut, warnings }: ArtifactSetReading): readonly string[] {
  return [
    ...warnings.map(({ message, code }) => `warning: ${message} [${code}]`),
    ...set.links.map(linkNote),
    ...leftOut.map(leftOutNote),
  ]
}

/** A link in words: it was listed and not followed. */
export function linkNote({ path, target }: SymbolicLink): string {
  return `not covered: the link ${quote(path)} to ${quote(target)}`
}

/** What was left out, and why, in words. */
export function leftOutNote({ path, reason }: LeftOut): string {
  return `left out: ${quote(path)} (${reason})`
}
