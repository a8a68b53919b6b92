// The paths that a person named: where each lies, what it is, and what it is called in the set.

import { lstatSync, readlinkSync, type Stats } from 'node:fs'
import { isAbsolute, posix, resolve, sep } from 'node:path'
import { judge, type Problems, quote, type Result, refuse } from '../../core/index.ts'
import type { DigestProblem } from '../../digest/index.ts'
import { problemOfFault } from './file-fault.ts'
import { faultOf } from './hashing/hash-file.ts'
import type { ArtifactSetOptions } from './reading.ts'

/** A path of the command line, looked up. */
export interface SetInput {
  /** As the person wrote it. */
  readonly given: string
  /** Absolute. */
  readonly location: string
  readonly kind: 'file' | 'folder' | 'link' | 'special file'
  /** Where a link leads. */
  readonly target: string
  /**
   * Its path in the set when it is one of several: as given, without `./`; or its last part alone. Empty for the
   * working folder.
   */
  readonly name: string
}

/** Looks each path up, without following a link that it names; with a slash at its end, the link's folder is meant. */
export function locateInputs(
  workingFolder: string,
  paths: readonly string[],
  { singly = false }: ArtifactSetOptions,
): Result<readonly [SetInput, ...SetInput[]], DigestProblem> {
  const problems: DigestProblem[] = []
  const inputs = paths.flatMap((given): readonly SetInput[] => {
    const posixPath = given.replaceAll(sep, '/')
    const location = resolve(workingFolder, given) + (posixPath.endsWith('/') ? '/' : '')
    const whole = posix.normalize(posixPath).replace(/\/$/, '').replace(/^\.$/, '')
    const name = singly && isElsewhere(whole) ? posix.basename(whole) : whole
    try {
      const stats = lstatSync(location)
      const kind = kindOf(stats)
      const target = kind === 'link' ? readlinkSync(location) : ''
      return [{ given, location, kind, target, name }]
    } catch (cause) {
      problems.push(missing(given, faultOf(cause)))
      return []
    }
  })
  const [first, ...others] = inputs
  if (first === undefined) return refuse(...(problems as unknown as Problems<DigestProblem>))
  return judge([first, ...others], problems)
}

/** True for a path that does not count from the working folder, or leads out of it. */
function isElsewhere(path: string): boolean {
  return isAbsolute(path) || path === '..' || path.startsWith('../')
}

function kindOf(stats: Stats): SetInput['kind'] {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'folder'
  return stats.isSymbolicLink() ? 'link' : 'special file'
}

function missing(given: string, fault: string): DigestProblem {
  if (fault !== 'ENOENT' && fault !== 'ENOTDIR') return problemOfFault(given, fault)
  const message = `Cannot read ${quote(given)}: no such file or folder`
  return { code: 'digest/file-missing', message }
}
