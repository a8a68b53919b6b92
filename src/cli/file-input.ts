// Documents that a command is given: a file, or standard input; and in which of them a problem is.

import { type Problem, quote, type Result } from '../core/index.ts'
import type { Host, HostProblem, ReadOptions } from '../host/index.ts'

/** The bytes of the file, or of standard input for `-`. */
export async function readInput(
  host: Host,
  path: string,
  options: ReadOptions,
): Promise<Result<Uint8Array, HostProblem>> {
  return path === '-' ? host.readStandardInput(options) : host.readBytes(path, options)
}

/** Says in which file a problem is; a place inside the file stays. */
export function atPath<T, P extends Problem>(result: Result<T, P>, path: string): Result<T, P> {
  if (result.ok) return result
  const [first, ...rest] = result.problems.map((problem) => ({
    ...problem,
    at: problem.at === undefined ? quote(path) : `${quote(path)}, ${problem.at}`,
  }))
  return first === undefined ? result : { ok: false, problems: [first, ...rest] }
}
