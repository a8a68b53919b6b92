// What is asked of a reading, and what comes of it.

import type {
  Artifact,
  ArtifactSet,
  DigestProblem,
  LeftOut,
  SymbolicLink,
} from '../../digest/index.ts'
import type { HostProblem } from '../problem.ts'
import type { ContentDigests } from '../digest-file.ts'
import type { FileForm } from './file-form.ts'

/** How paths are read as a set. */
export interface ArtifactSetOptions {
  /** `file` by default; `detect` looks at the content: a tar archive, a manifest, or else a file. */
  readonly form?: FileForm | 'detect'
  /** Leading parts of an archive's names to drop. */
  readonly strip?: number
  /** Globs of paths to leave out; what they match is listed. */
  readonly exclude?: readonly string[]
  /** `refuse` by default. Links are never followed. */
  readonly symlinks?: 'refuse' | 'list'
  /** Digest with SHA-512 too. */
  readonly sha512?: boolean
  /** The manifest that is being written or checked: left out where it lies in the set, and listed. */
  readonly manifest?: string
  /** Bundles that are being written or verified: left out where they lie in the set, and listed. */
  readonly bundles?: readonly string[]
  /** Digest an archive itself too, in the reading of its contents. */
  readonly digestArchive?: boolean
  /** Each path is one file and no folder; one that lies elsewhere is called by the last part of its path. */
  readonly singly?: boolean
  /** Told now and then what is done, such as `1204 of 22513 files`. */
  readonly onProgress?: (done: string) => void
}

/** A set as it was read, and what there is to know about the reading. */
export interface ArtifactSetReading {
  readonly set: ArtifactSet
  /** What the set was read from; `file` also stands for folders. */
  readonly form: FileForm
  /** What is not in the set although it is there, in canonical order. */
  readonly leftOut: readonly LeftOut[]
  /** What other systems could not hold. Inside an archive it is refused. */
  readonly warnings: readonly DigestProblem[]
  /** Of the archive itself, where that was asked: of the very bytes that its contents were read from. */
  readonly archive?: ContentDigests
}

/** Why there is no set. */
export type ArtifactSetProblem = DigestProblem | HostProblem

/** What each of the forms gives, in any order. */
export interface SetParts {
  readonly artifacts: readonly Artifact[]
  readonly links: readonly SymbolicLink[]
  readonly leftOut: readonly LeftOut[]
  readonly warnings: readonly DigestProblem[]
  readonly archive?: ContentDigests
}
