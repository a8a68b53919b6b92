// What a file is, by its first bytes.

import { closeSync, openSync, readSync } from 'node:fs'
import type { SetInput } from './inputs.ts'

/** What a path that names a file stands for. */
export type FileForm =
  /** Itself. */
  | 'file'
  /** The entries of the tar archive that it is. */
  | 'contents'
  /** The artifacts that it lists, as `sha256sum` wrote it on another machine. */
  | 'manifest'

const HEAD_BYTES = 512
const GZIP = '\u001f\u008b'
const TAR = /^[^]{257}ustar/
const MANIFEST = /^[0-9a-f]{64} [ *]/

/** The form that the file's beginning shows; whether it keeps to that form to its end is judged when it is read. */
export function detectForm({ kind, location }: SetInput): FileForm {
  if (kind !== 'file') return 'file'
  const head = readHead(location)
  if (head.startsWith(GZIP) || TAR.test(head)) return 'contents'
  return MANIFEST.test(head) ? 'manifest' : 'file'
}

function readHead(location: string): string {
  let file: number | undefined
  try {
    file = openSync(location, 'r')
    const head = Buffer.alloc(HEAD_BYTES)
    return head.toString('latin1', 0, readSync(file, head))
  } catch {
    // Whoever reads the whole file meets the same failure, and tells it.
    return ''
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
