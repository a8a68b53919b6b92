// What a release consists of: regular files by path and digest, and the symbolic links beside them.

import { compareCodePoints } from '../core/index.ts'

/**
 * One regular file of the set.
 *
 * @example { path: 'lib/app.js', sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', size: 0 }
 */
export interface Artifact {
  readonly path: string
  /** 64 lower-case hex digits. */
  readonly sha256: string
  /** 128 lower-case hex digits, where it was asked for. */
  readonly sha512?: string
  /** Bytes, where the file was at hand; a manifest does not say it. */
  readonly size?: number
}

/** A link, by its own name and the target it is written with; it is never followed. */
export interface SymbolicLink {
  readonly path: string
  readonly target: string
}

/** The closed set of one release, both lists in canonical order. Links are shown in verdicts and not part of the digest. */
export interface ArtifactSet {
  readonly artifacts: readonly Artifact[]
  readonly links: readonly SymbolicLink[]
}

/** Canonical order: by the UTF-8 bytes of the path, as `LC_ALL=C sort` has it (DH-1). */
export function compareArtifacts(a: { readonly path: string }, b: { readonly path: string }) {
  return compareCodePoints(a.path, b.path)
}

/** What lies among the artifacts and does not belong to the set; nothing is left out without being listed. */
export interface LeftOut {
  /** A folder that was left out whole ends in `/`. */
  readonly path: string
  readonly reason: 'bundle' | 'excluded' | 'manifest' | 'empty-folder'
}

/** The folders that hold no path, not even in a folder below: a set has no place for them (DH-4). */
export function findEmptyFolders(
  folders: readonly string[],
  paths: readonly string[],
): readonly LeftOut[] {
  const used = new Set<string>()
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      used.add(path.slice(0, end))
    }
  }
  const empty = folders.filter((folder) => !used.has(folder))
  return empty.map((folder) => ({ path: `${folder}/`, reason: 'empty-folder' }))
}
