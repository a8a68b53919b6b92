// One file of an archive: read in memory, with the whole archive judged as it is for its digests, and never extracted.

import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { accept, type Result } from '../../core/index.ts'
import type { DigestProblem } from '../../digest/index.ts'
import type { ContentDigests } from '../digest-file.ts'
import { readArchive } from './archive.ts'

/** Which file, and how large it may be. */
export interface ArchiveFileOptions {
  /** Without the parts of the path that are stripped. */
  readonly path: string
  readonly strip: number
  readonly bytesMax: number
}

/** What was read of an archive, in one reading. */
export interface ArchiveFile {
  /** Absent where the archive has no regular file of that path. */
  readonly content?: Uint8Array
  /** Of the archive itself. */
  readonly digests: ContentDigests
}

/** The bytes of the file, and the digests of the archive that they are from. */
export async function readArchiveFile(
  workingFolder: string,
  archive: string,
  { path, strip, bytesMax }: ArchiveFileOptions,
): Promise<Result<ArchiveFile, DigestProblem>> {
  const contents = await readArchive(resolve(workingFolder, archive), archive, {
    strip,
    excludedBy: () => undefined,
    symlinks: 'list',
    sha512: false,
    wanted: { path, bytesMax },
    digestArchive: true,
  })
  if (!contents.ok) return contents
  const { content, digests } = contents.value
  assert(digests !== undefined, 'the archive was digested, as was asked')
  return accept({ ...(content !== undefined && { content }), digests })
}
