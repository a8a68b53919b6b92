// Documents that a command is given: a file, or standard input; and in which of them a problem is.

import { accept, LIMITS, type Problem, quote, type Result } from '../core/index.ts'
import { digestBytes } from '../digest/index.ts'
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

/** A document, and the SHA-256 of its bytes. */
export interface Digested<T> {
  readonly sha256: string
  readonly value: T
}

/** Reads a document as {@link readInput} does, and digests it; each problem says in which file it is. */
export async function readDigested<T>(
  host: Host,
  path: string,
  parse: (bytes: Uint8Array) => Result<T>,
): Promise<Result<Digested<T>>> {
  const bytes = await readInput(host, path, { bytesMax: LIMITS.inputBytesMax, pipes: true })
  if (!bytes.ok) return bytes
  const parsed = atPath(parse(bytes.value), path)
  if (!parsed.ok) return parsed
  return accept({ sha256: digestBytes('sha256', bytes.value), value: parsed.value })
}
