// One file, read through one reused buffer and digested; runs on any thread.

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { createContentDigester, digestContent, type FileDigests } from './file-digests.ts'
import { type FileStamp, isUnchanged } from './file-stamp.ts'

/** `changed`, or the name of a system error such as `EACCES`. */
export type FileFault = string

/** A link that took the file's place is not followed, a pipe that did is not waited for. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Measured: larger buffers leave the processor's cache, smaller ones cost calls. */
const BUFFER_BYTES = 256 * 1024
const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)

/**
 * Digests the file as the walk saw it.
 *
 * @param stamp what the file has to be still when its last byte was read
 */
export function hashFile(
  location: string,
  stamp: FileStamp,
  sha512: boolean,
): FileDigests | FileFault {
  let file: number | undefined
  try {
    file = openSync(location, FLAGS)
    const read = stamp.size < BUFFER_BYTES ? hashSmall : hashLarge
    const digests = read(file, stamp.size, sha512)
    return isUnchanged(stamp, fstatSync(file)) ? digests : 'changed'
  } catch (cause) {
    return faultOf(cause)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** The short name of a system error, or the words of any other. */
export function faultOf(cause: unknown): FileFault {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
}

/** One read as a rule; `changed` when the file holds another number of bytes than its size says. */
function hashSmall(file: number, size: number, sha512: boolean): FileDigests | FileFault {
  let filled = 0
  let count: number
  do {
    count = readSync(file, buffer, filled, BUFFER_BYTES - filled, null)
    filled += count
  } while (count > 0 && filled < size)
  return filled === size ? digestContent(buffer.subarray(0, size), sha512) : 'changed'
}

function hashLarge(file: number, size: number, sha512: boolean): FileDigests | FileFault {
  const digester = createContentDigester(sha512)
  for (let count = -1; count !== 0; ) {
    count = readSync(file, buffer, 0, BUFFER_BYTES, null)
    digester.update(buffer.subarray(0, count))
  }
  const { size: read, ...digests } = digester.end()
  return read === size ? digests : 'changed'
}
