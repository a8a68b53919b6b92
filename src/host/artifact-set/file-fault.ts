// Why a file of a set could not be read, as the system says it and as a person does.

import { AssayError, quote } from '../../core/index.ts'
import type { DigestProblem } from '../../digest/index.ts'
import type { FileFault } from './hashing/hash-file.ts'

const UNREADABLE: ReadonlyMap<FileFault, string> = new Map([
  ['EACCES', 'permission denied'],
  ['ENAMETOOLONG', 'its whole name is too long for the system'],
  ['EPERM', 'not permitted'],
])

/** What a file that was there a moment ago answers when it was replaced, moved or removed. */
const CHANGED: ReadonlySet<FileFault> = new Set(['changed', 'ELOOP', 'ENOENT', 'ENOTDIR', 'ESTALE'])

/** The problem that a fault is; throws {@link AssayError} for what no person can mend, such as a failing disk. */
export function problemOfFault(path: string, fault: FileFault): DigestProblem {
  if (CHANGED.has(fault)) {
    return {
      code: 'digest/file-changed',
      message: `Expected ${quote(path)} to stay as it is while it is read, found it changed`,
      hint: 'Try again when nothing writes to it',
    }
  }
  const words = UNREADABLE.get(fault)
  if (words === undefined) {
    throw new AssayError('host/input-output', `Cannot read ${quote(path)}: ${fault}`)
  }
  return { code: 'digest/file-unreadable', message: `Cannot read ${quote(path)}: ${words}` }
}
