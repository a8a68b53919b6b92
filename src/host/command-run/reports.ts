// The files that a command declares: as they were before it, and what it made of them. One that it did not write is not its report.

import { type BigIntStats, lstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { accept, quote, type Result, refuse } from '../../core/index.ts'
import { digestFile } from '../digest-file.ts'
import type { HostProblem } from '../problem.ts'

/** A declared file before the command ran. */
export interface Declared {
  /** From the working folder. */
  readonly path: string
  readonly before: BigIntStats | undefined
}

/** A file that was written, by its digest. */
export interface Report {
  readonly name: string
  readonly sha256: string
}

/** The coarsest clock of a file system that is in use counts in steps of this. */
const CLOCK_STEP_MS = 2_000

/** Looks at the files before anything runs. */
export function noteReports(folder: string, paths: readonly string[] = []): readonly Declared[] {
  return paths.map((path) => ({ path, before: look(folder, path) }))
}

/**
 * Digests a file that was declared.
 *
 * @param startedMs when the command began
 * @returns nothing where there is none; `host/report-stale` for one that the command has not written
 */
export async function readReport(
  folder: string,
  { path, before }: Declared,
  startedMs: number,
): Promise<Result<Report | undefined, HostProblem>> {
  const after = look(folder, path)
  if (after === undefined) return accept(undefined)
  if (!after.isFile()) {
    const message = `Cannot digest ${quote(path)}: expected a regular file as the report of a command`
    return refuse({ code: 'host/file-not-regular', message })
  }
  const isOld = after.mtimeMs < BigInt(Math.floor(startedMs)) - BigInt(CLOCK_STEP_MS)
  if (isOld || isSame(before, after)) {
    return refuse({
      code: 'host/report-stale',
      message: `Expected the command to write ${quote(path)}, found a file from before it`,
      hint: 'Remove old reports before the run',
    })
  }
  const digests = await digestFile(folder, path)
  if (!digests.ok) return digests
  if (isSame(after, look(folder, path))) {
    return accept({ name: path, sha256: digests.value.sha256 })
  }
  const message = `Expected ${quote(path)} to stay as it is when its command has ended, found it changed`
  return refuse({ code: 'host/report-stale', message })
}

/** Links are not followed: another file could be behind them at each look. */
function look(folder: string, path: string): BigIntStats | undefined {
  return lstatSync(resolve(folder, path), { bigint: true, throwIfNoEntry: false })
}

/** Nobody can set when a file's state was changed, but by changing it. */
function isSame(a: BigIntStats | undefined, b: BigIntStats | undefined): boolean {
  return (
    a?.ino === b?.ino &&
    a?.ctimeNs === b?.ctimeNs &&
    a?.mtimeNs === b?.mtimeNs &&
    a?.size === b?.size
  )
}
