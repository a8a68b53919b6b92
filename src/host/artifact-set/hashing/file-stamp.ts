// How a file is known again: what changes when it is written to, replaced or renamed.

import type { Stats } from 'node:fs'

/** Identity and state of a file at one moment. Times in milliseconds, with the fraction that the system gives. */
export interface FileStamp {
  readonly dev: number
  readonly ino: number
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
}

/** The same file, not written to in between, as far as the system's clock can tell. */
export function isUnchanged(before: FileStamp, after: FileStamp): boolean {
  return (
    before.ino === after.ino &&
    before.dev === after.dev &&
    before.size === after.size &&
    before.mtimeMs === after.mtimeMs &&
    before.ctimeMs === after.ctimeMs
  )
}

/** The stamp in what the system says of a file. */
export function stampOf({ dev, ino, size, mtimeMs, ctimeMs }: Stats): FileStamp {
  return { dev, ino, size, mtimeMs, ctimeMs }
}
