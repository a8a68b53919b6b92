// The uncompressed bytes of a tar archive on disk, within limits.

import type { FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { LIMITS } from '../../core/index.ts'
import type { DigestProblem } from '../../digest/index.ts'

const CHUNK_BYTES = 256 * 1024
/** The first bytes of every gzip member (RFC 1952, section 2.3.1). */
const GZIP_MAGIC = [0x1f, 0x8b] as const
/** Small archives of little content compress further than any honest large one. */
const RATIO_FREE_BYTES = 16 * 1024 * 1024

/** Leaves the loop over an archive's bytes with the problem that ends it. */
export class ArchiveFault extends Error {
  readonly problem: DigestProblem

  constructor(code: DigestProblem['code'], message: string) {
    super(message)
    this.problem = { code, message }
  }
}

/**
 * The bytes of the archive, decompressed when it begins as gzip does, from the start of the file.
 *
 * Throws {@link ArchiveFault} for gzip that is broken, cut or followed by something else, and for what grows too large.
 *
 * @param onRead told of every byte of the file itself, in order
 */
export async function* readArchiveBytes(
  file: FileHandle,
  onRead: (part: Uint8Array) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const start = await file.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0)
  const isGzip = GZIP_MAGIC.every((byte, at) => start.buffer[at] === byte)
  const count = { read: 0, given: 0, onRead }
  for await (const chunk of isGzip ? gunzip(file, count) : readChunks(file, count)) {
    count.given += chunk.length
    judgeGrowth(count)
    yield chunk
  }
}

interface ByteCount {
  /** Of the file. */
  read: number
  /** Decompressed. */
  given: number
  readonly onRead: (part: Uint8Array) => void
}

async function* readChunks(file: FileHandle, count: ByteCount): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(
      Buffer.allocUnsafe(CHUNK_BYTES),
      0,
      CHUNK_BYTES,
      count.read,
    )
    if (bytesRead === 0) return
    count.read += bytesRead
    const part = buffer.subarray(0, bytesRead)
    count.onRead(part)
    yield part
  }
}

async function* gunzip(file: FileHandle, count: ByteCount): AsyncGenerator<Uint8Array> {
  const inflate = createGunzip({ chunkSize: CHUNK_BYTES })
  // A failure of either reaches the loop below.
  pipeline(Readable.from(readChunks(file, count)), inflate, () => undefined)
  try {
    yield* inflate
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))) {
      throw cause
    }
    throw new ArchiveFault(
      'digest/archive-gzip',
      `Expected whole gzip data, found ${cause.message}`,
    )
  }
  // zlib stops at the end of the last member and passes over zeros behind it.
  const { size } = await file.stat()
  if (inflate.bytesWritten !== size) {
    throw new ArchiveFault(
      'digest/archive-gzip',
      `Expected nothing after the gzip data, found ${size - inflate.bytesWritten} bytes`,
    )
  }
}

function judgeGrowth({ read, given }: ByteCount): void {
  if (given > LIMITS.archiveBytesMax) {
    throw new ArchiveFault(
      'digest/archive-limit',
      `Expected at most ${LIMITS.archiveBytesMax} bytes in an archive, found more`,
    )
  }
  if (given > RATIO_FREE_BYTES && given > read * LIMITS.archiveRatioMax) {
    throw new ArchiveFault(
      'digest/archive-limit',
      `Expected at most ${LIMITS.archiveRatioMax} bytes in an archive for each compressed one, found more`,
    )
  }
}
