// SHA256SUMS, the manifest of an artifact set: what `sha256sum` prints for its files, sorted by path bytes.
// The SHA-256 of these bytes is the set's dirHash (in-toto digest_set.md; Go x/mod sumdb/dirhash, Hash1).

import { encodeUtf8 } from '../core/index.ts'
import { digestBytes } from './algorithm.ts'
import { type Artifact, compareArtifacts } from './artifact.ts'

/** One line of a manifest: a path and its digest under the manifest's algorithm. */
export interface ManifestLine {
  readonly path: string
  /** Lower-case hexadecimal. */
  readonly digest: string
}

/** The manifest's bytes: the artifacts in canonical order, one `<sha256>  <path>` line each. */
export function encodeManifest(artifacts: readonly Artifact[]): Uint8Array {
  return encodeSorted(artifacts, ({ path, sha256 }) => `${sha256}  ${path}\n`)
}

/** What `sha256sum`, `sha512sum` and their like print for files of these paths and digests, sorted. */
export function encodeManifestLines(lines: readonly ManifestLine[]): Uint8Array {
  return encodeSorted(lines, ({ path, digest }) => `${digest}  ${path}\n`)
}

function encodeSorted<T extends { readonly path: string }>(
  entries: readonly T[],
  encodeLine: (entry: T) => string,
): Uint8Array {
  return encodeUtf8(entries.toSorted(compareArtifacts).map(encodeLine).join(''))
}

/** The identity of a set: SHA-256 of its manifest, which is its dirHash, in lower-case hexadecimal (DH-2). */
export function digestSet(artifacts: readonly Artifact[]): string {
  return digestBytes('sha256', encodeManifest(artifacts))
}
