// What a run writes, judged before anything else is: no output takes away what is read, or another output.

import { accept, quote, type Result } from '../core/index.ts'
import type { Host } from '../host/index.ts'
import { usage } from './usage.ts'

/** A file that is written: the flag that names it, and its path; none where the flag is not given. */
export type NamedOutput = readonly [flag: string, path: string | undefined]

/**
 * Refuses outputs that could not be written, and two that are one file. Whatever is read by this run is read before, or opened.
 *
 * @param awaited files that are read later, though they may not be there
 */
export async function judgeOutputs(
  host: Pick<Host, 'judgeOutput' | 'placeOf'>,
  outputs: readonly NamedOutput[],
  awaited: readonly string[] = [],
): Promise<Result<void>> {
  const flags = new Map<string, string>()
  const places = new Set(awaited.map((path) => host.placeOf(path)))
  for (const [flag, path] of outputs) {
    if (path === undefined) continue
    const writable = await host.judgeOutput(path)
    if (!writable.ok) return writable
    const place = host.placeOf(path)
    if (places.has(place)) {
      return usage(`Expected ${flag} to be no file that is read, found ${quote(path)}`)
    }
    const other = flags.get(place)
    if (other !== undefined) {
      return usage(`Expected ${other} and ${flag} to be two files, found ${quote(path)} twice`)
    }
    flags.set(place, flag)
  }
  return accept(undefined)
}
