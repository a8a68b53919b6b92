// One way to open what is read: regular files, and pipes where they are wanted; of anything else it is said what was found.

import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import type { Socket } from 'node:net'
import { quote, type Result, refuse } from '../core/index.ts'
import type { HostProblem } from './problem.ts'
import { refusedByWorld } from './world-fault.ts'

/** A file that is open: the one that is judged, though its name could lead elsewhere in a moment. */
export interface OpenFile {
  /** Zero for a pipe. */
  readonly size: number
  readonly mode: number
  /** Its bytes, once, until its end. */
  readonly read: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** What is opened, and what for. */
export interface Opening {
  /** Absolute. */
  readonly location: string
  /** As the person named it. */
  readonly path: string
  readonly action: 'digest' | 'read'
  /** Pipes are read too. */
  readonly pipes?: boolean
  /** For whoever named something else than a file. */
  readonly hint?: string
}

/** Without O_NONBLOCK, opening a named pipe waits for its writer. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK
const PART_BYTES = 1024 * 1024

/** Opens the file, lets it be used, and closes it; throws `AssayError` when the disk fails. */
export async function useFile<T>(
  { location, path, action, pipes = false, hint }: Opening,
  use: (file: OpenFile) => Promise<Result<T, HostProblem>>,
): Promise<Result<T, HostProblem>> {
  let file: number | undefined
  let pipe: Socket | undefined
  try {
    const opened = openSync(location, FLAGS)
    file = opened
    const stats = fstatSync(opened)
    if (pipes && stats.isFIFO()) {
      const socket = await openPipe(location)
      pipe = socket
      return await use({ size: 0, mode: stats.mode, read: () => socket })
    }
    if (!stats.isFile()) {
      return refuse({
        code: 'host/file-not-regular',
        message: `Cannot ${action} ${quote(path)}: expected a file, found ${kindOf(stats)}`,
        ...(hint !== undefined && { hint }),
      })
    }
    const { size, mode } = stats
    return await use({ size, mode, read: () => readParts(opened, size) })
  } catch (cause) {
    return refusedByWorld(`${action} ${quote(path)}`, cause)
  } finally {
    pipe?.destroy()
    if (file !== undefined) closeSync(file)
  }
}

/** Plain reads, since most files are small: streams and promises take longer to load than these to be read. */
function* readParts(file: number, size: number): Iterable<Uint8Array> {
  for (;;) {
    const part = Buffer.allocUnsafeSlow(Math.min(PART_BYTES, size + 1))
    const length = readSync(file, part)
    if (length === 0) return
    yield part.subarray(0, length)
  }
}

/** A stream that waits for the writer without holding a thread; it owns a descriptor of its own. */
async function openPipe(location: string): Promise<Socket> {
  // Sockets are loaded for pipes alone: every command starts with this file.
  const { Socket } = await import('node:net')
  return new Socket({ fd: openSync(location, FLAGS), readable: true, writable: false })
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder'
  if (stats.isFIFO()) return 'a pipe'
  return stats.isSocket() ? 'a socket' : 'a device'
}
