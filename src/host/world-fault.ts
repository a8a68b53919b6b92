// What the file system says when it will not: a problem of the person who named the path, or a failure of the world.

import { AssayError, type Result, refuse } from '../core/index.ts'
import type { HostProblem } from './problem.ts'

/** What the person who named the path can mend, by the name that Node gives it. */
const PERSONS_TO_MEND: ReadonlyMap<string, HostProblem['code']> = new Map([
  ['EACCES', 'host/file-unreadable'],
  ['EISDIR', 'host/file-not-regular'],
  ['ELOOP', 'host/file-unreadable'],
  ['ENAMETOOLONG', 'host/file-missing'],
  ['ENOENT', 'host/file-missing'],
  ['ENOTDIR', 'host/file-missing'],
  ['ENXIO', 'host/file-not-regular'],
  ['EPERM', 'host/file-unreadable'],
])

/** Turns what a person can mend into a problem, and throws what only the world can. */
export function refusedByWorld(
  action: string,
  cause: unknown,
  code?: HostProblem['code'],
): Result<never, HostProblem> {
  const known = PERSONS_TO_MEND.get(errorCode(cause) ?? '')
  if (known === undefined) {
    throw new AssayError('host/input-output', `Cannot ${action}: ${errorText(cause)}`, { cause })
  }
  return refuse({ code: code ?? known, message: `Cannot ${action}: ${errorText(cause)}` })
}

/** The short name of a system error, such as `ENOENT`. */
export function errorCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause)) return undefined
  return typeof cause.code === 'string' ? cause.code : undefined
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EISDIR', 'expected a file, found a folder'],
  ['ELOOP', 'too many symbolic links'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ENOENT', 'no such file or folder'],
  ['ENOSPC', 'no space left'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['ENXIO', 'expected a file, found a socket'],
  ['EPERM', 'not permitted'],
  ['EROFS', 'the file system is read-only'],
])

function errorText(cause: unknown): string {
  const code = errorCode(cause)
  return WORDS.get(code ?? '') ?? code ?? String(cause)
}
