// A pack, read in memory from its one file. Nothing is extracted.

import { accept, LIMITS, type Result } from '../../core/index.ts'
import { type DigestProblem, digestBytes } from '../../digest/index.ts'
import { readBytes } from '../files.ts'
import type { HostProblem } from '../problem.ts'
import { type PackFiles, parseArchive } from './pack-archive.ts'

/** What the file holds. */
export interface PackReading {
  /** SHA-256 of the very bytes that were read: what an adoption names. */
  readonly sha256: string
  readonly files: PackFiles
}

/** Reads the archive. */
export async function readPack(
  workingFolder: string,
  path: string,
): Promise<Result<PackReading, DigestProblem | HostProblem>> {
  const bytes = await readBytes(workingFolder, path, { bytesMax: LIMITS.packBytesMax })
  if (!bytes.ok) return bytes
  const files = await parseArchive(bytes.value)
  if (!files.ok) return files
  return accept({ sha256: digestBytes('sha256', bytes.value), files: files.value })
}
