// The formats that are read, by the name of the file. A line for each parser.

import type { LockfileParser } from '../dependency.ts'
import { parsePackageLock } from './javascript/package-lock.ts'

/** By the pattern that the file's name, without its folder, matches whole. */
const PARSERS: readonly (readonly [RegExp, LockfileParser])[] = [
  [/^(?:package-lock|npm-shrinkwrap)\.json$/, parsePackageLock],
]

/** The parser of a lockfile, found by its path; nothing for a name that no format has. */
export function findLockfileParser(path: string): LockfileParser | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return PARSERS.find(([pattern]) => pattern.test(name))?.[1]
}
