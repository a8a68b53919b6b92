// What came of a sequence of commands: plain facts, of who ran it.

/** A command that ran. */
export interface RanCommand {
  readonly name: string
  /** The program and its arguments, as they were. */
  readonly arguments: readonly string[]
  /** From the working folder. */
  readonly folder: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly endedAt: string
  /** As a shell has it: 128 and the signal's number where one ended it, 127 where there is no such program, 126 where it may not run. */
  readonly exitCode: number
  readonly signal?: string
  /** Files that it declared and wrote, from the working folder. */
  readonly reports: readonly { readonly name: string; readonly sha256: string }[]
  /** Files that it declared and did not write. */
  readonly missingReports: readonly string[]
}

/**
 * A run of a sequence.
 *
 * @example { startedAt: '2026-04-10T12:00:00Z', endedAt: '2026-04-10T12:00:09Z', commands: [{ name: 'test', exitCode: 0, … }], notRun: [] }
 */
export interface CommandRun {
  readonly startedAt: string
  readonly endedAt: string
  /** In the order in which they ran. */
  readonly commands: readonly RanCommand[]
  /** Names of those that were not reached: an earlier one failed, or the run was interrupted. */
  readonly notRun: readonly string[]
  /** The signal that ended the run. */
  readonly interruptedBy?: string
}
