// What is printed: all of it, before the program ends, or it is said that nobody listens any more.

import { fstatSync, writeSync } from 'node:fs'
import { AssayError } from '../core/index.ts'
import { errorCode } from './world-fault.ts'

/** A standard stream: its descriptor, and the stream, which loads much and is made at its first use. */
export interface Output {
  readonly descriptor: 1 | 2
  readonly stream: () => NodeJS.WriteStream
}

/** Waits until the stream has taken everything, so that no exit cuts the output off. */
export async function writeAll(
  { descriptor, stream }: Output,
  text: string | Uint8Array,
): Promise<void> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  try {
    const written = isDevice(descriptor) ? 0 : writePlainly(descriptor, bytes)
    if (written < bytes.length) await writeToStream(stream(), bytes.subarray(written))
  } catch (cause) {
    throw new AssayError('host/output', 'Cannot write the output: the other end was closed', {
      cause,
    })
  }
}

/** How wide it is, where it is a terminal. */
export function columnsOf({ descriptor, stream }: Output): number | undefined {
  return isDevice(descriptor) ? stream().columns : undefined
}

/** A terminal is such a device. It may take more than bytes, and is left to the stream. */
function isDevice(descriptor: number): boolean {
  return fstatSync(descriptor).isCharacterDevice()
}

/** How many bytes were taken: all, but by a full pipe that another process has set not to wait. */
function writePlainly(descriptor: number, bytes: Uint8Array): number {
  let written = 0
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written)
  } catch (cause) {
    if (errorCode(cause) !== 'EAGAIN') throw cause
  }
  return written
}

async function writeToStream(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> {
  // The callback below reports the same failure; an event that nobody hears would end the process.
  if (stream.listenerCount('error') === 0) stream.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    stream.write(bytes, (cause) => (cause ? reject(cause) : resolve()))
  })
}
