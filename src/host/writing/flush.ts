// What is written is on the disk before anybody is told of it: the bytes of a file, and the names in a folder.

import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs'
import { errorCode } from '../world-fault.ts'

/** Writes a file that was opened, flushes it, and closes it whatever happens. */
export function fillFile(file: number, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes new names survive a crash; file systems that can not flush a folder say so. */
export function flushFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } catch (cause) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP'].includes(errorCode(cause) ?? '')) throw cause
  } finally {
    closeSync(folder)
  }
}
