// One file of an archive: read in memory, with the whole archive judged as it is for its digests, and never extracted.

import { resolve } from 'node:path'
import { accept, type Result } from '../../core/index.ts'
import type { DigestProblem } from '../../digest/index.ts'
import { readArchive } from './archive.ts'

/** Which file, and how large it may be. */
export interface ArchiveFileOptions {
  /** Without the parts of the path that are stripped. */
  readonly path: string
  readonly strip: number
  readonly bytesMax: number
}

/** The bytes of the file; undefined where the archive has no regular file of that path. */
export async function readArchiveFile(
  workingFolder: string,
  archive: string,
  { path, strip, bytesMax }: ArchiveFileOptions,
): Promise<Result<Uint8Array | undefined, DigestProblem>> {
  const contents = await readArchive(resolve(workingFolder, archive), archive, {
    strip,
    excludedBy: () => undefined,
    symlinks: 'list',
    sha512: false,
    wanted: { path, bytesMax },
  })
  return contents.ok ? accept(contents.value.content) : contents
}
